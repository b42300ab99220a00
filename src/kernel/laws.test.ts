import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootMachine } from '../testing/machine.ts';
import type { Machine } from '../testing/machine.ts';
import { CodecError, decodeSnapshot, encodeSnapshot, worldHash } from './codec/index.ts';
import { World } from './world.ts';
import { accept, appendFile, attempt, checkpoint, close, connect, cpu, listen, now, pipe, poll, put, random, read, recv, rename, send, sleep, spawn, thread, unlink, view, wait, watch, readWatch, write, writeFile } from './sys.ts';
import type { Coroutine, Json, Program } from './sys.ts';

/** A busy little machine: everything random comes from the world's own streams, so a run is a function of its seed. */
const worker: Program = {
  name: 'worker',
  *main(argv) {
    const [r, w] = yield* pipe();
    for (let i = 0; i < 20; i++) {
      const [dice = 0] = yield* random('worker');
      yield* cpu(dice % 5000);
      if (dice % 3 === 0) yield* appendFile('/var/log/worker.log', `${argv[1]} ${i} ${yield* now()}\n`);
      else if (dice % 3 === 1) yield* write(w, `line ${i}\n`);
      else if (dice % 7 === 2) {
        yield* writeFile(`/tmp/${dice % 10}`, String(i));
        yield* attempt(rename(`/tmp/${dice % 10}`, `/tmp/${dice % 5}x`), 'ENOENT');
      } else yield* attempt(unlink(`/tmp/${dice % 5}x`), 'ENOENT');
      if ((dice & 1) === 0) yield* sleep(dice % 300_000);
    }
    yield* close(w);
    let text = '';
    for (;;) {
      const data = yield* read(r, 7);
      if (data === '') break;
      text += data;
    }
    yield* write(1, `${argv[1]}:${text.length};`);
    return 0;
  },
};

const server: Program = {
  name: 'server',
  *main(_argv, saved) {
    const state = (saved as { l: number; served: number } | undefined) ?? { l: yield* listen({ net: 'tcp', host: '0.0.0.0', port: 7 }), served: 0 };
    if (saved === undefined) yield* checkpoint(state);
    if (state.served === 6) return 0;
    const { fd } = yield* accept(state.l);
    yield* thread('conn', { fd, n: state.served });
    yield* checkpoint({ ...state, served: state.served + 1 });
    return 0;
  },
  threads: {
    *conn(arg: Json): Coroutine<void> {
      const { fd, n } = arg as { fd: number; n: number };
      for (;;) {
        const frame = yield* recv(fd);
        if (frame === null) break;
        yield* put('seen', `${n}`, frame);
        yield* send(fd, { n, of: (yield* view('seen')).size });
      }
      yield* close(fd);
    },
  },
};
const client: Program = {
  name: 'client',
  *main() {
    const fd = yield* connect({ net: 'tcp', host: '127.0.0.1', port: 7 });
    for (let i = 0; i < 5; i++) {
      yield* send(fd, { i });
      yield* write(1, `${JSON.stringify(yield* recv(fd))}\n`);
      yield* sleep(70_000);
    }
    return 0;
  },
};
const boss: Program = {
  name: 'boss',
  *main() {
    const watched = yield* watch('/var/log');
    yield* spawn({ path: 'server', argv: ['server'] });
    yield* sleep(1000);
    for (let i = 0; i < 5; i++) yield* spawn({ path: 'worker', argv: ['worker', String(i)] });
    for (let i = 0; i < 5; i++) yield* spawn({ path: 'client', argv: ['client'] });
    let events = 0;
    for (let left = 10; left > 0; left--) {
      yield* wait();
      if ((yield* poll({ fds: [watched], timeout: 0 })).fds.length > 0) events += (yield* readWatch(watched)).length;
    }
    yield* write(1, `events ${events}\n`);
    return 0;
  },
};
const PROGRAMS = [worker, server, client, boss];
const machine = (seed: number): Machine => {
  const m = bootMachine({ programs: PROGRAMS, seed });
  m.start(['boss']);
  return m;
};
const END = 20_000_000;

describe('laws of snapshots, at random instants', () => {
  it('S2: restore and run on ≡ run on', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), fc.array(fc.integer({ min: 1, max: 700_000 }), { maxLength: 12 }), (seed, cuts) => {
      const straight = machine(seed);
      const broken = machine(seed);
      for (const cut of cuts) {
        straight.pass(cut);
        broken.pass(cut);
        broken.restore();
      }
      straight.pass(END);
      broken.pass(END);
      expect(broken.result(1).stdout).toBe(straight.result(1).stdout);
      expect(broken.result(1).stdout).toContain('events');
      expect(worldHash(broken.world.snapshot())).toBe(worldHash(straight.world.snapshot()));
    }), { numRuns: 25, seed: 1 });
  });

  it('S1: a fork never changes its parent', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 2_000_000 }), (seed, cut) => {
      const m = machine(seed);
      m.pass(cut);
      const hash = worldHash(m.world.snapshot());
      const fork = m.world.fork();
      fork.advance(fork.now + END);
      expect(worldHash(m.world.snapshot())).toBe(hash);
    }), { numRuns: 15, seed: 2 });
  });

  it('S4: a snapshot survives its text', () => {
    const m = machine(5);
    m.pass(400_000);
    const text = encodeSnapshot(m.world.snapshot());
    const back = new World(decodeSnapshot(text), m.programs);
    expect(encodeSnapshot(back.snapshot())).toBe(text);
    back.advance(back.now + END);
    m.pass(END);
    expect(worldHash(back.snapshot())).toBe(worldHash(m.world.snapshot()));
  });

  it('S4: and its text beside a base, which holds only what changed', () => {
    const m = machine(6);
    const base = m.world.snapshot();
    m.pass(400_000);
    const snapshot = m.world.snapshot();
    const text = encodeSnapshot(snapshot, base);
    const back = decodeSnapshot(text, base);
    expect(worldHash(back)).toBe(worldHash(snapshot));
    expect(text.length).toBeLessThan(encodeSnapshot(snapshot).length);
    expect(encodeSnapshot(base, base).length).toBeLessThan(200);
    expect(() => decodeSnapshot(text)).toThrow(CodecError);
  });

  it('S4: damaged texts are refused whole', () => {
    const text = encodeSnapshot(machine(1).world.snapshot());
    for (const bad of ['', 'null', '{}', '[]', text.slice(0, text.length / 2), text.replace('crashloop-world/2', 'crashloop-world/0'), text.replace('[4,', '[99,'),
      text.replace('"mtime"', '"__proto__"'), text.replace('"root":', '"root":[12],"rest":'), `{"format":"crashloop-world/2","shapes":[],"shared":[],"root":${'[3,'.repeat(1e5)}${']'.repeat(1e5)}}`]) {
      expect(() => decodeSnapshot(bad)).toThrow(CodecError);
    }
  });
});
