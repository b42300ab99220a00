/** Spans of time: Go's `time.Duration` and kubectl's ages. Numbers are microseconds unless the name says otherwise. */
import { memo } from './memo.ts';

const SECOND = 1_000_000;

/** Go's `Duration.String()`: `1m20s`, `1.5s`, `300ms`, `0s`. */
export function formatDuration(us: number): string {
  if (us === 0) return '0s';
  const sign = us < 0 ? '-' : '';
  const n = Math.abs(us);
  if (n < 1000) return `${sign}${n}µs`;
  if (n < SECOND) return `${sign}${decimal(n / 1000)}ms`;
  const hours = Math.floor(n / 3_600_000_000);
  const minutes = Math.floor(n / 60_000_000) % 60;
  const seconds = decimal((n % 60_000_000) / SECOND);
  return `${sign}${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}
const decimal = (n: number): string => (Number.isInteger(n) ? String(n) : n.toFixed(6).replace(/\.?0+$/, ''));

const UNITS: Readonly<Record<string, number>> = { ns: 0.001, us: 1, µs: 1, ms: 1000, s: SECOND, m: 60 * SECOND, h: 3600 * SECOND };

/** Go's `ParseDuration`; null when it is none. */
export const parseDuration: (text: string) => number | null = memo((text: string) => text, parsed);

function parsed(text: string): number | null {
  const match = /^([+-]?)((?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.exec(text);
  if (match === null) return text === '0' || text === '+0' || text === '-0' ? 0 : null;
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) sum += Number(number) * UNITS[unit!]!;
  return (match[1] === '-' ? -1 : 1) * Math.round(sum);
}

/** kubectl's AGE: `118s`, `5m55s`, `3h2m`, `47h`, `3d4h`, `2y30d`. Models apimachinery pkg/util/duration. */
export function humanDuration(us: number): string {
  const seconds = Math.trunc(us / SECOND);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`;
  if (days < 730) return `${days}d`;
  const years = Math.floor(days / 365);
  if (days < 365 * 8) return days % 365 === 0 ? `${years}y` : `${years}y${days % 365}d`;
  return `${years}y`;
}

/** One unit only: `118s` → `118s`, `5m55s` → `5m`. Models duration.ShortHumanDuration. */
export function shortHumanDuration(us: number): string {
  const seconds = Math.trunc(us / SECOND);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  if (seconds < 365 * 86_400) return `${Math.floor(seconds / 86_400)}d`;
  return `${Math.floor(seconds / (365 * 86_400))}y`;
}
