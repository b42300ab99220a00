/**
 * Instants with nine digits, as Go prints them. The clock counts µs; the last three digits are a hash of the
 * instant and a salt, so that they are the same in every replay and do not all read 000.
 */
import { civil, rfc3339 } from '../../base/time.ts';

/** 0–999: the nanoseconds below the microsecond. `salt` tells apart what happens at one instant. */
export function nanosOf(us: number, salt = 0): number {
  let h = Math.imul((us % 4294967296) ^ Math.imul(salt, 2654435761), 0x85ebca6b) >>> 0;
  h = (h ^ (h >>> 13)) >>> 0;
  return h % 1000;
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');
const fraction = (us: number, salt: number): string => digits((us % 1_000_000) * 1000 + nanosOf(us, salt), 9);

/** `2025-06-01T10:00:00.123456789Z`: nine digits always (CRI logs, logrus' RFC3339NanoFixed). */
export const rfc3339Fixed = (us: number, salt = 0): string => `${rfc3339(us).slice(0, -1)}.${fraction(us, salt)}Z`;

/** `2025-06-01 10:00:00.123456789 +0000 UTC`: a Go time.Time printed with %v. */
export function goTimeNano(us: number, salt = 0): string {
  const at = civil(us);
  return `${digits(at.year, 4)}-${digits(at.month, 2)}-${digits(at.day, 2)} ${digits(at.hour, 2)}:${digits(at.minute, 2)}:${digits(at.second, 2)}.${fraction(us, salt)} +0000 UTC`;
}
