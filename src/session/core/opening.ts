/**
 * The moment a lab opens: the node is built and booted at its birth, lives for a quarter of an hour, is
 * prepared and broken on the way, and the learner logs in. The result is a cache of that run by lab and seed.
 */
import { World } from '../../kernel/world.ts';
import type { WorldSnapshot } from '../../kernel/world.ts';
import { programs, rom, worldSpec } from '../../distro/index.ts';
import { parseSpan } from '../../labs/schema.ts';
import type { LabDefinition } from '../../labs/schema.ts';
import { runOnNode } from './node.ts';

/** Ids of commands that labs run; grading uses others. */
const FAULT_EXEC_BASE = 1_000;

/** Boots a world and brings it to the instant the lab opens, before the learner logs in. */
export function openWorld(lab: LabDefinition, seed: number): World {
  const world = new World(worldSpec(seed), programs, rom);
  const opens = world.now + parseSpan(lab.opensAfter)!;
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
  return world;
}

/** The opening as a snapshot, which a build can keep. */
export function openingOf(lab: LabDefinition, seed: number): WorldSnapshot {
  return openWorld(lab, seed).snapshot();
}
