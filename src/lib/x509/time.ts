/**
 * Instants in certificates: seconds since the epoch to and from UTCTime and GeneralizedTime, and to RFC 3339 as Go prints them.
 */
import { DerError, TAG, der } from './der.ts';

/** Days since 1970-01-01 of a civil date (proleptic Gregorian). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

export interface Civil { readonly year: number; readonly month: number; readonly day: number; readonly hour: number; readonly minute: number; readonly second: number; /** 0 = Sunday */ readonly weekday: number }

/** UTC calendar fields of an instant in seconds. */
export function civil(seconds: number): Civil {
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1,
    hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60, weekday: (((days + 4) % 7) + 7) % 7,
  };
}

/** Seconds since the epoch of UTC calendar fields. */
export function secondsOf(at: { year: number; month: number; day: number; hour: number; minute: number; second: number }): number {
  return daysFromCivil(at.year, at.month, at.day) * 86400 + at.hour * 3600 + at.minute * 60 + at.second;
}

const two = (value: number) => String(value).padStart(2, '0');

/** `2025-08-19T00:19:00Z`. */
export function rfc3339Seconds(seconds: number): string {
  const at = civil(seconds);
  return `${String(at.year).padStart(4, '0')}-${two(at.month)}-${two(at.day)}T${two(at.hour)}:${two(at.minute)}:${two(at.second)}Z`;
}

/** UTCTime up to 2049, GeneralizedTime from then on (RFC 5280). */
export function derTime(seconds: number): string {
  const at = civil(seconds);
  const rest = `${two(at.month)}${two(at.day)}${two(at.hour)}${two(at.minute)}${two(at.second)}Z`;
  return at.year < 2050 ? der(TAG.utcTime, two(at.year % 100) + rest) : der(TAG.generalizedTime, String(at.year) + rest);
}

/** Seconds since the epoch of a time element. */
export function timeValue(tag: number, body: string): number {
  const match = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(body);
  if (!match || match[1]!.length !== (tag === TAG.utcTime ? 2 : 4)) throw new DerError('bad time');
  const [, years, month, day, hour, minute, second] = match.map(Number);
  const year = tag !== TAG.utcTime ? years! : years! < 50 ? 2000 + years! : 1900 + years!;
  return secondsOf({ year, month: month!, day: day!, hour: hour!, minute: minute!, second: second! });
}
