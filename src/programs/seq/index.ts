/** seq(1): integers and decimals, -w -s -f. */
import { cpu, tick, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';
import { formatPrintf } from '../../lib/tool/printf.ts';

const places = (text: string): number => (/[eE]/.test(text) ? 0 : /\.(\d*)$/.exec(text)?.[1]!.length ?? 0);

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  // Operands begin at the first number, be it negative.
  const first = argv.slice(1).findIndex((a, i) => (/^-[\d.]/.test(a) || !a.startsWith('-')) && !/^-[fs]$/.test(argv[i] ?? ''));
  const words = first < 0 ? argv.slice(1) : [...argv.slice(1, first + 1), '--', ...argv.slice(first + 1)];
  const { options, operands, error } = getopt(words, '+f:s:w', { format: 'f:', separator: 's:', 'equal-width': 'w' });
  if (error !== null) return yield* usageError('seq', error);
  if (operands.length === 0) return yield* usageError('seq', 'missing operand');
  if (operands.length > 3) return yield* usageError('seq', `extra operand ${quote(operands[3]!)}`);
  const bad = operands.find((o) => o.trim() === '' || Number.isNaN(Number(o)));
  if (bad !== undefined) return yield* usageError('seq', `invalid floating point argument: ${quote(bad)}`);
  const [from = '1', step = '1', to = '1'] = operands.length === 1 ? ['1', '1', operands[0]!] : operands.length === 2 ? [operands[0]!, '1', operands[1]!] : operands;
  if (Number(step) === 0) return yield* usageError('seq', `invalid Zero increment value: ${quote(step)}`);
  const value = (name: string): string | null => options.findLast((o) => o.name === name)?.value ?? null;
  const digits = Math.max(places(from), places(step));
  const wide = options.some((o) => o.name === 'w') ? Math.max(...[from, to].map((t) => Number(t).toFixed(digits).length)) : 0;
  const format = value('f');
  const shown = (n: number): string => {
    if (format !== null) return formatPrintf(format.replace(/%(.*?)g/, '%$1g'), [String(n)], 0).text;
    const text = n.toFixed(digits);
    return text.startsWith('-') ? `-${text.slice(1).padStart(wide - 1, '0')}` : text.padStart(wide, '0');
  };
  const separator = value('s') ?? '\n';
  const count = Math.floor((Number(to) - Number(from)) / Number(step) + 1e-9);
  for (let i = 0; i <= count;) {
    let block = '';
    for (const end = i + 500; i <= count && i < end; i++) block += shown(Number(from) + i * Number(step)) + (i < count ? separator : '\n');
    yield* write(1, block);
    yield* tick();
  }
  return 0;
}

export const program: Program = { name: 'seq', main: (argv) => quietly(body(argv)) };
