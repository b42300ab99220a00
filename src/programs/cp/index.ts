/** cp(1). */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { baseName, copyFile, copyTree, join, look } from '../../lib/tool/tree.ts';

const LONG = { archive: 'a', recursive: 'R', force: 'f', interactive: 'i', 'no-clobber': 'n', preserve: 'p::', update: 'u', verbose: 'v', 'no-target-directory': 'T', 'target-directory': 't:', dereference: 'L', 'no-dereference': 'P' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1500);
  const { options, operands, error } = getopt(argv.slice(1), 'adfiHLnPpRrTt:uv', LONG);
  if (error !== null) return yield* usageError('cp', error);
  const on = (letters: string): boolean => options.some((o) => letters.includes(o.name));
  if (on('iu')) {
    yield* complain('cp', `-${on('i') ? 'i' : 'u'} is not available in this lab`);
    return 1;
  }
  const given = options.find((o) => o.name === 't')?.value ?? null;
  const sources = given === null ? operands.slice(0, -1) : operands;
  const target = given ?? operands.at(-1);
  if (operands.length === 0 || target === undefined) return yield* usageError('cp', 'missing file operand');
  if (sources.length === 0) return yield* usageError('cp', `missing destination file operand after ${quotePath(operands[0]!)}`);
  const into = !on('T') && (yield* look(target))?.type === 'dir';
  if (sources.length > 1 && !into) {
    yield* complain('cp', `target ${quotePath(target)}: ${(yield* look(target)) === null ? 'No such file or directory' : 'Not a directory'}`);
    return 1;
  }
  const copy = { preserve: on('ap'), follow: !on('adP') };
  const told = function* (from: string, to: string): Coroutine<void> { if (on('v')) yield* write(1, `${quotePath(from)} -> ${quotePath(to)}\n`); };
  let status = 0;
  for (const from of sources) {
    const to = into ? join(target, baseName(from)) : target;
    status = (yield* one(from, to)) || status;
  }
  return status;

  function* one(from: string, to: string): Coroutine<number> {
    try {
      const it = yield* look(from, copy.follow);
      if (it === null) return yield* fail(`cannot stat ${quotePath(from)}: No such file or directory`);
      if (it.type === 'dir' && !on('aRr')) return yield* fail(`-r not specified; omitting directory ${quotePath(from)}`);
      const there = yield* look(to);
      if (there !== null && on('n')) return 0;
      if (there !== null && there.ino === it.ino && there.dev === it.dev) return yield* fail(`${quotePath(from)} and ${quotePath(to)} are the same file`);
      if (it.type === 'dir') {
        if (there !== null && there.type !== 'dir') return yield* fail(`cannot overwrite non-directory ${quotePath(to)} with directory ${quotePath(from)}`);
        if (`${to}/`.startsWith(`${from.replace(/\/+$/, '')}/`)) return yield* fail(`cannot copy a directory, ${quotePath(from)}, into itself, ${quotePath(to)}`);
        yield* copyTree(from, to, { ...copy, follow: false }, told);
        return 0;
      }
      if (there?.type === 'dir') return yield* fail(`cannot overwrite directory ${quotePath(to)} with non-directory`);
      yield* copyFile(from, to, copy);
      yield* told(from, to);
      return 0;
    } catch (caught) {
      return yield* fail(`cannot create regular file ${quotePath(to)}: ${reason(caught)}`);
    }
  }
  function* fail(message: string): Coroutine<number> {
    yield* complain('cp', message);
    return 1;
  }
}

export const program: Program = { name: 'cp', main: (argv) => quietly(body(argv)) };
