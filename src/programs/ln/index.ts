/** ln(1): hard and symbolic links, -s -f -n -v -r -t -T. */
import { cpu, link, realpath, symlink, unlink, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { baseName, join, look } from '../../lib/tool/tree.ts';

const LONG = { symbolic: 's', force: 'f', 'no-dereference': 'n', verbose: 'v', relative: 'r', 'target-directory': 't:', 'no-target-directory': 'T', interactive: 'i', backup: 'b', logical: 'L', physical: 'P' };

/** The way from a directory to a path, both absolute. */
function relative(dir: string, path: string): string {
  const [from, to] = [dir, path].map((p) => p.split('/').filter((n) => n !== '')) as [string[], string[]];
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || '.';
}
const dirOf = (path: string): string => (path.includes('/') ? path.replace(/\/[^/]*$/, '') || '/' : '.');

interface Job { readonly soft: boolean; readonly force: boolean; readonly verbose: boolean; readonly relative: boolean }

/** What went wrong, or null. */
function* one(from: string, to: string, job: Job): Coroutine<string | null> {
  if (!job.soft) {
    const it = yield* look(from, false);
    if (it === null) return `failed to access ${quotePath(from)}: No such file or directory`;
    if (it.type === 'dir') return `${from}: hard link not allowed for directory`;
  }
  const target = job.soft && job.relative ? relative(yield* realpath(dirOf(to)), join(yield* realpath(dirOf(from)), baseName(from))) : from;
  try {
    const there = yield* look(to, false);
    if (there !== null && job.force && there.type !== 'dir') yield* unlink(to);
    yield* job.soft ? symlink(target, to) : link(from, to);
  } catch (caught) {
    return `failed to create ${job.soft ? 'symbolic' : 'hard'} link ${quotePath(to)}: ${reason(caught)}`;
  }
  if (job.verbose) yield* write(1, `${quotePath(to)} ${job.soft ? '->' : '=>'} ${quotePath(target)}\n`);
  return null;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'sfnvrt:TibLP', LONG);
  if (error !== null) return yield* usageError('ln', error);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const refused = ['i', 'b'].find(on);
  if (refused !== undefined) {
    yield* complain('ln', `-${refused} is not available in this lab`);
    return 1;
  }
  if (operands.length === 0) return yield* usageError('ln', 'missing file operand');
  const given = options.find((o) => o.name === 't')?.value ?? null;
  const last = operands.length === 1 ? '.' : operands.at(-1)!;
  const target = given ?? last;
  const sources = given !== null || operands.length === 1 ? operands : operands.slice(0, -1);
  const there = yield* look(target, !on('n'));
  const into = !on('T') && there?.type === 'dir';
  if ((sources.length > 1 || given !== null) && !into) {
    yield* complain('ln', there === null ? `target ${quotePath(target)}: No such file or directory` : `target ${quotePath(target)}: Not a directory`);
    return 1;
  }
  let status = 0;
  for (const from of sources) {
    const problem = yield* one(from, into ? join(target, baseName(from)) : target, { soft: on('s'), force: on('f'), verbose: on('v'), relative: on('r') });
    if (problem === null) continue;
    yield* complain('ln', problem);
    status = 1;
  }
  return status;
}

export const program: Program = { name: 'ln', main: (argv) => quietly(body(argv)) };
