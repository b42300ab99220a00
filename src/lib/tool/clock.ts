/** strftime and the dates that date(1), touch(1) and find(1) read, in UTC. Pure. */
import { civil, dayName, fromCivil, monthName } from '../../base/time.ts';
import type { Civil } from '../../base/time.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const two = (n: number): string => String(n).padStart(2, '0');
const hour12 = (c: Civil): number => (c.hour % 12 === 0 ? 12 : c.hour % 12);
const yearDay = (us: number, c: Civil): number => Math.floor((us - fromCivil(c.year, 1, 1)) / 86_400_000_000);

/** ISO 8601: the week's year and number. */
function isoWeek(us: number): readonly [number, number] {
  const thursday = us + (4 - (civil(us).weekday || 7)) * 86_400_000_000;
  const c = civil(thursday);
  return [c.year, Math.floor(yearDay(thursday, c) / 7) + 1];
}

/** GNU's strftime: flags `-` (no padding), `_`, `0`, `^`, a width, and `%N`, `%:z`, `%s`. */
export function strftime(format: string, us: number): string {
  const c = civil(us);
  return format.replace(/%([-_0^#]*)(\d*)(:{0,2}z|[A-Za-z%])/g, (whole, flags: string, width: string, k: string) => {
    let text = conversion(k, c, us);
    if (text === null) return whole;
    if (k === 'N' && width !== '') return text.slice(0, Number(width));
    if (flags.includes('-')) text = text.replace(/^[0 ]+(?=\d)/, '');
    else if (flags.includes('_')) text = text.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length));
    else if (flags.includes('0')) text = text.replace(/^ +/, (blanks) => '0'.repeat(blanks.length));
    if (flags.includes('^')) text = text.toUpperCase();
    return text.padStart(Number(width || 0), /^\d/.test(text) && !flags.includes('_') ? '0' : ' ');
  });
}
function conversion(k: string, c: Civil, us: number): string | null {
  switch (k) {
    case 'Y': return String(c.year);
    case 'C': return two(Math.floor(c.year / 100));
    case 'y': return two(c.year % 100);
    case 'm': return two(c.month);
    case 'd': return two(c.day);
    case 'e': return String(c.day).padStart(2);
    case 'H': return two(c.hour);
    case 'k': return String(c.hour).padStart(2);
    case 'I': return two(hour12(c));
    case 'l': return String(hour12(c)).padStart(2);
    case 'M': return two(c.minute);
    case 'S': return two(c.second);
    case 'N': return `${String(c.micros).padStart(6, '0')}000`;
    case 'p': return c.hour < 12 ? 'AM' : 'PM';
    case 'P': return c.hour < 12 ? 'am' : 'pm';
    case 'a': return dayName(c.weekday);
    case 'A': return DAYS[c.weekday]!;
    case 'b': case 'h': return monthName(c.month);
    case 'B': return MONTHS[c.month - 1]!;
    case 'j': return String(yearDay(us, c) + 1).padStart(3, '0');
    case 'u': return String(c.weekday || 7);
    case 'w': return String(c.weekday);
    case 'U': return two(Math.floor((yearDay(us, c) + 7 - c.weekday) / 7));
    case 'W': return two(Math.floor((yearDay(us, c) + 7 - ((c.weekday + 6) % 7)) / 7));
    case 'V': return two(isoWeek(us)[1]);
    case 'G': return String(isoWeek(us)[0]);
    case 'q': return String(Math.floor((c.month + 2) / 3));
    case 's': return String(Math.floor(us / 1e6));
    case 'F': return strftime('%Y-%m-%d', us);
    case 'T': case 'X': return strftime('%H:%M:%S', us);
    case 'R': return strftime('%H:%M', us);
    case 'r': return strftime('%I:%M:%S %p', us);
    case 'D': case 'x': return strftime('%m/%d/%y', us);
    case 'c': return strftime('%a %b %e %H:%M:%S %Y', us);
    case 'Z': return 'UTC';
    case 'z': return '+0000';
    case ':z': return '+00:00';
    case '::z': return '+00:00:00';
    case 'n': return '\n';
    case 't': return '\t';
    case '%': return '%';
    default: return null;
  }
}

const UNITS: Readonly<Record<string, number>> = { sec: 1, second: 1, min: 60, minute: 60, hour: 3600, day: 86_400, week: 604_800, fortnight: 1_209_600 };
const ABSOLUTE = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})(\d\d)(\d\d))?(?:(?:^|[T ]+)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|[-+]\d\d:?\d\d)?(?=\s|$)/i;
const WORDY = /^(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?(?:(\d{1,2})\s+([a-z]{3})[a-z]*|([a-z]{3})[a-z]*\s+(\d{1,2}),?)(?:\s+(\d{4})(?!:))?(?:\s+(\d\d):(\d\d)(?::(\d\d))?)?(?:\s+(?:UTC|GMT|Z))?(?:\s+(\d{4}))?$/i;

/** `now`, `@N`, ISO dates, `19 Aug 2025`, `yesterday`, `2 hours ago`, and a date followed by such a step. → µs, or null. */
export function parseDate(text: string, nowUs: number): number | null {
  const t = text.trim();
  const epoch = /^@(-?\d+)(?:\.(\d{1,6})\d*)?$/.exec(t);
  if (epoch !== null) return Number(epoch[1]) * 1e6 + Number((epoch[2] ?? '').padEnd(6, '0'));
  const worded = wordy(t, nowUs);
  if (worded !== null) return worded;
  const m = ABSOLUTE.exec(t);
  const given = m !== null && m[0] !== '' && (m[1] !== undefined || m[4] !== undefined || m[7] !== undefined);
  const base = given ? absolute(m, nowUs) : nowUs;
  return relative(given ? t.slice(m[0].length) : t, base);
}
function absolute(m: RegExpExecArray, nowUs: number): number {
  const today = civil(nowUs);
  const [y, mo, d] = m[1] !== undefined ? [m[1], m[2], m[3]] : m[4] !== undefined ? [m[4], m[5], m[6]] : [today.year, today.month, today.day];
  const zone = /^([-+])(\d\d):?(\d\d)$/.exec(m[11] ?? '');
  const offset = zone === null ? 0 : (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000_000;
  return fromCivil(Number(y), Number(mo), Number(d), Number(m[7] ?? 0), Number(m[8] ?? 0), Number(m[9] ?? 0), Number((m[10] ?? '').slice(0, 6).padEnd(6, '0'))) - offset;
}
function wordy(t: string, nowUs: number): number | null {
  const m = WORDY.exec(t);
  const month = m === null ? -1 : MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === (m[2] ?? m[3])!.toLowerCase());
  if (m === null || month < 0) return null;
  return fromCivil(Number(m[5] ?? m[9] ?? civil(nowUs).year), month + 1, Number(m[1] ?? m[4]), Number(m[6] ?? 0), Number(m[7] ?? 0), Number(m[8] ?? 0));
}
function relative(text: string, base: number): number | null {
  let at = base;
  let rest = text.trim().toLowerCase();
  while (rest !== '') {
    const word = /^(now|today|yesterday|tomorrow)(?:\s+|$)/.exec(rest);
    const step = /^([-+]?\s*\d+|last|next|an?)?\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?(\s+ago)?(?:\s+|$)/.exec(rest);
    if (word !== null) at += word[1] === 'yesterday' ? -86_400e6 : word[1] === 'tomorrow' ? 86_400e6 : 0;
    else if (step !== null) {
      const n = (step[1] === undefined || /^(next|an?)$/.test(step[1]) ? 1 : step[1] === 'last' ? -1 : Number(step[1].replace(/\s+/g, ''))) * (step[3] === undefined ? 1 : -1);
      const c = civil(at);
      const months = c.year * 12 + c.month - 1 + n * (step[2] === 'year' ? 12 : 1);
      at = UNITS[step[2]!] === undefined ? fromCivil(Math.floor(months / 12), (months % 12) + 1, c.day, c.hour, c.minute, c.second, c.micros) : at + n * UNITS[step[2]!]! * 1e6;
    } else return null;
    rest = rest.slice((word ?? step)![0].length);
  }
  return at;
}
