/** chown(1) and chgrp(1): owners by name or number, -R, -h, -v, -c, --reference. */
import { chown, cpu, readDir, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { names } from '../../lib/passwd/index.ts';
import type { Names } from '../../lib/passwd/index.ts';
import { complain, quietly, quote, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { join, look } from '../../lib/tool/tree.ts';

const LONG = { recursive: 'R', verbose: 'v', changes: 'c', silent: 'f', quiet: 'f', dereference: 'dereference', 'no-dereference': 'h', reference: 'reference:', from: 'from:', 'preserve-root': 'preserve', 'no-preserve-root': 'no-preserve' };

interface Owner { readonly uid: number; readonly gid: number }
interface Job extends Owner { readonly tool: string; readonly who: Names; readonly recursive: boolean; readonly follow: boolean; readonly told: 'all' | 'changes' | 'none'; readonly quiet: boolean }

/** `user`, `user:group`, `user:`, `:group`, in names or numbers; −1 leaves one as it is. A text is the complaint. */
function ownerOf(text: string, who: Names, group: boolean): Owner | string {
  const id = (word: string, find: (name: string) => number | null): number | null => (word === '' ? -1 : find(word) ?? (/^\+?\d+$/.test(word) ? Number(word) : null));
  const [user = '', named] = group ? ['', text] : text.split(/[:.](.*)/s);
  const uid = id(user, (n) => who.uid(n));
  if (uid === null) return `invalid user: ${quote(text)}`;
  const gid = named === '' && user !== '' ? who.primary(who.user(uid)) ?? -1 : id(named ?? '', (n) => who.gid(n));
  return gid === null ? `invalid group: ${quote(text)}` : { uid, gid };
}

function* one(path: string, job: Job): Coroutine<boolean> {
  try {
    const it = yield* look(path, job.follow);
    if (it === null) {
      if (!job.quiet) yield* complain(job.tool, `cannot ${job.follow && (yield* look(path, false)) !== null ? 'dereference' : 'access'} ${quotePath(path)}: No such file or directory`);
      return false;
    }
    let well = true;
    if (job.recursive && it.type === 'dir') for (const { name } of yield* readDir(path)) well = (yield* one(join(path, name), { ...job, follow: false })) && well;
    yield* chown(path, job.uid, job.gid, job.follow);
    const { who } = job;
    const changed = (job.uid >= 0 && job.uid !== it.uid) || (job.gid >= 0 && job.gid !== it.gid);
    const what = (uid: number, gid: number): string => (job.tool === 'chgrp' ? who.group(gid) : job.gid < 0 ? who.user(uid) : job.uid < 0 ? `:${who.group(gid)}` : `${who.user(uid)}:${who.group(gid)}`);
    const now = what(job.uid < 0 ? it.uid : job.uid, job.gid < 0 ? it.gid : job.gid);
    const noun = job.tool === 'chgrp' ? 'group' : 'ownership';
    if (job.told === 'all' || (job.told === 'changes' && changed)) yield* write(1, changed ? `changed ${noun} of ${quotePath(path)} from ${what(it.uid, it.gid)} to ${now}\n` : `${noun} of ${quotePath(path)} retained as ${now}\n`);
    return well;
  } catch (caught) {
    const why = reason(caught);
    if (!job.quiet) yield* complain(job.tool, `changing ${job.tool === 'chgrp' ? 'group' : 'ownership'} of ${quotePath(path)}: ${why}`);
    return false;
  }
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const tool = argv[0]!.endsWith('chgrp') ? 'chgrp' : 'chown';
  const { options, operands, error } = getopt(argv.slice(1), 'RvcfhHLP', LONG);
  if (error !== null) return yield* usageError(tool, error);
  const on = (name: string): boolean => options.some((o) => o.name === name);
  if (on('from')) {
    yield* complain(tool, '--from is not available in this lab');
    return 1;
  }
  const like = options.find((o) => o.name === 'reference')?.value ?? null;
  const files = like === null ? operands.slice(1) : operands;
  if (operands.length === 0) return yield* usageError(tool, 'missing operand');
  if (files.length === 0) return yield* usageError(tool, `missing operand after ${quote(operands[0]!)}`);
  const who = yield* names();
  const model = like === null ? null : yield* look(like);
  if (like !== null && model === null) {
    yield* complain(tool, `failed to get attributes of ${quotePath(like)}: No such file or directory`);
    return 1;
  }
  const owner = model !== null ? { uid: tool === 'chgrp' ? -1 : model.uid, gid: model.gid } : ownerOf(operands[0]!, who, tool === 'chgrp');
  if (typeof owner === 'string') {
    yield* complain(tool, owner);
    return 1;
  }
  let well = true;
  for (const path of files) well = (yield* one(path, { ...owner, tool, who, recursive: on('R'), follow: !on('h'), told: on('v') ? 'all' : on('c') ? 'changes' : 'none', quiet: on('f') })) && well;
  return well ? 0 : 1;
}

export const program: Program = { name: 'chown', main: (argv) => quietly(body(argv)) };
