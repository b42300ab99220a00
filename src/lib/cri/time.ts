/**
 * Instants with nine digits, as Go prints them. The clock counts µs; the last three digits are a hash of the
 * instant and a salt, so that they are the same in every replay and do not all read 000.
 */
import { civil, rfc3339Seconds } from '../x509/time.ts';

/** Nanoseconds within the second. `salt` tells apart what happens at one instant. */
export function nanosOf(us: number, salt: number): number {
  let h = Math.imul((us % 4294967296) ^ (salt * 2654435761), 0x85ebca6b) >>> 0;
  h ^= h >>> 13;
  return (us % 1_000_000) * 1000 + (h % 1000);
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

/** `2025-06-01T10:00:00.123456789Z`: nine digits always (CRI logs, logrus' RFC3339NanoFixed). */
export function rfc3339Nano(us: number, salt = 0): string {
  return `${rfc3339Seconds(Math.floor(us / 1_000_000)).slice(0, -1)}.${digits(nanosOf(us, salt), 9)}Z`;
}

/** `2025-06-01T10:00:00.1234Z`: Go's RFC3339Nano, trailing zeros dropped. */
export function rfc3339NanoTrimmed(us: number, salt = 0): string {
  return rfc3339Nano(us, salt).replace(/\.?0+Z$/, 'Z');
}

/** `2025-06-01T10:00:00Z`. */
export const rfc3339 = (us: number): string => rfc3339Seconds(Math.floor(us / 1_000_000));

/** `2025-06-01 10:00:00.123456789 +0000 UTC`: a Go time.Time printed with %v. */
export function goTime(us: number, salt = 0): string {
  const at = civil(Math.floor(us / 1_000_000));
  const fraction = digits(nanosOf(us, salt), 9).replace(/0+$/, '');
  const day = `${digits(at.year, 4)}-${digits(at.month, 2)}-${digits(at.day, 2)}`;
  const time = `${digits(at.hour, 2)}:${digits(at.minute, 2)}:${digits(at.second, 2)}`;
  return `${day} ${time}${fraction === '' ? '' : `.${fraction}`} +0000 UTC`;
}
