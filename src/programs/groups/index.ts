/** groups(1): the groups a user is in. */
import { cpu, self, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { names } from '../../lib/passwd/index.ts';
import { complain, quietly, quote } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const who = yield* names();
  const me = yield* self();
  const of = (user: string, gid: number): string => [gid, ...who.groups.filter((g) => g.members.includes(user) && g.gid !== gid).map((g) => g.gid)].map((g) => who.group(g)).join(' ');
  if (argv.length === 1) {
    yield* write(1, `${of(who.user(me.uid), me.gid)}\n`);
    return 0;
  }
  let status = 0;
  for (const user of argv.slice(1)) {
    const uid = who.uid(user);
    if (uid === null) {
      yield* complain('groups', `${quote(user)}: no such user`);
      status = 1;
    } else yield* write(1, `${user} : ${of(user, who.primary(user) ?? uid)}\n`);
  }
  return status;
}

export const program: Program = { name: 'groups', main: (argv) => quietly(body(argv)) };
