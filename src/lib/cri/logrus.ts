/** Log lines as sirupsen/logrus writes them to a stream that is no terminal, and (crictl) to one that is. */
import { now, stamp, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { rfc3339 } from '../../base/time.ts';
import { rfc3339Fixed } from './time.ts';

export type Level = 'info' | 'warning' | 'error' | 'fatal';
export type Fields = Readonly<Record<string, string>>;

/** Go's strconv.Quote for a byte string. */
export function goQuote(text: string): string {
  let out = '"';
  for (const c of text) {
    if (c === '"' || c === '\\') out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\t') out += '\\t';
    else if (c === '\r') out += '\\r';
    else if (c < ' ') out += `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
    else out += c;
  }
  return `${out}"`;
}

/** logrus quotes a value only when it holds more than letters, digits and a few marks. */
const value = (text: string): string => (/^[A-Za-z0-9\-._/@^+]+$/.test(text) ? text : goQuote(text));

/** `time="…" level=info msg="…" key=value`, fields in alphabetical order. */
export function logrusLine(time: string, level: Level, msg: string, fields: Fields = {}): string {
  const rest = Object.keys(fields).sort().map((key) => ` ${key}=${value(fields[key]!)}`).join('');
  return `time=${goQuote(time)} level=${level} msg=${value(msg)}${rest}\n`;
}

/** A line of containerd's log, on standard error. */
export function* logrus(level: Level, msg: string, fields: Fields = {}): Coroutine<void> {
  const at = yield* stamp();
  yield* write(2, logrusLine(rfc3339Fixed(at, msg.length), level, msg, fields));
}

/** A message of crictl: `FATA[0000] …` on a terminal, the key-value form elsewhere. */
export function* logrusText(terminal: boolean, level: Level, msg: string): Coroutine<void> {
  const at = yield* now();
  const [short, colour] = { info: ['INFO', 36], warning: ['WARN', 33], error: ['ERRO', 31], fatal: ['FATA', 31] }[level];
  yield* write(2, terminal ? `\x1b[${colour}m${short}\x1b[0m[0000] ${msg.padEnd(44)} \n` : logrusLine(rfc3339(at), level, msg));
}
