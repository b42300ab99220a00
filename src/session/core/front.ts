/**
 * The front of a lab's opening: as much of the world as it takes to show the prompt that stands there, and to type at it (law T7). A page
 * gets it first, for it is a hundredth of the opening; what was typed is done again in the whole world as soon as that is there.
 */
import { encodeSnapshot } from '../../kernel/codec/index.ts';
import { World } from '../../kernel/world.ts';
import type { WorldSnapshot } from '../../kernel/world.ts';
import type { KernelState } from '../../kernel/state.ts';
import { TTY } from './node.ts';

/** Errors: a world that is not at rest, or has nothing to come. */
export function frontOf(opening: WorldSnapshot): WorldSnapshot {
  const { state } = opening;
  const whole = new World(opening, new Map());
  const horizon = whole.nextTimer;
  if (whole.runnable || horizon === null) throw new Error('a front is of a world at rest');
  const processes = new Map([...state.processes].filter(([, { tty }]) => tty === TTY));
  const files = new Set([...processes.values()].flatMap(({ fds }) => [...fds.values()]));
  const front: KernelState = {
    ...state, horizon, processes, timers: [],
    open: new Map([...state.open].filter(([id]) => files.has(id))),
    pipes: new Map(), sockets: new Map(), listeners: new Map(), watches: new Map(), filesystems: new Map(), execs: new Map(), devices: new Map(),
  };
  return { state: front };
}

/** The same as text. */
export const packFront = (opening: WorldSnapshot): string => encodeSnapshot(frontOf(opening));
