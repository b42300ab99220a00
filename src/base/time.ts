/**
 * Points in time in the spellings that components print. Input: integer µs since the Unix epoch, UTC.
 * Nanosecond digits are always `000`: the world's clock counts microseconds.
 */
import { memo } from './memo.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const DAY_US = 86_400_000_000;

export interface Civil { readonly year: number; /** 1–12 */ readonly month: number; readonly day: number; readonly hour: number; readonly minute: number; readonly second: number; readonly micros: number; /** 0 = Sunday */ readonly weekday: number }

/** Civil date of an instant (Howard Hinnant's days-to-civil arithmetic). */
export function civil(us: number): Civil {
  const days = Math.floor(us / DAY_US);
  const rest = us - days * DAY_US;
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000_000), minute: Math.floor(rest / 60_000_000) % 60, second: Math.floor(rest / 1_000_000) % 60, micros: rest % 1_000_000,
    weekday: ((days + 4) % 7 + 7) % 7 };
}

/** µs since the epoch of a civil date, UTC. */
export function fromCivil(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, micros = 0): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return (era * 146_097 + doe - 719_468) * DAY_US + hour * 3_600_000_000 + minute * 60_000_000 + second * 1_000_000 + micros;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');
const clock = (c: Civil): string => `${pad(c.hour)}:${pad(c.minute)}:${pad(c.second)}`;
const date = (c: Civil): string => `${pad(c.year, 4)}-${pad(c.month)}-${pad(c.day)}`;

/** `2025-08-19T00:19:00Z` */
export function rfc3339(us: number): string {
  const c = civil(us);
  return `${date(c)}T${clock(c)}Z`;
}
/** metav1.MicroTime: `2025-08-19T00:19:00.000000Z` */
export function rfc3339Micro(us: number): string {
  const c = civil(us);
  return `${date(c)}T${clock(c)}.${pad(c.micros, 6)}Z`;
}
/** Go's RFC3339Nano: trailing zeros dropped. `nanos` 0–999 below the microsecond. */
export function rfc3339Nano(us: number, nanos = 0): string {
  const c = civil(us);
  const fraction = `${pad(c.micros, 6)}${pad(nanos, 3)}`.replace(/0+$/, '');
  return `${date(c)}T${clock(c)}${fraction === '' ? '' : `.${fraction}`}Z`;
}
/** klog's header time: `0819 00:19:00.123456` */
export function klogTime(us: number): string {
  const c = civil(us);
  return `${pad(c.month)}${pad(c.day)} ${clock(c)}.${pad(c.micros, 6)}`;
}
/** kubectl describe: `Tue, 19 Aug 2025 00:19:00 +0000` */
export function rfc1123z(us: number): string {
  const c = civil(us);
  return `${DAYS[c.weekday]}, ${pad(c.day)} ${MONTHS[c.month - 1]} ${c.year} ${clock(c)} +0000`;
}
/** journalctl and syslog: `Aug 19 00:19:00` */
export function syslogTime(us: number): string {
  const c = civil(us);
  return `${MONTHS[c.month - 1]} ${pad(c.day)} ${clock(c)}`;
}
/** Go's `Time.String()`: `2025-08-19 00:19:00.123456 +0000 UTC` */
export function goTime(us: number): string {
  const c = civil(us);
  const fraction = pad(c.micros, 6).replace(/0+$/, '');
  return `${date(c)} ${clock(c)}${fraction === '' ? '' : `.${fraction}`} +0000 UTC`;
}
export const monthName = (month: number): string => MONTHS[month - 1]!;
export const dayName = (weekday: number): string => DAYS[weekday]!;

/** RFC 3339 with any fraction and offset → µs; null when it is none. */
export const parseRfc3339: (text: string) => number | null = memo((text: string) => text, parsed, 4096);

function parsed(text: string): number | null {
  const m = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(text);
  if (m === null) return null;
  const micros = Number((m[7] ?? '').slice(0, 6).padEnd(6, '0'));
  const offset = m[8] === undefined ? 0 : (m[8] === '-' ? -1 : 1) * (Number(m[9]) * 60 + Number(m[10])) * 60_000_000;
  return fromCivil(Number(m[1]), Number(m[2]), Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]), micros) - offset;
}
