/** sort(1) in the C locale, as LANG=C.UTF-8 has it. */
import { cpu, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import type { Option } from '../../lib/getopt/index.ts';
import { closeInput, complain, openInput, quietly, quote, readAll, reason } from '../../lib/tool/index.ts';
import { linesOf } from '../../lib/tool/operands.ts';
import { compare, extract, orderOf, parseKey } from './keys.ts';
import type { Key, Order } from './keys.ts';

const LONG = { 'ignore-leading-blanks': 'b', 'dictionary-order': 'd', 'ignore-case': 'f', 'general-numeric-sort': 'g', 'human-numeric-sort': 'h', 'month-sort': 'M', 'numeric-sort': 'n', reverse: 'r', 'version-sort': 'V', check: 'c::', key: 'k:', merge: 'm', output: 'o:', stable: 's', 'field-separator': 't:', unique: 'u', 'zero-terminated': 'z', 'random-sort': 'R', parallel: 'parallel:', 'buffer-size': 'S:' };

interface Job { readonly keys: readonly Key[]; readonly order: Order; readonly separator: string | null; readonly unique: boolean; readonly stable: boolean }

function comparer(job: Job): (a: string, b: string) => number {
  const byKeys = (a: string, b: string): number => {
    if (job.keys.length === 0) return compare(a, b, job.order) * (job.order.reverse ? -1 : 1);
    for (const key of job.keys) {
      const order = key.own ? key.order : job.order;
      const own: Key = { ...key, order };
      const result = compare(extract(a, own, job.separator), extract(b, own, job.separator), order) * (order.reverse ? -1 : 1);
      if (result !== 0) return result;
    }
    return 0;
  };
  if (job.unique || job.stable) return byKeys;
  return (a, b) => byKeys(a, b) || (a < b ? -1 : a > b ? 1 : 0) * (job.order.reverse ? -1 : 1);
}

function* fail(message: string): Coroutine<number> {
  yield* complain('sort', message);
  return 2;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'bcCdfghik:mMno:rRsS:t:T:uVz', LONG);
  if (error !== null) return yield* fail(`${error}\nTry 'sort --help' for more information.`);
  const refused = options.find((o) => o.name === 'R' || o.name === 'i');
  if (refused !== undefined) return yield* fail(`-${refused.name} is not available in this lab`);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const value = (letter: string): Option | undefined => options.findLast((o) => o.name === letter);
  const keys: Key[] = [];
  for (const { name, value: text } of options) {
    if (name !== 'k') continue;
    const key = parseKey(text!);
    if (key === null) return yield* fail(/^\d/.test(text!) ? `stray character in field spec: invalid field specification ${quote(text!)}` : `invalid number at field start: invalid count at start of ${quote(text!)}`);
    if (key.from[0] === 0) return yield* fail(`field number is zero: invalid field specification ${quote(text!)}`);
    keys.push(key);
  }
  const t = value('t')?.value ?? null;
  const separator = t === '\\0' ? '\0' : t;
  if (separator !== null && separator.length !== 1) return yield* fail(separator === '' ? 'empty tab' : `multi-character tab ${quote(separator)}`);
  const job: Job = { keys, order: orderOf(options.filter((o) => o.name.length === 1).map((o) => o.name).join('')), separator, unique: on('u'), stable: on('s') };
  const end = on('z') ? '\0' : '\n';
  const lines: string[] = [];
  for (const path of operands.length === 0 ? ['-'] : operands) {
    try {
      const input = yield* openInput(path);
      for (const line of linesOf(yield* readAll(input.fd), end)) lines.push(line);
      yield* closeInput(input);
    } catch (caught) {
      const why = reason(caught);
      return yield* fail(why === 'Is a directory' ? `read failed: ${path}: ${why}` : `cannot read: ${path}: ${why}`);
    }
  }
  const order = comparer(job);
  if (on('c') || on('C')) return yield* check(lines, order, job.unique, operands[0] ?? '-', on('C'));
  yield* cpu(lines.length);
  lines.sort(order);
  const kept = job.unique ? lines.filter((line, i) => i === 0 || order(lines[i - 1]!, line) !== 0) : lines;
  const text = kept.map((line) => line + end).join('');
  const out = value('o')?.value ?? null;
  if (out === null) {
    yield* write(1, text);
    return 0;
  }
  try {
    yield* writeFile(out, text);
    return 0;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return yield* fail(`open failed: ${out}: ${reason(caught)}`);
  }
}

function* check(lines: readonly string[], order: (a: string, b: string) => number, unique: boolean, path: string, quiet: boolean): Coroutine<number> {
  const at = lines.findIndex((line, i) => i > 0 && (unique ? order(lines[i - 1]!, line) >= 0 : order(lines[i - 1]!, line) > 0));
  if (at < 0) return 0;
  if (!quiet) yield* complain('sort', `${path}:${at + 1}: disorder: ${lines[at]}`);
  return 1;
}

export const program: Program = { name: 'sort', main: (argv) => quietly(body(argv)) };
