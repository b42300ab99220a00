/** du(1): the blocks that files and trees take; -s -h -a -c -d -b -k -m. */
import { cpu, lstat, readDir, tick, write } from '../../kernel/sys.ts';
import type { Coroutine, Program, Stat } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { join } from '../../lib/tool/tree.ts';

const LONG = { all: 'a', bytes: 'b', total: 'c', 'max-depth': 'd:', 'human-readable': 'h', summarize: 's', 'one-file-system': 'x', 'apparent-size': 'apparent', exclude: 'exclude:', separate: 'S' };
const UNITS = ['', 'K', 'M', 'G', 'T'];

/** `8.0K`, `36K`, `1.2M`: rounded up. */
function human(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < 4) [value, unit] = [value / 1024, unit + 1];
  if (unit === 0) return String(bytes);
  return value < 9.95 ? `${(Math.ceil(value * 10) / 10).toFixed(1)}${UNITS[unit]}` : `${Math.ceil(value)}${UNITS[unit]}`;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  const { options, operands, error } = getopt(argv.slice(1), 'abcd:hskmxS', LONG);
  if (error !== null) return yield* usageError('du', error);
  const on = (name: string): boolean => options.some((o) => o.name === name);
  const depth = options.findLast((o) => o.name === 'd')?.value ?? null;
  if (depth !== null && !/^\d+$/.test(depth)) return yield* usageError('du', `invalid maximum depth ${quote(depth)}`);
  if (on('s') && on('a')) return yield* usageError('du', 'cannot both summarize and show all entries');
  const refused = ['exclude', 'S'].find(on);
  if (refused !== undefined) {
    yield* complain('du', `${refused.length > 1 ? '--' : '-'}${refused} is not available in this lab`);
    return 1;
  }
  const deepest = on('s') ? 0 : depth === null ? Infinity : Number(depth);
  const seen = new Set<string>();
  let status = 0;
  const size = (it: Stat): number => {
    if (on('b') || on('apparent')) return it.size;
    return it.type === 'link' || it.type === 'chr' ? 0 : Math.ceil(it.size / 4096) * 4096;
  };
  const show = function* (bytes: number, path: string): Coroutine<void> {
    yield* write(1, `${on('h') ? human(bytes) : on('b') ? bytes : on('m') ? Math.ceil(bytes / 1_048_576) : Math.ceil(bytes / 1024)}\t${path}\n`);
  };
  const walk = function* (path: string, level: number): Coroutine<number> {
    yield* tick();
    try {
      const it = yield* lstat(path);
      // A file with several names takes its place once.
      const key = `${it.dev}:${it.ino}`;
      if (it.type !== 'dir' && it.nlink > 1 && seen.has(key)) return 0;
      seen.add(key);
      let total = size(it);
      if (it.type === 'dir') for (const { name } of yield* readDir(path)) total += yield* walk(join(path, name), level + 1);
      if (level === 0 || (level <= deepest && (it.type === 'dir' || on('a')))) yield* show(total, path);
      return total;
    } catch (caught) {
      const why = reason(caught);
      if (why === 'Broken pipe') throw caught;
      yield* complain('du', `cannot ${why === 'Permission denied' ? 'read directory' : 'access'} ${quotePath(path)}: ${why}`);
      status = 1;
      return 0;
    }
  };
  let sum = 0;
  for (const path of operands.length === 0 ? ['.'] : operands) sum += yield* walk(path, 0);
  if (on('c')) yield* show(sum, 'total');
  return status;
}

export const program: Program = { name: 'du', main: (argv) => quietly(body(argv)) };
