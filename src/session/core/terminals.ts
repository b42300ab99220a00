/**
 * The learner's terminals: each is a login of root on a pseudo-terminal of its own. The first is there from the
 * beginning; a terminal whose shell has ended stays on the screen and takes an Enter as a new login.
 */
import type { Input, World } from '../../kernel/world.ts';
import { ENV, HOST, TTY } from './node.ts';
import type { TerminalState } from './types.ts';

/** As many as one could keep apart, and well below what would slow the page. */
export const TERMINALS = 8;

export const loginInput = (cols: number, rows: number, tty = TTY): Input => ({ kind: 'login', host: HOST, tty, cols, rows, argv: ['-bash'], env: { ...ENV, TERM: 'xterm-256color' }, cwd: '/root' });

/** The login shell of a terminal, while it lives. */
const shellOf = (world: World, tty: string) => world.processes(HOST).find((p) => p.tty === tty && p.pid === p.sid && p.status === null);

/** Whether the login shell of a terminal waits for a command (or the rest of one). */
export function atPrompt(world: World, tty: string): boolean {
  const shell = shellOf(world, tty);
  // At the prompt readline has the terminal in raw mode; bash's `read` does not.
  return shell !== undefined && world.reader(tty)?.pid === shell.pid && world.ttyMode(tty)?.raw === true;
}

/** `$?` as the login shell would print it; bash keeps its whole state in its checkpoint. Null while no shell is there. */
export function exitCodeOf(world: World, tty: string): number | null {
  const saved = shellOf(world, tty)?.threads.get(1)?.saved as { readonly status?: number } | undefined;
  return saved?.status ?? null;
}

/** What each terminal is doing, in the order they were opened. */
export function terminalsOf(world: World): readonly TerminalState[] {
  return world.ttys().map((tty) => {
    const { cols, rows } = world.ttySize(tty)!;
    const ended = shellOf(world, tty) === undefined;
    const prompt = !ended && atPrompt(world, tty);
    return { tty, cols, rows, ended, atPrompt: prompt, program: prompt || ended ? null : world.reader(tty)?.program ?? foreground(world, tty) };
  });
}

/** The program that has the terminal, as its tab would be called. */
function foreground(world: World, tty: string): string | null {
  const group = world.ttyGroup(tty);
  return world.processes(HOST).find((p) => p.pid === group && p.status === null)?.program ?? null;
}

/** The name of the next terminal to open; null when there are enough. */
export function freeTerminal(world: World): string | null {
  const taken = world.ttys();
  for (let n = 0; n < TERMINALS; n++) if (!taken.includes(`pts/${n}`)) return `pts/${n}`;
  return null;
}
