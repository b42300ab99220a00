/** Programs that call whatever the dice name, on each other's files, sockets, terminals and groups; and the laws that hold all the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monkey } from '../testing/kernel/monkey.ts';
import { discrepancies } from '../testing/kernel/ledger.ts';
import { bootMachine } from '../testing/machine.ts';
import type { Machine } from '../testing/machine.ts';
import { decodeSnapshot, encodeSnapshot, worldHash } from './codec/index.ts';
import { World } from './world.ts';

const KEYS = ['a', 'text\r', '\x03', '\x1a', '\x04', '\x1c', 'x\x7f\x15\r'];
const hashOf = (m: Machine): string => worldHash(m.world.snapshot());

interface Moment { readonly us: number; readonly steps: number; readonly key: string }
const moment = fc.record({ us: fc.integer({ min: 1, max: 400_000 }), steps: fc.nat(300), key: fc.constantFrom(...KEYS) });
const run = (check: (seed: number, moments: readonly Moment[]) => void): void => fc.assert(fc.property(fc.nat(1e6), fc.array(moment, { minLength: 2, maxLength: 8 }), check), { numRuns: 25, seed: 7 });

function cage(seed: number): Machine {
  const m = bootMachine({ programs: [monkey], seed });
  m.login(['monkey', 'first']);
  for (let i = 0; i < 3; i++) m.start(['monkey', 'first']);
  return m;
}
function live(m: Machine, { us, steps, key }: Moment): void {
  m.type(key);
  m.world.advance(m.world.now + us);
  m.world.advance(m.world.now + us, steps);
}

describe('at random instants of random programs', () => {
  it('S2, T1: restore and run on ≡ run on', () => run((seed, moments) => {
    const [straight, broken] = [cage(seed), cage(seed)];
    for (const each of moments) {
      live(straight, each);
      live(broken, each);
      broken.restore();
    }
    for (const m of [straight, broken]) m.pass(3_000_000);
    expect(broken.screen()).toBe(straight.screen());
    expect(hashOf(broken)).toBe(hashOf(straight));
  }));
  it('S3: the same inputs at the same event numbers, the same world; another seed, another', () => run((seed, moments) => {
    const [one, two, other] = [cage(seed), cage(seed), cage(seed + 1)];
    for (const each of moments) for (const m of [one, two, other]) live(m, each);
    expect(hashOf(two)).toBe(hashOf(one));
    expect(hashOf(other)).not.toBe(hashOf(one));
  }));
  it('S3: inputs at their event numbers lead there, in whatever slices the world went', () => run((seed, moments) => {
    const m = cage(seed);
    const log: { readonly step: number; readonly at: number; readonly key: string }[] = [];
    for (const { us, steps, key } of moments) {
      const until = m.world.now + us;
      for (let slice = 1; m.world.advance(until, slice) === 'budget' && slice < steps; slice += 3);
      log.push({ step: m.world.steps, at: m.world.now, key });
      m.world.apply({ kind: 'keys', tty: 'pts/0', bytes: key });
    }
    const again = cage(seed);
    for (const { step, at, key } of log) {
      while ((again.world.steps < step || again.world.now < at) && again.world.advance(at, step - again.world.steps) === 'reached' && again.world.now < at);
      again.world.apply({ kind: 'keys', tty: 'pts/0', bytes: key });
    }
    expect(hashOf(again)).toBe(hashOf(m));
  }));
  it('S1, S4: neither a fork nor writing it down changes a world, and what is read back is the same', () => run((seed, moments) => {
    const m = cage(seed);
    const base = m.world.snapshot();
    for (const each of moments) {
      live(m, each);
      const before = hashOf(m);
      const fork = m.world.fork();
      fork.apply({ kind: 'keys', tty: 'pts/0', bytes: '\x03\x1a\r' });
      fork.advance(fork.now + 2_000_000);
      const snapshot = m.world.snapshot();
      for (const back of [decodeSnapshot(encodeSnapshot(snapshot)), decodeSnapshot(encodeSnapshot(snapshot, base), base)]) expect(worldHash(new World(back, m.programs, m.rom).snapshot())).toBe(before);
      expect(hashOf(m)).toBe(before);
    }
  }));
  it('P1, F3, N1: what is held is held by somebody, and after power off by nobody', () => run((seed, moments) => {
    const m = cage(seed);
    for (const each of moments) {
      live(m, each);
      expect(discrepancies(m.world.snapshot())).toEqual([]);
    }
    m.assertHealthy();
    m.world.apply({ kind: 'power', host: 'controlplane', on: false });
    const { state } = m.world.snapshot();
    expect(discrepancies({ state })).toEqual([]);
    expect([state.processes, state.open, state.pipes, state.sockets, state.listeners, state.watches].map(({ size }) => size)).toEqual([0, 0, 0, 0, 0, 0]);
  }));
});
