/** tr(1): translates, deletes and squeezes bytes. */
import { cpu, read, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, usageError } from '../../lib/tool/index.ts';
import { expandSet } from './set.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), '+cCdst', { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' });
  if (error !== null) return yield* usageError('tr', error);
  const on = (letters: string): boolean => options.some((o) => letters.includes(o.name));
  const [complement, remove, squeeze] = [on('cC'), on('d'), on('s')];
  const needed = (remove && squeeze) || (!remove && !squeeze) ? 2 : 1;
  const allowed = remove && !squeeze ? 1 : 2;
  if (operands.length === 0) return yield* usageError('tr', 'missing operand');
  if (operands.length < needed) return yield* usageError('tr', `missing operand after ${quote(operands[0]!)}\nTwo strings must be given when ${remove ? 'both deleting and squeezing repeats' : 'translating'}.`);
  if (operands.length > allowed) return yield* usageError('tr', `extra operand ${quote(operands[allowed]!)}${allowed === 1 ? '\nOnly one string may be given when deleting without squeezing repeats.' : ''}`);
  const one = expandSet(operands[0]!, null);
  if (one.error !== null) return (yield* complain('tr', one.error), 1);
  const from = complement ? others(one.set) : one.set;
  const two = operands[1] === undefined ? null : expandSet(operands[1], from.length);
  if (two !== null && two.error !== null) return (yield* complain('tr', two.error), 1);
  const translating = !remove && two !== null;
  if (translating && two.set === '') return (yield* complain('tr', 'when not truncating set1, string2 must be non-empty'), 1);
  const map = new Map<string, string>();
  if (translating) for (let i = 0; i < from.length; i++) if (i < two.set.length || !on('t')) map.set(from[i]!, two.set[Math.min(i, two.set.length - 1)]!);
  const dropped = new Set(remove ? from : '');
  const squeezed = new Set(squeeze ? two?.set ?? from : '');
  let last = '';
  for (let data = yield* read(0); data !== ''; data = yield* read(0)) {
    let out = '';
    for (const c of data) {
      if (dropped.has(c)) continue;
      const to = map.get(c) ?? c;
      if (to === last && squeezed.has(to)) continue;
      last = to;
      out += to;
    }
    if (out !== '') yield* write(1, out);
  }
  return 0;
}
function others(set: string): string {
  let out = '';
  for (let i = 0; i < 256; i++) if (!set.includes(String.fromCharCode(i))) out += String.fromCharCode(i);
  return out;
}

export const program: Program = { name: 'tr', main: (argv) => quietly(body(argv)) };
