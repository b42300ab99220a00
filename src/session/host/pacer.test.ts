import { describe, expect, test, vi } from 'vitest';
import { Pacer, type Host, type Paced } from './pacer.ts';

/** A host whose time is moved by hand, and a world that takes `costMs` of it for every call. */
function setup({ costMs = 0, calls = 1 } = {}) {
  let nowMs = 1000;
  let frame: (() => void) | null = null;
  const later: (() => void)[] = [];
  const host: Host = {
    nowMs: () => nowMs,
    onFrame(callback) {
      frame = callback;
      return () => { frame = null; };
    },
    soon: (callback) => void later.push(callback),
  };
  const world = { now: 5_000_000 };
  let callsLeft = 0;
  const paced: Paced = {
    world,
    advance(until) {
      nowMs += costMs;
      if (callsLeft-- > 0) return 'budget';
      world.now = until;
      return 'reached';
    },
    settle() {
      nowMs += costMs;
      return callsLeft-- > 0 ? 'budget' : 'settled';
    },
  };
  const tell = { afterSlice: vi.fn(), failed: vi.fn() };
  return {
    host, world, paced, tell, later,
    work() { callsLeft = calls; },
    pass(ms: number) {
      nowMs += ms;
      frame?.();
    },
    get waits() { return frame !== null; },
  };
}

describe('the live clock', () => {
  test('follows wall time, times the speed', () => {
    const { paced, host, tell, world, pass } = setup();
    const pacer = new Pacer(paced, 'live', host, tell);
    pacer.start();
    pass(16);
    expect(world.now).toBe(5_016_000);
    pacer.setSpeed(60);
    pass(10);
    expect(world.now).toBe(5_616_000);
  });

  test('does not make up for a tab that was hidden', () => {
    const { paced, host, tell, world, pass } = setup();
    new Pacer(paced, 'live', host, tell).start();
    pass(60_000);
    expect(world.now).toBe(5_100_000);
  });

  test('works for at most a slice, then lets the page draw', () => {
    const { paced, host, tell, work, pass, world } = setup({ costMs: 3, calls: 100 });
    new Pacer(paced, 'live', host, tell).start();
    work();
    const before = host.nowMs();
    pass(16);
    expect(host.nowMs() - before - 16).toBeLessThanOrEqual(9);
    expect(world.now).toBe(5_000_000);
    expect(tell.afterSlice).toHaveBeenCalledTimes(2);
  });

  test('waits while what was printed is not shown yet, and does not make up for it', () => {
    const { paced, host, tell, world, pass } = setup();
    const pacer = new Pacer(paced, 'live', host, tell);
    pacer.start();
    pacer.isHeld = () => true;
    pass(50);
    expect(world.now).toBe(5_000_000);
    pacer.isHeld = () => false;
    pass(16);
    expect(world.now).toBe(5_016_000);
  });

  test('stops, and says so, when the world throws', () => {
    const stage = setup();
    const pacer = new Pacer(stage.paced, 'live', stage.host, stage.tell);
    pacer.start();
    stage.paced.advance = () => { throw new Error('assertion'); };
    stage.pass(16);
    expect(stage.tell.failed).toHaveBeenCalledOnce();
    stage.pass(16);
    expect(stage.tell.failed).toHaveBeenCalledOnce();
  });
});

describe('the step clock', () => {
  test('moves only when poked, and goes on in slices until all is settled', () => {
    const stage = setup({ costMs: 4, calls: 5 });
    const pacer = new Pacer(stage.paced, 'step', stage.host, stage.tell);
    pacer.start();
    expect(stage.waits).toBe(false);
    stage.work();
    pacer.poke();
    let slices = 1;
    for (let next = stage.later.shift(); next; next = stage.later.shift()) {
      next();
      slices++;
    }
    expect(slices).toBe(3);
  });

  test('a stopped pacer does nothing more', () => {
    const stage = setup({ costMs: 4, calls: 5 });
    const pacer = new Pacer(stage.paced, 'step', stage.host, stage.tell);
    pacer.start();
    stage.work();
    pacer.poke();
    pacer.stop();
    const told = stage.tell.afterSlice.mock.calls.length;
    for (const next of stage.later) next();
    expect(stage.tell.afterSlice).toHaveBeenCalledTimes(told);
  });
});
