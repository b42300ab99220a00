/** The laws of single calls, each with a test that can fail; what many programs do to each other is in laws-random.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootMachine } from '../testing/machine.ts';
import { accept, attempt, checkpoint, close, connect, kill, link, listen, mkdir, now, open, poll, put, read, readFile, readWatch, realpath, recv, send, sigaction, sleep, spawn, symlink, thread, tick, ttyMode, unlink, view, wait, watch, write, writeFile } from './sys.ts';
import type { Coroutine, Json, Program, Signal } from './sys.ts';
import { SysError } from './errno.ts';

const program = (main: Program['main'], threads: Program['threads'] = {}): Program => ({ name: 'it', main, threads });
const said = (main: Program['main'], threads?: Program['threads']): string => bootMachine({ programs: [program(main, threads)] }).run(['it']).stdout;
const code = (call: Coroutine<unknown>): Coroutine<string> => (function* () {
  try {
    return typeof (yield* call);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    return caught.code;
  }
})();

describe('threads and time', () => {
  it('T2: only what was checkpointed survives', () => {
    expect(said(function* (_argv, saved) {
      const forgotten = saved === undefined ? 'fresh' : 'gone';
      yield* now();
      if (saved === undefined) yield* checkpoint({ kept: 1 });
      yield* write(1, `${forgotten} ${JSON.stringify(saved)}`);
      return 0;
    })).toBe('gone {"kept":1}');
  });
  it('T3: first in, first out, at one instant', () => {
    expect(said(function* () {
      for (const n of [3, 1, 2]) yield* thread('late', n);
      yield* sleep(5000);
      return 0;
    }, { *late(n: Json): Coroutine<void> {
      yield* write(1, `start ${String(n)};`);
      yield* sleep(1000);
      yield* write(1, `wake ${String(n)};`);
    } })).toBe('start 3;start 1;start 2;wake 3;wake 1;wake 2;');
  });
  it('T4: a wait ends with a change or with its deadline, whichever is first, and a stopped process keeps its deadline', () => {
    const waiter: Program = { name: 'waiter', *main() {
      const { version } = yield* view('t');
      const begin = yield* now();
      const first = yield* poll({ tables: [{ table: 't', since: version }], timeout: 9000 });
      const second = yield* poll({ tables: [{ table: 't', since: version + 1 }], timeout: 9000 });
      yield* write(1, `${first.tables.join()} ${second.timedOut} ${(yield* now()) - begin}`);
      return 0;
    }, threads: {} };
    const changing: Program = { ...waiter, threads: { *change(): Coroutine<void> {
      yield* sleep(4000);
      yield* put('t', 'k', 1);
    } }, *main(argv) {
      yield* thread('change', null);
      return yield* waiter.main(argv);
    } };
    expect(bootMachine({ programs: [changing] }).run(['waiter']).stdout).toBe('t true 13000');
    const sleeper: Program = { name: 'sleeper', *main() {
      yield* poll({ signals: true, timeout: 50_000 });
      yield* write(1, 'woken');
      return 0;
    } };
    const boss = program(function* () {
      const pid = yield* spawn({ path: 'sleeper', argv: ['sleeper'] });
      yield* sleep(1000);
      for (const signal of ['STOP', 'CONT'] as const) yield* kill(pid, signal);
      yield* wait();
      return 0;
    });
    expect(bootMachine({ programs: [boss, sleeper] }).run(['it'])).toMatchObject({ stdout: 'woken', tookUs: 50_000 });
  });
});

describe('what is limited', () => {
  it('C2: too long a journal ends the process with a message; free results do not count', () => {
    const ran = bootMachine({ programs: [program(function* () {
      for (;;) yield* now();
    })] });
    const id = ran.start(['it']);
    ran.world.advance(ran.world.now + 20_000_000);
    expect(ran.result(id)).toMatchObject({ code: 2, stderr: expect.stringContaining('50000 system calls') });
    const free = bootMachine({ programs: [program(function* () {
      for (let i = 0; i < 60_000; i++) yield* tick();
      return 0;
    })] });
    expect(free.run(['it']).code).toBe(0);
  });
  it('C3: a session has 256 processes', () => {
    const bomb = program(function* () {
      let made = 0;
      for (;;) {
        const failed = yield* attempt(spawn({ path: 'idle', argv: ['idle'] }), 'EAGAIN');
        if (typeof failed !== 'number') break;
        made++;
      }
      yield* write(1, `${made}`);
      return 0;
    });
    const m = bootMachine({ programs: [bomb, { name: 'idle', *main() { yield* sleep(1e9); return 0; } }] });
    m.login(['it']);
    m.pass(60_000_000);
    expect(m.screen()).toBe('255');
  });
});

describe('processes', () => {
  const deaf: Program = { name: 'deaf', *main() {
    yield* sleep(1e12);
    return 0;
  } };
  it('P2: the first of a namespace hears only what it catches, and SIGKILL', () => {
    const init: NonNullable<Parameters<typeof bootMachine>[0]['init']> = { path: '/usr/bin/deaf', argv: ['deaf'] };
    for (const signal of ['TERM', 'INT', 'HUP', 'KILL'] as Signal[]) {
      const m = bootMachine({ programs: [deaf, program(function* () { yield* kill(1, signal); return 0; })], init });
      m.run(['it']);
      expect(m.world.processes('controlplane').some((p) => p.program === 'deaf' && p.status === null)).toBe(signal !== 'KILL');
    }
  });
  it('P3: a caught signal interrupts one call', () => {
    const catcher: Program = { name: 'catcher', *main() {
      yield* sigaction('USR1', 'catch');
      const first = yield* code(sleep(1_000_000));
      const second = yield* code(sleep(1000));
      yield* write(1, `${first} ${second} ${(yield* poll({ signals: true, timeout: 0 })).signal}`);
      return 0;
    } };
    const boss = program(function* () {
      const pid = yield* spawn({ path: 'catcher', argv: ['catcher'] });
      yield* sleep(500);
      yield* kill(pid, 'USR1');
      yield* wait();
      return 0;
    });
    expect(bootMachine({ programs: [catcher, boss] }).run(['it']).stdout).toBe('EINTR object USR1');
  });
  it('P4: a program that throws ends with 2, and it is told', () => {
    const m = bootMachine({ programs: [program(function* () {
      yield* tick();
      throw new Error('a bug of ours');
    })] });
    const id = m.start(['it']);
    m.world.settle();
    expect(m.result(id)).toMatchObject({ code: 2, stderr: expect.stringContaining('a bug of ours') });
    expect(m.world.crashes).toHaveLength(1);
  });
});

describe('files', () => {
  it('F1: `..` across symlinks, and forty links at most', () => {
    expect(said(function* () {
      for (const dir of ['/a', '/a/b', '/c']) yield* mkdir(dir);
      yield* symlink('/a/b', '/c/l');
      yield* symlink('loop', '/loop');
      for (let n = 0; n < 41; n++) yield* symlink(n === 0 ? '/a' : `/n${n - 1}`, `/n${n}`);
      yield* write(1, [yield* realpath('/c/l/..'), yield* realpath('/c/l/../../c'), yield* realpath('/../..'), yield* code(realpath('/loop')), yield* realpath('/n39'), yield* code(realpath('/n40'))].join(' '));
      return 0;
    })).toBe('/a /c / ELOOP /a ELOOP');
  });
  it('F2: each change is told once', () => {
    expect(said(function* () {
      const fd = yield* watch('/tmp');
      yield* writeFile('/tmp/x', '1');
      yield* link('/tmp/x', '/tmp/y');
      yield* unlink('/tmp/x');
      yield* write(1, (yield* readWatch(fd)).map(({ kind, name }) => `${kind} ${name}`).join(','));
      return 0;
    })).toBe('create x,modify x,close_write x,create y,delete x');
  });
  it('F3: what is held open lives on without a name', () => {
    expect(said(function* () {
      yield* writeFile('/tmp/x', 'still');
      const fd = yield* open('/tmp/x');
      yield* unlink('/tmp/x');
      yield* write(1, `${yield* read(fd)} ${yield* code(readFile('/tmp/x'))}`);
      return 0;
    })).toBe('still ENOENT');
  });
});

describe('network', () => {
  it('N1: what was sent is read, then the end; unread frames reset', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (sent, taken) => {
      const out = said(function* () {
        const l = yield* listen({ net: 'tcp', host: '127.0.0.1', port: 9 });
        const near = yield* connect({ net: 'tcp', host: '127.0.0.1', port: 9 });
        for (let i = 0; i < sent; i++) yield* send(near, i);
        const { fd } = yield* accept(l);
        for (let i = 0; i < Math.min(sent, taken); i++) yield* recv(fd);
        yield* send(fd, 'last');
        yield* close(fd);
        yield* write(1, `${String(yield* recv(near))} ${yield* code(recv(near))} ${yield* code(send(near, 1))}`);
        return 0;
      });
      expect(out).toBe(taken < sent ? 'last ECONNRESET ECONNRESET' : 'last object EPIPE');
    }), { numRuns: 20, seed: 3 });
  });
  it('N2: refused at once, unreachable after a while, timed out after long', () => {
    const told = (host: string) => {
      const m = bootMachine({ programs: [program(function* () { yield* write(1, yield* code(connect({ net: 'tcp', host, port: 9 }))); return 0; })] });
      const { stdout, tookUs } = m.run(['it']);
      return `${stdout} ${tookUs}`;
    };
    expect(['127.0.0.1', '172.30.1.9', '10.9.9.9'].map(told)).toEqual(['ECONNREFUSED 0', 'EHOSTUNREACH 3060000', 'ETIMEDOUT 127000000']);
  });
});

describe('terminals', () => {
  const reader = program(function* (argv) {
    if (argv[1] === 'raw') yield* ttyMode(0, { raw: true, echo: false });
    for (;;) yield* write(1, `<${JSON.stringify(yield* read(0))}>`);
  });
  it('Y1: lines are edited and keys signal; raw, they are bytes', () => {
    const idle: Program = { name: 'idle', *main() {
      yield* sleep(1e12);
      return 0;
    } };
    const cooked = bootMachine({ programs: [reader, idle], init: { path: '/usr/bin/idle', argv: ['idle'] } });
    cooked.login(['it']);
    cooked.type('ab\x7fc\r');
    expect(cooked.screen()).toBe('ab\b \bc\r\n<"ac\\n">');
    cooked.type('\x03');
    expect(cooked.world.processes('controlplane').filter((p) => p.status === null).map((p) => p.program)).toEqual(['idle']);
    const raw = bootMachine({ programs: [reader] });
    raw.login(['it', 'raw']);
    raw.type('a\x7f\x03\r');
    expect(raw.screen()).toBe('<"a\x7f\\u0003\\r">');
  });
  it('Y2: who reads from the background is stopped', () => {
    const boss: Program = { name: 'boss', *main() {
      yield* spawn({ path: 'it', argv: ['it'], pgid: 0 });
      yield* sleep(1e9);
      return 0;
    } };
    const m = bootMachine({ programs: [boss, reader] });
    m.login(['boss']);
    m.pass(1000);
    m.type('mine\r');
    expect(m.world.processes('controlplane').find((p) => p.program === 'it')?.stopped).toBe(true);
    expect(m.screen()).not.toContain('<');
  });
});
