/**
 * Instants in certificates: seconds since the epoch to and from UTCTime and GeneralizedTime, and to RFC 3339 as Go prints them.
 */
import { civil, fromCivil, rfc3339 } from '../../base/time.ts';
import { DerError, TAG, der } from './der.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** `2025-08-19T00:19:00Z` of seconds since the epoch. */
export const rfc3339Seconds = (seconds: number) => rfc3339(seconds * 1e6);

/** UTCTime up to 2049, GeneralizedTime from then on (RFC 5280). */
export function derTime(seconds: number): string {
  const at = civil(seconds * 1e6);
  const rest = `${two(at.month)}${two(at.day)}${two(at.hour)}${two(at.minute)}${two(at.second)}Z`;
  return at.year < 2050 ? der(TAG.utcTime, two(at.year % 100) + rest) : der(TAG.generalizedTime, String(at.year) + rest);
}

/** Seconds since the epoch of a time element. */
export function timeValue(tag: number, body: string): number {
  const match = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(body);
  if (!match || match[1]!.length !== (tag === TAG.utcTime ? 2 : 4)) throw new DerError('bad time');
  const [years = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const year = tag !== TAG.utcTime ? years : years < 50 ? 2000 + years : 1900 + years;
  return fromCivil(year, month, day, hour, minute, second) / 1e6;
}
