/** The three recorded faults on twenty seeds, one after another on one cluster as they were recorded: at least 95 % of the rows on at least 16 of them. */
import { describe, expect, it } from 'vitest';
import { newWorld } from '../session/core/opening.ts';
import type { World } from '../kernel/world.ts';
import { replayFault } from './fault-replay.ts';
import type { FaultReport } from './fault-replay.ts';
import { began, readRecording } from './recording.ts';
import { bornAt } from './replay.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const SHARE = 0.95;
const ENOUGH = 16;

/** When the fault struck, in seconds of the recorded day. */
const struck = (name: string): number => began(readRecording(name), 'the fault', 't+');

const FAULTS = [['S01', 'kube-scheduler'], ['C01', 'kube-controller-manager'], ['C02', 'kube-controller-manager']] as const;
const ordered = [...FAULTS].sort(([a], [b]) => struck(a) - struck(b));
const reports = new Map<string, FaultReport[]>(FAULTS.map(([name]) => [name, []]));

function play(seed: number): void {
  const world: World = newWorld(seed);
  world.advance(world.birth + 60_000_000);
  const born = bornAt(world);
  for (const [name, component] of ordered) {
    world.advance(world.birth + Math.round((struck(name) - born) * 1e6));
    reports.get(name)!.push(replayFault(world, readRecording(name), component));
  }
}

describe('recorded faults', () => {
  it('play on twenty seeds', () => SEEDS.forEach(play), 600_000);
  it.each(FAULTS)('%s', (name) => {
    const shares = reports.get(name)!.map((r) => r.matched / r.total);
    const missed = new Map<string, number>();
    for (const { unmatched } of reports.get(name)!) for (const u of unmatched) {
      const key = `${u.section} ${u.row.kind} ${u.row.text.slice(0, 90)}`;
      missed.set(key, (missed.get(key) ?? 0) + 1);
    }
    const worst = [...missed].sort((a, b) => b[1] - a[1]).slice(0, 8).map(([row, n]) => `  ${n}× ${row}`).join('\n');
    console.log(`${name}: ${shares.map((s) => `${Math.round(s * 100)}`).join(' ')} %\n${worst}`);
    expect(shares.filter((s) => s >= SHARE).length).toBeGreaterThanOrEqual(ENOUGH);
  });
});
