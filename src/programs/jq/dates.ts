/** jq's times: seconds, broken down `[year, month from 0, day, hours, minutes, seconds, weekday, day of the year]`, and texts. UTC. Pure. */
import { civil, fromCivil } from '../../base/time.ts';
import { strftime } from '../../lib/tool/clock.ts';
import { isArray, JqError } from './value.ts';
import type { Value } from './value.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function broken(seconds: number): Value {
  const us = Math.floor(seconds) * 1e6;
  const c = civil(us);
  return [c.year, c.month - 1, c.day, c.hour, c.minute, c.second + (seconds - Math.floor(seconds)), c.weekday, Math.floor((us - fromCivil(c.year, 1, 1)) / 86_400e6)];
}
export function gmtime(v: Value): Value {
  if (typeof v !== 'number') throw new JqError('gmtime() requires a number');
  return broken(v);
}
export function mktime(v: Value): Value {
  if (!isArray(v)) throw new JqError('mktime requires array of 6 numbers');
  const [y, mo, d, h, mi, s] = v.slice(0, 6).map((n) => (typeof n === 'number' ? Math.floor(n) : NaN));
  if (v.length < 6 || [y, mo, d, h, mi, s].some(Number.isNaN)) throw new JqError('mktime requires parsed datetime inputs');
  return Math.floor(fromCivil(y!, mo! + 1, d!, h, mi, s) / 1e6);
}
export function writeTime(v: Value, [format = null]: readonly Value[]): Value {
  if (typeof v !== 'number' && !isArray(v)) throw new JqError('strftime/1 requires parsed datetime inputs');
  if (typeof format !== 'string') throw new JqError('strftime/1 requires a string format');
  return strftime(format, Number(typeof v === 'number' ? Math.floor(v) : mktime(v)) * 1e6);
}

interface Read { year: number; month: number; day: number; hour: number; minute: number; second: number; offset: number; pm: boolean | null; epoch: number | null }
/** What a conversion takes from the text's beginning; null when it is not there. */
function take(letter: string, rest: string, into: Read): number | null {
  const digits = (most: number): RegExpExecArray | null => /^\s*\d+/.exec(rest.slice(0, most + (/^\s*/.exec(rest)![0].length)));
  const name = (names: readonly string[]): number => names.findIndex((n) => rest.slice(0, 3).toLowerCase() === n);
  const wordLength = (): number => /^[A-Za-z]*/.exec(rest)![0].length;
  if (letter === 'b' || letter === 'B' || letter === 'h') {
    into.month = name(MONTHS);
    return into.month < 0 ? null : letter === 'B' ? wordLength() : 3;
  }
  if (letter === 'a' || letter === 'A') return name(DAYS) < 0 ? null : wordLength();
  if (letter === 'Z') return wordLength() || null;
  if (letter === 'p') {
    into.pm = /^pm/i.test(rest);
    return /^[ap]m/i.test(rest) ? 2 : null;
  }
  if (letter === 'z') {
    const m = /^(?:Z|([-+])(\d\d):?(\d\d))/.exec(rest);
    return m === null ? null : m[0].length;
  }
  const m = digits(letter === 'Y' ? 4 : letter === 's' ? 12 : letter === 'j' ? 3 : 2);
  if (m === null) return null;
  const n = Number(m[0]);
  if (letter === 'Y') into.year = n;
  else if (letter === 'y') into.year = n + (n < 69 ? 2000 : 1900);
  else if (letter === 'm') into.month = n - 1;
  else if (letter === 'd' || letter === 'e') into.day = n;
  else if (letter === 'H' || letter === 'I' || letter === 'k' || letter === 'l') into.hour = n;
  else if (letter === 'M') into.minute = n;
  else if (letter === 'S') into.second = n;
  else if (letter === 's') into.epoch = n;
  else if (letter !== 'j') return null;
  return m[0].length;
}
export function readTime(v: Value, [format = null]: readonly Value[]): Value {
  if (typeof v !== 'string') throw new JqError(`strptime/1 requires string inputs and arguments`);
  if (typeof format !== 'string') throw new JqError('strptime/1 requires string inputs and arguments');
  const wrong = (): never => { throw new JqError(`date "${v}" does not match format "${format}"`); };
  const into: Read = { year: 1900, month: 0, day: 0, hour: 0, minute: 0, second: 0, offset: 0, pm: null, epoch: null };
  const wide = format.replaceAll('%T', '%H:%M:%S').replaceAll('%F', '%Y-%m-%d').replaceAll('%R', '%H:%M').replaceAll('%D', '%m/%d/%y');
  let at = 0;
  for (let i = 0; i < wide.length; i++) {
    const c = wide[i]!;
    if (c === '%' && wide[i + 1] !== '%') {
      const used = take(wide[++i] ?? '', v.slice(at), into);
      at += used ?? wrong();
    } else if (/\s/.test(c)) at += /^\s*/.exec(v.slice(at))![0].length;
    else {
      if (c === '%') i++;
      if (v[at++] !== c) wrong();
    }
  }
  if (at < v.length) throw new JqError(`date "${v}" does not match format "${format}"`);
  if (into.epoch !== null) return broken(into.epoch);
  const hour = into.pm === null ? into.hour : (into.hour % 12) + (into.pm ? 12 : 0);
  if (into.day === 0) return [into.year, into.month, 0, hour, into.minute, into.second, 0, 0];
  return broken(fromCivil(into.year, into.month + 1, into.day, hour, into.minute, into.second) / 1e6);
}
