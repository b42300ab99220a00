/**
 * A program that makes whatever system call the dice name, on whatever it holds: the kernel's laws are tried on what a few of these do
 * to each other. All its dice come from the world, so a run is a function of its seed. Errors are its daily bread.
 */
import { SysError } from '../../kernel/errno.ts';
import { accept, appendFile, checkpoint, chmod, close, connect, cpu, del, dup, fdinfo, kill, link, listen, mkdir, now, open, openPty, pipe, poll, processes, put, random, read, readDir, readFile, readWatch, realpath, recv, rename, rmdir, self,
  send, setpgid, sigaction, sleep, spawn, stat, stamp, symlink, tcsetpgrp, thread, threads, tick, truncate, ttyMode, unlink, view, wait, waitpid, watch, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program, Signal } from '../../kernel/sys.ts';

const SIGNALS: readonly Signal[] = ['HUP', 'INT', 'TERM', 'KILL', 'USR1', 'STOP', 'CONT', 'CONT', 'TSTP', 'PIPE', 'WINCH', 'CHLD'];
const PATHS = ['/tmp', '/tmp/a', '/tmp/b', '/tmp/d', '/tmp/d/a', '/tmp/d/../b', '/tmp/l/a', '/tmp/l', '/tmp/d/d', '/tmp/d/d/..', '/tmp/e', '/nope/x', '/dev/zero', '/tmp/s'];

const INHERITED: readonly Readonly<Record<number, number>>[] = [{ 0: 0, 1: 1 }, { 0: 0, 1: 1, 3: 4 }, {}, { 1: 5 }];

interface Dice { readonly op: number; readonly a: number; readonly b: number; readonly c: number }
const from = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** Calls that have nothing to wait for. */
const QUICK: readonly ((d: Dice) => Coroutine<unknown>)[] = [
  ({ a, b }) => writeFile(from(PATHS, a), 'x'.repeat(b % 3000)), ({ a, b }) => appendFile(from(PATHS, a), `${b}`), ({ a }) => readFile(from(PATHS, a)), ({ a }) => readDir(from(PATHS, a)), ({ a }) => stat(from(PATHS, a)),
  ({ a, b }) => rename(from(PATHS, a), from(PATHS, b)), ({ a, b }) => link(from(PATHS, a), from(PATHS, b)), ({ a, b }) => symlink(from(PATHS, a), from(PATHS, b)), ({ a }) => unlink(from(PATHS, a)), ({ a }) => rmdir(from(PATHS, a)),
  ({ a }) => mkdir(from(PATHS, a)), ({ a, b }) => chmod(from(PATHS, a), b & 0o777), ({ a, b }) => truncate(from(PATHS, a), b % 5000), ({ a }) => realpath(from(PATHS, a)),
  ({ a, b }) => open(from(PATHS, a), from(['r', 'r+', 'w', 'a', 'wx'] as const, b)), ({ a }) => close(3 + (a % 12)), ({ a, b }) => dup(a % 12, b % 3 === 0 ? null : 3 + (b % 12)), () => pipe(), ({ a }) => fdinfo(a % 12),
  ({ a }) => listen({ net: 'tcp', host: from(['127.0.0.1', '0.0.0.0', '1.1.1.1'], a), port: 80 + (a % 3) }), ({ a }) => listen({ net: 'unix', path: from(PATHS, a) }), ({ a, b }) => send(3 + (a % 12), { b }), ({ a }) => watch(from(PATHS, a)),
  ({ a, b }) => put('t', `k${a % 5}`, { b }), ({ a }) => del('t', `k${a % 5}`), () => view('t'), () => now(), () => stamp(), () => self(), () => threads(), () => processes(), ({ a }) => sigaction(from(SIGNALS, a), from(['default', 'ignore', 'catch'] as const, a >> 4)),
  ({ a, b }) => setpgid(0, b % 2 === 0 ? 0 : a % 40), ({ a, b }) => tcsetpgrp(a % 3, b % 40), ({ a, b }) => ttyMode(a % 3, { raw: (b & 1) === 0, echo: (b & 2) === 0 }), () => openPty(80, 24), ({ a }) => thread('helper', a % 100), () => tick(), ({ a }) => cpu(a % 20_000),
];
/** Calls that may wait, for no longer than somebody else's signal or the monkey's own alarm lets them. */
const SLOW: readonly ((d: Dice) => Coroutine<unknown>)[] = [
  ({ a }) => sleep(a % 400_000), ({ a, b }) => write(1 + (a % 12), 'out '.repeat(b % 40)), ({ a, b }) => read(a % 12, b % 300), ({ a }) => recv(3 + (a % 12), 50_000),
  ({ a }) => connect({ net: 'tcp', host: from(['127.0.0.1', '172.30.1.2', '172.30.1.9', '10.9.9.9'], a), port: 80 + (a % 3) }, 70_000), ({ a }) => connect({ net: 'unix', path: from(PATHS, a) }), ({ a }) => accept(3 + (a % 12)), ({ a }) => readWatch(3 + (a % 12)),
  ({ a, b, c }) => poll({ fds: [a % 12, b % 12], tables: [{ table: 't', since: c % 9 }], signals: c % 2 === 0, timeout: b % 90_000 }), ({ a }) => waitpid({ pid: -1, nohang: a % 2 === 0, untraced: a % 3 === 0 }), () => wait(),
];

function* kin({ a, b }: Dice): Coroutine<unknown> {
  const others = (yield* processes()).filter((p) => p.program === 'monkey' && p.argv[1] !== 'first');
  if (a % 3 === 0 && others.length < 14) return yield* spawn({ path: b % 9 === 0 ? 'nothing' : 'monkey', argv: ['monkey', String(b)], fds: from(INHERITED, b), ...(b % 4 === 0 ? { pgid: 0 } : {}), ...(b % 11 === 0 ? { newSession: true } : {}) });
  if (others.length > 0) return yield* kill(from(others, b).pid * (a % 8 === 0 ? -1 : 1), from(SIGNALS, a >> 3));
  return null;
}

const ACTS: readonly ((d: Dice) => Coroutine<unknown>)[] = [...QUICK, ...SLOW, ...SLOW, kin, kin, kin, kin, kin];

/** One call; → an errno, or a word on what came of it. */
function* act(dice: Dice): Coroutine<string> {
  try {
    const result = yield* from(ACTS, dice.op)(dice);
    return typeof result === 'number' || typeof result === 'string' ? String(result).slice(0, 20) : typeof result;
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    return caught.code;
  }
}

interface State { readonly left: number; readonly heard: readonly string[] }

function* live(saved: Json | undefined): Coroutine<number> {
  let { left, heard } = (saved as unknown as State | undefined) ?? { left: 120, heard: [] };
  while (left-- > 0) {
    const [op = 0, a = 0, b = 0, c = 0] = yield* random('monkey', 4);
    heard = [...heard, `${op % ACTS.length} ${yield* act({ op, a, b, c })}`].slice(-30);
    if (c % 16 === 0) yield* checkpoint({ left, heard });
  }
  try {
    yield* writeFile(`/var/log/${(yield* self()).pid}`, heard.join('\n'));
  } catch { /* it holds too much, or the place is gone */ }
  return left & 127;
}

export const monkey: Program = {
  name: 'monkey',
  main: (_argv, saved) => live(saved),
  threads: {
    *helper(arg: Json, saved?: Json): Coroutine<void> {
      for (let i = (saved as number | undefined) ?? 0; i < 4; i++) {
        yield* checkpoint(i);
        yield* sleep(1000 * (arg as number));
        yield* put('t', `h${arg as number}`, i);
      }
    },
  },
};
