/** Runs commands on the node from outside (no terminal, no history), as a colleague over ssh would. */
import type { World } from '../../kernel/world.ts';
import type { Bytes } from '../../kernel/sys.ts';

export const HOST = 'controlplane';
export const TTY = 'pts/0';
export const ENV: Readonly<Record<string, string>> = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', USER: 'root', LOGNAME: 'root', SHELL: '/bin/bash', LANG: 'C.UTF-8' };
const LIMIT = 120_000_000;   // µs a command may take

export interface Ran { readonly stdout: Bytes; readonly stderr: Bytes; readonly code: number }

/** Runs a shell command to its end, letting virtual time pass and giving way after each `budget` system calls. Code −1: it did not end in two minutes. */
export function* runningOnNode(world: World, id: number, command: string, onInput: (input: Parameters<World['apply']>[0]) => void, budget: number): Generator<void, Ran, void> {
  onInput({ kind: 'exec', host: HOST, id, argv: ['/bin/bash', '-c', command], env: ENV, cwd: '/root' });
  const limit = world.now + LIMIT;
  for (;;) {
    while (!world.settle(budget)) yield;
    const { status, stdout, stderr } = world.exec(id)!;
    if (status !== null) return { stdout, stderr, code: status.code ?? 128 };
    const next = world.nextTimer;
    if (next === null || next > limit) return { stdout, stderr, code: -1 };
    while (world.advance(next, budget) === 'budget') yield;
  }
}

/** A piece of work that gives way, done at once. */
export function toEnd<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same at one go. */
export function runOnNode(world: World, id: number, command: string, onInput: (input: Parameters<World['apply']>[0]) => void): Ran {
  return toEnd(runningOnNode(world, id, command, onInput, Infinity));
}
