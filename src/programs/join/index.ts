/** join(1): lines of two sorted files with the same field; -1 -2 -j -t -a -v -o -e -i. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { closeInput, complain, openInput, quietly, quote, readAll, reason, usageError } from '../../lib/tool/index.ts';
import { linesOf } from '../../lib/tool/operands.ts';

type Row = readonly string[];
interface Shape { readonly fields: readonly [number, number]; readonly separator: string; readonly output: readonly string[] | null; readonly empty: string; readonly fold: boolean }

function shown(shape: Shape, a: Row | null, b: Row | null): string {
  const key = a !== null ? a[shape.fields[0]] : b![shape.fields[1]];
  const rest = (row: Row | null, skip: number): Row => (row ?? []).filter((_, i) => i !== skip);
  const cells = shape.output === null ? [key ?? '', ...rest(a, shape.fields[0]), ...rest(b, shape.fields[1])]
    : shape.output.map((spec) => (spec === '0' ? key : (spec.startsWith('1.') ? a : b)?.[Number(spec.slice(2)) - 1]) || shape.empty);
  return `${cells.join(shape.separator)}\n`;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), '1:2:j:t:a:v:o:e:i', { 'ignore-case': 'i', 'check-order': '', 'nocheck-order': '' });
  if (error !== null) return yield* usageError('join', error);
  const value = (letter: string): string | null => options.findLast((o) => o.name === letter)?.value ?? null;
  const all = (letter: string): string[] => options.filter((o) => o.name === letter).map((o) => o.value!);
  if (operands.length < 2) return yield* usageError('join', operands.length === 0 ? 'missing operand' : `missing operand after ${quote(operands[0]!)}`);
  if (operands.length > 2) return yield* usageError('join', `extra operand ${quote(operands[2]!)}`);
  const bad = [...all('1'), ...all('2'), ...all('j')].find((n) => !/^[1-9]\d*$/.test(n));
  if (bad !== undefined) {
    yield* complain('join', `invalid field number: ${quote(bad)}`);
    return 1;
  }
  const given = value('t');
  const field = (letter: string): number => Number(value(letter) ?? value('j') ?? 1) - 1;
  const output = all('o').flatMap((o) => o.split(/[ ,]/));
  const shape: Shape = { fields: [field('1'), field('2')], separator: given ?? ' ', output: output.length === 0 ? null : output, empty: value('e') ?? '', fold: options.some((o) => o.name === 'i') };
  const rows: Row[][] = [];
  for (const path of operands) {
    try {
      const input = yield* openInput(path);
      rows.push(linesOf(yield* readAll(input.fd)).map((line) => (given === null ? line.trim().split(/[ \t]+/) : line.split(given))));
      yield* closeInput(input);
    } catch (caught) {
      yield* complain('join', `${path}: ${reason(caught)}`);
      return 1;
    }
  }
  const [left, right] = rows as [Row[], Row[]];
  const key = (row: Row, side: 0 | 1): string => { const k = row[shape.fields[side]] ?? ''; return shape.fold ? k.toLowerCase() : k; };
  const lone = (side: string): boolean => all('a').includes(side) || all('v').includes(side);
  let out = '';
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]];
    const order = a === undefined ? 1 : b === undefined ? -1 : key(a, 0) < key(b, 1) ? -1 : key(a, 0) > key(b, 1) ? 1 : 0;
    if (order < 0) {
      if (lone('1')) out += shown(shape, a!, null);
      i++;
    } else if (order > 0) {
      if (lone('2')) out += shown(shape, null, b!);
      j++;
    } else {
      const to = right.findIndex((row, n) => n > j && key(row, 1) !== key(b!, 1));
      const end = to < 0 ? right.length : to;
      const k = key(a!, 0);
      for (; i < left.length && key(left[i]!, 0) === k; i++) if (all('v').length === 0) for (let n = j; n < end; n++) out += shown(shape, left[i]!, right[n]!);
      j = end;
    }
  }
  yield* write(1, out);
  return 0;
}

export const program: Program = { name: 'join', main: (argv) => quietly(body(argv)) };
