/** chmod(1): octal and symbolic modes, -R, -v, -c, --reference. */
import { chmod, cpu, readDir, stat, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { applyMode, modeText, octal } from '../../lib/tool/mode.ts';
import { join, look } from '../../lib/tool/tree.ts';

const LONG = { recursive: 'R', verbose: 'v', changes: 'c', silent: 'f', quiet: 'f', reference: 'reference:', 'preserve-root': 'preserve', 'no-preserve-root': 'no-preserve' };
/** `-x`, `-rwx`: a mode, not options. */
const isMode = (word: string): boolean => /^-[rwxXstugo,=+-]+$/.test(word) && !/^-[R]/.test(word);

interface Job { readonly mode: string; readonly recursive: boolean; readonly told: 'all' | 'changes' | 'none'; readonly quiet: boolean }

function* one(path: string, job: Job): Coroutine<boolean> {
  try {
    const it = yield* look(path, false);
    if (it === null) {
      if (!job.quiet) yield* complain('chmod', `cannot access ${quotePath(path)}: No such file or directory`);
      return false;
    }
    const seen = it.type === 'link' ? yield* stat(path) : it;
    const mode = applyMode(job.mode, seen.mode, seen.type === 'dir')!;
    yield* chmod(path, mode);
    const changed = mode !== (seen.mode & 0o7777);
    const shown = (m: number): string => `${octal(m)} (${modeText('file', m).slice(1)})`;
    if (job.told === 'all' || (job.told === 'changes' && changed)) yield* write(1, changed ? `mode of ${quotePath(path)} changed from ${shown(seen.mode)} to ${shown(mode)}\n` : `mode of ${quotePath(path)} retained as ${shown(mode)}\n`);
    let well = true;
    if (job.recursive && it.type === 'dir') for (const { name, type } of yield* readDir(path)) if (type !== 'link') well = (yield* one(join(path, name), job)) && well;
    return well;
  } catch (caught) {
    if (!job.quiet) yield* complain('chmod', `changing permissions of ${quotePath(path)}: ${reason(caught)}`);
    else reason(caught);
    return false;
  }
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const minus = argv.slice(1).findIndex(isMode);
  const words = argv.slice(1).filter((_, i) => i !== minus);
  const { options, operands, error } = getopt(words, 'Rvcf', LONG);
  if (error !== null) return yield* usageError('chmod', error);
  const on = (name: string): boolean => options.some((o) => o.name === name);
  const like = options.find((o) => o.name === 'reference')?.value ?? null;
  const files = minus >= 0 || like !== null ? operands : operands.slice(1);
  const text = minus >= 0 ? argv[minus + 1]! : operands[0];
  if (like === null && text === undefined) return yield* usageError('chmod', 'missing operand');
  if (files.length === 0) return yield* usageError('chmod', like !== null ? 'missing operand' : `missing operand after ${quote(text!)}`);
  let mode = text ?? '';
  if (like !== null) {
    const model = yield* look(like);
    if (model === null) {
      yield* complain('chmod', `failed to get attributes of ${quotePath(like)}: No such file or directory`);
      return 1;
    }
    mode = octal(model.mode);
  } else if (applyMode(mode, 0, false) === null) return yield* usageError('chmod', `invalid mode: ${quote(mode)}`);
  let well = true;
  for (const path of files) well = (yield* one(path, { mode, recursive: on('R'), told: on('v') ? 'all' : on('c') ? 'changes' : 'none', quiet: on('f') })) && well;
  return well ? 0 : 1;
}

export const program: Program = { name: 'chmod', main: (argv) => quietly(body(argv)) };
