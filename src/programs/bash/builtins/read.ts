/** read and mapfile: lines of standard input into variables. */
import { readUntil, tick } from '../../../kernel/sys.ts';
import type { Coroutine } from '../../../kernel/sys.ts';
import { errnoOf } from '../../../kernel/errno.ts';
import { Interrupted } from '../errors.ts';
import { err, MEMORY, readAll } from '../io.ts';
import { getopt } from '../../../lib/getopt/index.ts';
import { assign, scalar } from '../state.ts';
import { complain } from './builtin.ts';
import type { Builtin } from './builtin.ts';

/** read(1): takes no more than the line, since the input may be shared. */
const readBuiltin: Builtin = function* (shell, args, name) {
  let raw = false;
  let prompt = '';
  let array: string | null = null;
  let limit = Infinity;
  let delimiter = '\n';
  let fd = 0;
  let i = 0;
  for (; i < args.length && args[i]!.startsWith('-') && args[i] !== '-'; i++) {
    const letters = args[i]!.slice(1);
    for (let n = 0; n < letters.length; n++) {
      const c = letters[n]!;
      if (c === 'r' || c === 's' || c === 'e') {
        raw ||= c === 'r';
        continue;
      }
      if (!'panNdtu'.includes(c)) return yield* complain(shell, name, `-${c}: invalid option`, 2);
      const value = n + 1 < letters.length ? letters.slice(n + 1) : args[++i] ?? '';
      if (c === 'p') prompt = value;
      else if (c === 'a') array = value;
      else if (c === 'n' || c === 'N') limit = Number(value);
      else if (c === 'd') delimiter = value === '' ? '\0' : value[0]!;
      else if (c === 'u') fd = Number(value);
      else return yield* complain(shell, name, '-t is not available in this lab');
      break;
    }
  }
  if (prompt !== '') yield* err(prompt);
  const { text, ended, escaped } = yield* readLine(fd, raw, delimiter, limit);
  const ifs = scalar(shell.state, 'IFS') ?? ' \t\n';
  const names = args.slice(i);
  if (array !== null) {
    const words = fields(text, escaped, ifs, Infinity);
    shell.state.vars[array] = { value: '', items: Object.fromEntries(words.map((w, n) => [String(n), w])) };
  } else if (names.length === 0) assign(shell.state, 'REPLY', text);
  else {
    const words = fields(text, escaped, ifs, names.length);
    for (const [n, variable] of names.entries()) if (!assign(shell.state, variable, words[n] ?? '')) return yield* complain(shell, '', `${variable}: readonly variable`);
  }
  return ended ? 1 : 0;
};
function* readLine(fd: number, raw: boolean, delimiter: string, limit: number): Coroutine<{ text: string; ended: boolean; escaped: ReadonlySet<number> }> {
  let text = '';
  const escaped = new Set<number>();
  let escape = false;
  for (;;) {
    if (text.length >= limit) return { text, ended: false, escaped };
    let data: string;
    try {
      yield* tick();   // /dev/zero never makes one wait, and ^C must be heard
      data = yield* readUntil(fd, delimiter, Math.min(65_536, limit - text.length));
    } catch (caught) {
      if (errnoOf(caught) === 'EINTR') throw new Interrupted('read');
      throw caught;
    }
    if (data === '') return { text, ended: true, escaped };
    for (const c of delimiter === '\0' ? data : data.replaceAll('\0', '')) {
      if (escape) {
        escape = false;
        if (c === '\n') continue;
        escaped.add(text.length);
        text += c;
      } else if (c === delimiter) return { text, ended: false, escaped };
      else if (c === '\\' && !raw) escape = true;
      else text += c;
    }
    if (text.length > MEMORY) return { text, ended: true, escaped };
  }
}
/** Splits into at most `count` fields; the last takes the rest. */
function fields(text: string, escaped: ReadonlySet<number>, ifs: string, count: number): string[] {
  const isIfs = (i: number): boolean => ifs.includes(text[i]!) && !escaped.has(i);
  const isWhite = (i: number): boolean => isIfs(i) && ' \t\n'.includes(text[i]!);
  let at = 0;
  let end = text.length;
  while (at < end && isWhite(at)) at++;
  while (end > at && isWhite(end - 1)) end--;
  const words: string[] = [];
  while (at < end) {
    if (words.length === count - 1) return [...words, text.slice(at, end)];
    let to = at;
    while (to < end && !isIfs(to)) to++;
    words.push(text.slice(at, to));
    at = to;
    while (at < end && isWhite(at)) at++;
    if (at < end && isIfs(at) && !isWhite(at) && at >= to) at++;
    while (at < end && isWhite(at)) at++;
  }
  return words;
}

const mapfile: Builtin = function* (shell, args, builtin) {
  const { options, operands, error } = getopt(args, 'tn:s:');
  if (error !== null) return yield* complain(shell, builtin, `-${/'(.)'/.exec(error)?.[1] ?? ''}: not available in this lab`);
  const trim = options.some((o) => o.name === 't');
  const number = (letter: string): number => Number(options.find((o) => o.name === letter)?.value ?? 0);
  const [skip, most] = [number('s'), number('n') || Infinity];
  const name = operands.at(-1) ?? 'MAPFILE';
  const items: Record<string, string> = {};
  const lines = (yield* readAll(0)).split('\n').slice(skip);
  for (const [n, line] of lines.entries()) {
    if (n >= most) break;
    const last = n === lines.length - 1;
    if (!last || line !== '') items[n] = trim || last ? line : `${line}\n`;
  }
  shell.state.vars[name] = { value: '', items };
  return 0;
};

export const reading: Readonly<Record<string, Builtin>> = { read: readBuiltin, mapfile, readarray: mapfile };
