/** comm(1): what two sorted files share and what each has alone. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { closeInput, complain, openInput, quietly, quote, readAll, reason, usageError } from '../../lib/tool/index.ts';
import { linesOf } from '../../lib/tool/operands.ts';

const inOrder = (lines: readonly string[]): boolean => lines.every((line, i) => i === 0 || lines[i - 1]! <= line);

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), '123', { 'output-delimiter': 'delimiter:', 'check-order': 'check', 'nocheck-order': 'nocheck' });
  if (error !== null) return yield* usageError('comm', error);
  if (operands.length < 2) return yield* usageError('comm', operands.length === 0 ? 'missing operand' : `missing operand after ${quote(operands[0]!)}`);
  if (operands.length > 2) return yield* usageError('comm', `extra operand ${quote(operands[2]!)}`);
  const texts: Bytes[] = [];
  for (const path of operands) {
    try {
      const input = yield* openInput(path);
      texts.push(yield* readAll(input.fd));
      yield* closeInput(input);
    } catch (caught) {
      yield* complain('comm', `${path}: ${reason(caught)}`);
      return 1;
    }
  }
  const hidden = (column: string): boolean => options.some((o) => o.name === column);
  const delimiter = options.findLast((o) => o.name === 'delimiter')?.value ?? '\t';
  const [a, b] = [linesOf(texts[0]!), linesOf(texts[1]!)];
  let out = '';
  const put = (column: '1' | '2' | '3', line: string): void => {
    if (!hidden(column)) out += delimiter.repeat(['1', '2', '3'].slice(0, Number(column) - 1).filter((c) => !hidden(c)).length) + `${line}\n`;
  };
  for (let [i, j] = [0, 0]; i < a.length || j < b.length;) {
    if (j >= b.length || (i < a.length && a[i]! < b[j]!)) put('1', a[i++]!);
    else if (i >= a.length || b[j]! < a[i]!) put('2', b[j++]!);
    else {
      put('3', a[i++]!);
      j++;
    }
  }
  yield* write(1, out);
  const unsorted = options.some((o) => o.name === 'nocheck') ? [] : [a, b].flatMap((lines, i) => (inOrder(lines) ? [] : [i + 1]));
  for (const n of unsorted) yield* complain('comm', `file ${n} is not in sorted order`);
  if (unsorted.length > 0) yield* complain('comm', 'input is not in sorted order');
  return unsorted.length > 0 ? 1 : 0;
}

export const program: Program = { name: 'comm', main: (argv) => quietly(body(argv)) };
