/**
 * The moment a lab opens: the node is built and booted at its birth, lives for a quarter of an hour, is
 * prepared and broken on the way, and the learner logs in. The result is a cache of that run by lab and seed.
 */
import { encodeSnapshot } from '../../kernel/codec/index.ts';
import type { World, WorldSnapshot } from '../../kernel/world.ts';
import { BIRTH_COMMANDS } from '../../distro/index.ts';
import { parseSpan } from '../../labs/schema.ts';
import type { LabDefinition } from '../../labs/schema.ts';
import { newborn } from './newborn.ts';
import { ENV, HOST, runOnNode, TTY } from './node.ts';
import { atPrompt, loginInput } from './terminals.ts';

/** Ids of commands that labs run; grading uses others. */
const FAULT_EXEC_BASE = 1_000;
const BIRTH_EXEC_BASE = 900;

/** A world at the instant its provider has given the last of the birth's commands; they are still at work. */
export function bornWorld(seed: number): World {
  const world = newborn(seed);
  for (const [i, { after, argv, stdin }] of BIRTH_COMMANDS.entries()) {
    world.advance(world.birth + after);
    world.apply({ kind: 'exec', host: HOST, id: BIRTH_EXEC_BASE + i, argv, env: ENV, cwd: '/root', ...(stdin === undefined ? {} : { stdin }) });
  }
  return world;
}

/** A birth that failed is a bug of ours: every lab stands on it. */
function assertBorn(world: World): void {
  for (const [i, { argv }] of BIRTH_COMMANDS.entries()) {
    const ran = world.exec(BIRTH_EXEC_BASE + i);
    if (ran?.status?.code !== 0) throw new Error(`the birth's ${argv[0]} failed (${ran?.status?.code ?? 'still running'}): ${ran?.stderr ?? ''}`);
  }
}

/** A fresh node and what its provider ran on it; the cluster comes up while time passes. */
export function newWorld(seed: number): World {
  const world = newborn(seed);
  for (const [i, { after, argv, stdin }] of BIRTH_COMMANDS.entries()) {
    world.advance(world.birth + after);
    world.apply({ kind: 'exec', host: HOST, id: i + 1, argv, env: ENV, cwd: '/root', ...(stdin === undefined ? {} : { stdin }) });
  }
  return world;
}

/** Boots a world and brings it to the instant the lab opens, before the learner logs in. */
export function openWorld(lab: LabDefinition, seed: number): World {
  const world = bornWorld(seed);
  const opens = world.birth + parseSpan(lab.opensAfter)!;
  const early = [...lab.setup, ...(lab.tasks[0]?.faults ?? [])].map((fault) => ({ at: opens - parseSpan(fault.before)!, run: fault.run })).sort((a, b) => a.at - b.at);
  let id = FAULT_EXEC_BASE;
  for (const { at, run } of early) {
    world.advance(at);
    for (const command of run) {
      const ran = runOnNode(world, id++, command, (input) => world.apply(input));
      if (ran.code !== 0) throw new Error(`the lab's own command failed (${ran.code}): ${command}\n${ran.stderr}`);
    }
  }
  world.advance(Math.max(opens, world.now));
  assertBorn(world);
  return world;
}

/** The screen the login is made on; a learner's own is the first thing that a sitting tells the world. */
const SCREEN = { cols: 80, rows: 24 };

/** The opening as a snapshot, which a build can keep: the learner has logged in, and the prompt stands. */
export function openingOf(lab: LabDefinition, seed: number): WorldSnapshot {
  const world = openWorld(lab, seed);
  world.apply(loginInput(SCREEN.cols, SCREEN.rows));
  for (world.settle(); !atPrompt(world, TTY); world.settle()) world.advance(world.nextTimer!);
  return world.snapshot();
}

/** The opening as a text that only holds what differs from the node at its birth. */
export function packOpening(opening: WorldSnapshot, seed: number): string {
  return encodeSnapshot(opening, newborn(seed).snapshot());
}
