/** MicroTime: RFC 3339 with six digits, as leases carry it. */
import { rfc3339Seconds } from '../x509/time.ts';

/** `2025-08-19T00:19:00.000000Z` of µs since the epoch. */
export function rfc3339Micro(us: number): string {
  const seconds = Math.floor(us / 1e6);
  return rfc3339Seconds(seconds).replace('Z', `.${String(us - seconds * 1e6).padStart(6, '0')}Z`);
}
