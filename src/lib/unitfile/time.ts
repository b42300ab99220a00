/** Time spans as systemd reads (`5min 20s`, a bare number is seconds) and writes them (`8min 24.451s`). All in µs. */

/** `infinity`, as a number that survives being saved. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

const UNITS: Readonly<Record<string, number>> = {
  usec: 1, us: 1, 'µs': 1, msec: 1e3, ms: 1e3, seconds: 1e6, second: 1e6, sec: 1e6, s: 1e6, '': 1e6, minutes: 60e6, minute: 60e6, min: 60e6, m: 60e6,
  hours: 3600e6, hour: 3600e6, hr: 3600e6, h: 3600e6, days: 86400e6, day: 86400e6, d: 86400e6, weeks: 604800e6, week: 604800e6, w: 604800e6,
  months: 2629800e6, month: 2629800e6, M: 2629800e6, years: 31557600e6, year: 31557600e6, y: 31557600e6,
};

/** µs, FOREVER for `infinity`, null when it cannot be read. */
export function parseSpan(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === 'infinity') return FOREVER;
  if (trimmed === '') return null;
  let total = 0;
  let rest = trimmed;
  while (rest !== '') {
    const match = /^(\d+(?:\.\d+)?)\s*([A-Za-zµ]*)\s*/.exec(rest);
    if (match === null) return null;
    const unit = UNITS[match[2]!];
    if (unit === undefined) return null;
    total += Number(match[1]) * unit;
    rest = rest.slice(match[0].length);
  }
  return Math.round(total);
}

const STEPS: readonly (readonly [string, number])[] = [
  ['y', 31557600e6], ['month', 2629800e6], ['w', 604800e6], ['d', 86400e6], ['h', 3600e6], ['min', 60e6], ['s', 1e6], ['ms', 1e3], ['us', 1],
];

/** `format_timespan`: units down to `accuracy` µs; below a minute the rest is a decimal fraction. */
export function formatSpan(us: number, accuracy: number): string {
  if (us >= FOREVER) return 'infinity';
  if (us <= 0) return '0';
  const parts: string[] = [];
  let rest = us;
  for (const [name, size] of STEPS) {
    if (rest <= 0 || (rest < accuracy && parts.length > 0)) break;
    if (rest < size) continue;
    const whole = Math.floor(rest / size);
    const below = rest - whole * size;
    if (rest < 60e6 && below > 0 && size > 1 && accuracy < size) {
      const digits = fractionDigits(size, accuracy);
      let scale = 1;
      for (let i = 0; i < digits; i++) scale *= 10;
      const fraction = Math.floor(below / (size / scale));
      if (digits > 0 && fraction > 0) {
        parts.push(`${whole}.${String(fraction).padStart(digits, '0')}${name}`);
        return parts.join(' ');
      }
    }
    parts.push(`${whole}${name}`);
    rest = below;
  }
  return parts.length === 0 ? '0' : parts.join(' ');
}

function fractionDigits(size: number, accuracy: number): number {
  let digits = 0;
  for (let cut = size; cut > Math.max(1, accuracy); cut /= 10) digits++;
  return digits;
}

/** `format_timestamp_relative`: `43s ago`, `5min ago`, `1h 2min ago`. */
export function formatAgo(at: number, nowUs: number): string {
  const future = at > nowUs;
  const d = Math.abs(nowUs - at);
  const suffix = future ? ' left' : ' ago';
  const unit = (size: number) => Math.floor(d / size);
  const two = (big: number, bigName: string, small: number, smallName: string) => {
    const minor = Math.floor((d % big) / small);
    return `${unit(big)}${bigName}${minor > 0 ? ` ${minor}${smallName}` : ''}${suffix}`;
  };
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  if (d >= 31557600e6) return `${plural(unit(31557600e6), 'year')} ${plural(Math.floor((d % 31557600e6) / 2629800e6), 'month')}${suffix}`;
  if (d >= 2629800e6) return `${plural(unit(2629800e6), 'month')} ${plural(Math.floor((d % 2629800e6) / 86400e6), 'day')}${suffix}`;
  if (d >= 604800e6) return `${plural(unit(604800e6), 'week')} ${plural(Math.floor((d % 604800e6) / 86400e6), 'day')}${suffix}`;
  if (d >= 2 * 86400e6) return `${plural(unit(86400e6), 'day')}${suffix}`;
  if (d >= 25 * 3600e6) return `1 day ${Math.floor((d - 86400e6) / 3600e6)}h${suffix}`;
  if (d >= 6 * 3600e6) return `${unit(3600e6)}h${suffix}`;
  if (d >= 3600e6) return two(3600e6, 'h', 60e6, 'min');
  if (d >= 5 * 60e6) return `${unit(60e6)}min${suffix}`;
  if (d >= 60e6) return two(60e6, 'min', 1e6, 's');
  if (d >= 1e6) return `${unit(1e6)}s${suffix}`;
  if (d >= 1e3) return `${unit(1e3)}ms${suffix}`;
  return d > 0 ? `${d}us${suffix}` : 'now';
}
