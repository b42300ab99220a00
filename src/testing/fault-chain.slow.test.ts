/** All recorded faults in one cluster, every row of every command. The floors are what is reached on these seeds; they only rise. */
import { describe, expect, it } from 'vitest';
import { CHAIN, playChain } from './fault-chain.ts';

const SEEDS = [1];
/**
 * Share of rows. A11, N01 and A27 came after faults of which no recording was given, which shows in their restart counts
 * and logs; the journal's windows of thirty lines move with every line more or less.
 */
const FLOORS: Readonly<Record<(typeof CHAIN)[number], number>> = { S01: 0.86, C01: 0.94, C02: 0.94, A01: 0.93, A02: 0.89, A11: 0.81, N01: 0.89, A27: 0.8 };

describe('recorded faults, one after the other', () => {
  it.each(SEEDS)('seed %i', (seed) => {
    for (const [name, { matched, total, misses }] of playChain(seed, new Set(CHAIN))) {
      console.log(`${name}: ${matched} of ${total} rows, ${Math.round((100 * matched) / total)} %`);
      expect(matched / total, misses.slice(0, 5).map((it) => `${it.section} ${it.command}: ${it.row}`).join('\n')).toBeGreaterThanOrEqual(FLOORS[name as (typeof CHAIN)[number]]);
    }
  }, 300_000);
});
