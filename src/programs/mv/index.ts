/** mv(1): renames, or copies and removes between filesystems. */
import { cpu, rename, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { baseName, copyTree, join, look, removeTree } from '../../lib/tool/tree.ts';

const LONG = { force: 'f', interactive: 'i', 'no-clobber': 'n', verbose: 'v', 'target-directory': 't:', 'no-target-directory': 'T' };
// eslint-disable-next-line require-yield
const silent = function* (): Coroutine<void> { /* nobody asked */ };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1500);
  const { options, operands, error } = getopt(argv.slice(1), 'finvTt:', LONG);
  if (error !== null) return yield* usageError('mv', error);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  if (on('i')) {
    yield* complain('mv', '-i is not available in this lab');
    return 1;
  }
  const given = options.find((o) => o.name === 't')?.value ?? null;
  const sources = given === null ? operands.slice(0, -1) : operands;
  const target = given ?? operands.at(-1);
  if (operands.length === 0 || target === undefined) return yield* usageError('mv', 'missing file operand');
  if (sources.length === 0) return yield* usageError('mv', `missing destination file operand after ${quotePath(operands[0]!)}`);
  const into = !on('T') && (yield* look(target))?.type === 'dir';
  if (sources.length > 1 && !into) {
    yield* complain('mv', `target ${quotePath(target)}: ${(yield* look(target)) === null ? 'No such file or directory' : 'Not a directory'}`);
    return 1;
  }
  let status = 0;
  for (const from of sources) {
    const to = into ? join(target, baseName(from)) : target;
    const problem = yield* one(from, to, on('n'));
    if (problem !== null) {
      yield* complain('mv', problem);
      status = 1;
    } else if (on('v')) yield* write(1, `renamed ${quotePath(from)} -> ${quotePath(to)}\n`);
  }
  return status;
}

/** What went wrong, or null. */
function* one(from: string, to: string, keep: boolean): Coroutine<string | null> {
  try {
    const it = yield* look(from, false);
    if (it === null) return `cannot stat ${quotePath(from)}: No such file or directory`;
    const there = yield* look(to, false);
    if (there !== null && keep) return null;
    if (there !== null && there.ino === it.ino && there.dev === it.dev) return `${quotePath(from)} and ${quotePath(to)} are the same file`;
    try {
      yield* rename(from, to);
    } catch (caught) {
      if (errnoOf(caught) !== 'EXDEV') throw caught;
      yield* copyTree(from, to, { preserve: true, follow: false }, silent);
      yield* removeTree(from, silent);
    }
    return null;
  } catch (caught) {
    if (errnoOf(caught) === 'EINVAL') return `cannot move ${quotePath(from)} to a subdirectory of itself, ${quotePath(to)}`;
    return `cannot move ${quotePath(from)} to ${quotePath(to)}: ${reason(caught)}`;
  }
}

export const program: Program = { name: 'mv', main: (argv) => quietly(body(argv)) };
