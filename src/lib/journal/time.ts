/** Clock times as the journal prints and reads them (`--since "5 min ago"`). All µs, UTC: the node has no other zone. */
import { civil, dayName, fromCivil } from '../../base/time.ts';
import { parseSpan } from '../unitfile/index.ts';

const pad = (n: number, width = 2) => String(n).padStart(width, '0');

/** `2025-08-19T00:19:03+0000`, with µs when `precise`. */
export function isoTime(us: number, precise = false): string {
  const t = civil(us);
  const fraction = precise ? `.${pad(us % 1e6, 6)}` : '';
  return `${t.year}-${pad(t.month)}-${pad(t.day)}T${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}${fraction}+0000`;
}
/** `Tue 2025-08-19 00:19:03 UTC`. */
export function fullTime(us: number, precise = false): string {
  const t = civil(us);
    return `${dayName(t.weekday)} ${t.year}-${pad(t.month)}-${pad(t.day)} ${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}${precise ? `.${pad(us % 1e6, 6)}` : ''} UTC`;
}

function clock(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/.exec(text);
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60) return null;
  return (hour * 3600 + minute * 60 + second) * 1e6 + Number((match[4] ?? '').padEnd(6, '0') || 0);
}

/** systemd.time(7): `today`, `-1h`, `5 min ago`, `2025-08-19 00:30`, `00:30:00`, `@1755562740`. Null: cannot be read. */
export function parseTimestamp(text: string, nowUs: number): number | null {
  const t = text.trim().replace(/ UTC$/, '').replace(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* /, '');
  const midnight = nowUs - (nowUs % 86400e6);
  const words: Readonly<Record<string, number>> = { now: nowUs, today: midnight, yesterday: midnight - 86400e6, tomorrow: midnight + 86400e6 };
  if (words[t] !== undefined) return words[t];
  if (/^@\d+$/.test(t)) return Number(t.slice(1)) * 1e6;
  const relative = (span: string, sign: number) => {
    const us = parseSpan(span);
    return us === null ? null : nowUs + sign * us;
  };
  if (t.startsWith('-')) return relative(t.slice(1), -1);
  if (t.startsWith('+')) return relative(t.slice(1), 1);
  if (t.endsWith(' ago')) return relative(t.slice(0, -4), -1);
  if (t.endsWith(' left')) return relative(t.slice(0, -5), 1);
  const date = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\S+))?$/.exec(t);
  if (date === null) {
    const time = clock(t);
    return time === null ? null : midnight + time;
  }
  const time = date[4] === undefined ? 0 : clock(date[4].replace(/Z$/, ''));
  return time === null ? null : fromCivil(Number(date[1]), Number(date[2]), Number(date[3])) + time;
}
