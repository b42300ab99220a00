/** paste(1): lines of files side by side, or of each file in one line (-s). Several `-` take turns at standard input. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { unescape } from '../../lib/tool/escape.ts';
import { closeInput, complain, openInput, quietly, readAll, reason, usageError } from '../../lib/tool/index.ts';
import type { Input } from '../../lib/tool/index.ts';
import { linesOf } from '../../lib/tool/operands.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'd:sz', { delimiters: 'd:', serial: 's', 'zero-terminated': 'z' });
  if (error !== null) return yield* usageError('paste', error);
  const delimiters = [...unescape(options.findLast((o) => o.name === 'd')?.value ?? '\t')];
  const end = options.some((o) => o.name === 'z') ? '\0' : '\n';
  const serial = options.some((o) => o.name === 's');
  const paths = operands.length === 0 ? ['-'] : operands;
  let stdin: string[] | null = null;
  let status = 0;
  const files: string[][] = [];
  for (const path of paths) {
    try {
      const input: Input | null = path === '-' && stdin !== null ? null : yield* openInput(path);
      const lines: string[] = input === null ? stdin! : linesOf(yield* readAll(input.fd), end);
      if (input !== null) yield* closeInput(input);
      if (path === '-') stdin = lines;
      files.push(lines);
    } catch (caught) {
      yield* complain('paste', `${path}: ${reason(caught)}`);
      if (!serial) return 1;
      status = 1;
    }
  }
  const joined = (cells: readonly string[]): string => cells.reduce((text, cell, i) => (i === 0 ? cell : text + (delimiters.length === 0 ? '' : delimiters[(i - 1) % delimiters.length]!) + cell), '') + end;
  if (serial) for (const lines of files) yield* write(1, joined(lines.splice(0)));
  else while (files.some((lines) => lines.length > 0)) yield* write(1, joined(files.map((lines) => lines.shift() ?? '')));
  return status;
}

export const program: Program = { name: 'paste', main: (argv) => quietly(body(argv)) };
