/** id(1). */
import { cpu, self, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { names } from '../../lib/passwd/index.ts';
import { complain, quietly, quote, usageError } from '../../lib/tool/index.ts';

/** `0(root)`; a number without a name stands alone. */
const named = (id: number, name: string): string => (name === String(id) ? name : `${id}(${name})`);

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const who = yield* names();
  const me = yield* self();
  const { options, operands, error } = getopt(argv.slice(1), 'agGnruz', { group: 'g', groups: 'G', name: 'n', real: 'r', user: 'u' });
  if (error !== null) return yield* usageError('id', error);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const uid = operands[0] === undefined ? me.uid : who.uid(operands[0]);
  if (uid === null) {
    yield* complain('id', `${quote(operands[0]!)}: no such user`);
    return 1;
  }
  const user = who.user(uid);
  const gid = operands[0] === undefined ? me.gid : who.primary(user) ?? uid;
  const all = [gid, ...who.groups.filter((g) => g.members.includes(user) && g.gid !== gid).map((g) => g.gid)];
  if (on('u')) yield* write(1, `${on('n') ? user : uid}\n`);
  else if (on('g')) yield* write(1, `${on('n') ? who.group(gid) : gid}\n`);
  else if (on('G')) yield* write(1, `${all.map((g) => (on('n') ? who.group(g) : g)).join(' ')}\n`);
  else yield* write(1, `uid=${named(uid, user)} gid=${named(gid, who.group(gid))} groups=${all.map((g) => named(g, who.group(g))).join(',')}\n`);
  return 0;
}

export const program: Program = { name: 'id', main: (argv) => quietly(body(argv)) };
