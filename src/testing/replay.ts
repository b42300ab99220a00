/**
 * Plays a recording's commands on a simulated node, at the recorded pace, and keeps what they print.
 * Commands run as a colleague's would (no terminal), standard error in place.
 */
import type { World } from '../kernel/world.ts';
import { runOnNode } from '../session/core/node.ts';
import { decodeUtf8, encodeUtf8 } from '../base/utf8.ts';
import { normalise } from './normalise.ts';
import { LOOP_BEGAN, secondsOf } from './recording.ts';
import type { Recorded } from './recording.ts';

export interface Replayed { readonly recorded: Recorded; readonly output: string; readonly exitCode: number; readonly equal: boolean }

let exec = 500_000;

/** Runs one command to its end. → its output (both streams) and exit code. */
export function shell(world: World, command: string): { output: string; exitCode: number } {
  const ran = runOnNode(world, exec++, encodeUtf8(`exec 2>&1\n${command}`), (input) => world.apply(input));
  return { output: decodeUtf8(ran.stdout) + decodeUtf8(ran.stderr), exitCode: ran.code };
}

/** The recorded clock time, in seconds of the day, that is this world's birth: its own kubelet's journal says when that one's main loop began. */
export function bornAt(world: World): number {
  const journal = shell(world.fork(), 'journalctl -u kubelet --no-pager').output;
  const began = [...journal.matchAll(/I\d{4} (\d\d:\d\d:\d\d)(\.\d+) .*Starting kubelet main sync loop/g)].at(-1)!;
  return LOOP_BEGAN - (secondsOf(began[1]!) + Number(began[2]) - (world.birth / 1e6) % 86_400);
}

/** Plays the recording from now on. */
export function replay(world: World, entries: readonly Recorded[]): readonly Replayed[] {
  const begin = world.now;
  return entries.map((recorded) => {
    world.advance(Math.max(world.now, begin + Math.round(recorded.at * 1e6)));
    const { output, exitCode } = shell(world, recorded.command);
    return { recorded, output, exitCode, equal: exitCode === recorded.exitCode && normalise(output) === normalise(recorded.output) };
  });
}
