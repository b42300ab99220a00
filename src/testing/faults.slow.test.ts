/** The three recorded faults on twenty seeds: at least 95 % of the rows on at least 16 of them. */
import { describe, expect, it } from 'vitest';
import { newWorld } from '../session/core/opening.ts';
import type { World } from '../kernel/world.ts';
import { replayFault } from './fault-replay.ts';
import type { FaultReport } from './fault-replay.ts';
import { BORN, began, readRecording } from './recording.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const SHARE = 0.95;
const ENOUGH = 16;

/** µs of the world's age when the fault struck. */
const ageAtFault = (name: string): number => Math.round((began(readRecording(name), 'the fault', 't+') - BORN) * 1e6);

const FAULTS = [['S01', 'kube-scheduler'], ['C01', 'kube-controller-manager'], ['C02', 'kube-controller-manager']] as const;
const ordered = [...FAULTS].sort(([a], [b]) => ageAtFault(a) - ageAtFault(b));
const reports = new Map<string, FaultReport[]>(FAULTS.map(([name]) => [name, []]));

function play(seed: number): void {
  const world: World = newWorld(seed);
  for (const [name, component] of ordered) {
    world.advance(world.birth + ageAtFault(name));
    reports.get(name)!.push(replayFault(world.fork(), readRecording(name), component));
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
