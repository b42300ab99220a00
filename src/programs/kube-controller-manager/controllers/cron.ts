/** Cron schedules: five fields, lists, ranges, steps and names, and the @-shorthands; the next instant they name. Models robfig/cron v3. Times are UTC. */
import { civil, fromCivil } from '../../../base/time.ts';

export interface Schedule { readonly minutes: ReadonlySet<number>; readonly hours: ReadonlySet<number>; readonly days: ReadonlySet<number>; readonly months: ReadonlySet<number>; readonly weekdays: ReadonlySet<number>; readonly anyDay: boolean; readonly anyWeekday: boolean }

const SHORTHANDS: Readonly<Record<string, string>> = { '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *', '@monthly': '0 0 1 * *', '@weekly': '0 0 * * 0', '@daily': '0 0 * * *', '@midnight': '0 0 * * *', '@hourly': '0 * * * *' };
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function field(text: string, low: number, high: number, names: readonly string[]): ReadonlySet<number> | null {
  const found = new Set<number>();
  const number = (word: string) => { const named = names.indexOf(word.toLowerCase()); return named >= 0 ? named + (low === 1 ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : NaN; };
  for (const part of text.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to] = range.split('-');
    const all = from === '*' || from === '?';
    const start = all ? low : number(from);
    const end = all ? high : to !== undefined ? number(to) : part.includes('/') ? high : start;
    const by = Number(step);
    if (!(start >= low && end <= high && start <= end && by >= 1)) return null;
    for (let value = start; value <= end; value += by) found.add(value);
  }
  return found;
}

/** A schedule from its text; null when it is none. */
export function parseCron(text: string): Schedule | null {
  const words = (SHORTHANDS[text.trim()] ?? text).trim().split(/\s+/);
  if (words.length !== 5) return null;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = words;
  const [minutes, hours, days, months, weekdays] = [field(minute, 0, 59, []), field(hour, 0, 23, []), field(day, 1, 31, []), field(month, 1, 12, MONTHS), field(weekday.replace(/\b7\b/, '0'), 0, 6, WEEKDAYS)];
  if (!minutes || !hours || !days || !months || !weekdays) return null;
  return { minutes, hours, days, months, weekdays, anyDay: day.startsWith('*') || day === '?', anyWeekday: weekday.startsWith('*') || weekday === '?' };
}

/** The first instant (µs) after `afterUs`; null when there is none within five years. */
export function nextTime(schedule: Schedule, afterUs: number): number | null {
  let at = (Math.floor(afterUs / 60e6) + 1) * 60e6;
  const limit = afterUs + 5 * 366 * 86400e6;
  while (at < limit) {
    const { year, month, day, hour, minute, weekday } = civil(at);
    const dayFits = schedule.anyDay || schedule.anyWeekday ? schedule.days.has(day) && schedule.weekdays.has(weekday) : schedule.days.has(day) || schedule.weekdays.has(weekday);
    if (!schedule.months.has(month)) at = month === 12 ? fromCivil(year + 1, 1, 1) : fromCivil(year, month + 1, 1);
    else if (!dayFits) at = fromCivil(year, month, day) + 86400e6;
    else if (!schedule.hours.has(hour)) at = fromCivil(year, month, day, hour) + 3600e6;
    else if (!schedule.minutes.has(minute)) at += 60e6;
    else return at;
  }
  return null;
}
