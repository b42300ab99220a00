import { describe, expect, it } from 'vitest';
import { bootMachine } from '../testing/machine.ts';
import { checkpoint, close, connect, accept, listen, recv, send, now, open, pipe, poll, put, read, readFile, self, sigaction, sleep, stamp, spawn, tcsetpgrp, thread, tick, unlink, view, wait, watch, readWatch, write, writeFile, ttyMode } from './sys.ts';
import type { Coroutine, Json, Program } from './sys.ts';

const program = (name: string, main: Program['main'], threads?: Program['threads']): Program => ({ name, main, ...(threads === undefined ? {} : { threads }) });

const echo = program('echo', function* (argv) {
  yield* write(1, `${argv.slice(1).join(' ')}\n`);
  return 0;
});
const cat = program('cat', function* (argv) {
  for (const path of argv.slice(1)) yield* write(1, yield* readFile(path));
  if (argv.length === 1) for (;;) {
    const data = yield* read(0);
    if (data === '') break;
    yield* write(1, data);
  }
  return 0;
});
const spin = program('spin', function* () {
  for (;;) yield* tick();
});

describe('processes', () => {
  it('run, print and exit with a code', () => {
    const m = bootMachine({ programs: [echo, cat], files: { '/etc/motd': 'hello\n' } });
    expect(m.run(['/usr/bin/echo', 'a', 'b'])).toMatchObject({ stdout: 'a b\n', code: 0 });
    expect(m.run(['cat', '/etc/motd'])).toMatchObject({ stdout: 'hello\n', code: 0 });
    expect(m.run(['cat'], { stdin: 'typed' }).stdout).toBe('typed');
    expect(m.run(['nope']).stderr).toContain('ENOENT');
  });

  it('P5: fork without their file', () => {
    const forks = program('forks', function* (_argv, saved) {
      if (saved !== undefined) {
        yield* write(1, `child got ${String(saved)}\n`);
        return 0;
      }
      yield* unlink('/bin/forks');
      yield* spawn({ path: null, argv: ['forks'], saved: 'this' });
      yield* wait();
      return 0;
    });
    const m = bootMachine({ programs: [forks] });
    expect(m.run(['/bin/forks']).stdout).toBe('child got this\n');
    expect(m.run(['/bin/forks']).stderr).toContain('ENOENT');
  });

  it('stream through pipes and end by EPIPE', () => {
    const yes = program('yes', function* () {
      for (;;) yield* write(1, 'y\n');
    });
    const head = program('head', function* () {
      let text = '';
      while (text.split('\n').length <= 3) text += yield* read(0, 2);
      yield* write(1, text);
      return 0;
    });
    const sh = program('sh', function* () {
      const [r, w] = yield* pipe();
      const a = yield* spawn({ path: 'yes', argv: ['yes'], fds: { 1: w } });
      yield* spawn({ path: 'head', argv: ['head'], fds: { 0: r, 1: 1 } });
      yield* close(r);
      yield* close(w);
      let yesStatus = '';
      for (let i = 0; i < 2; i++) {
        const done = (yield* wait())!;
        if (done.pid === a) yesStatus = done.status.signal ?? String(done.status.code);
      }
      yield* write(1, `yes: ${yesStatus}\n`);
      return 0;
    });
    const m = bootMachine({ programs: [yes, head, sh] });
    expect(m.run(['sh']).stdout).toBe('y\ny\ny\nyes: PIPE\n');
  });
});

describe('law C1: nothing stops the clock', () => {
  it('a tight loop costs virtual time', () => {
    const m = bootMachine({ programs: [spin] });
    m.start(['spin']);
    const before = m.world.steps;
    m.pass(40_000_000);
    expect(m.world.steps - before).toBeLessThan(900_000);
    expect(m.world.steps - before).toBeGreaterThan(200_000);
  });
});

describe('law C4: a log has an order at one instant', () => {
  it('stamps go on by 1 µs a call while the clock stands, and come back to it after a rest (which is a call, too)', () => {
    const logger = program('logger', function* () {
      yield* sleep(1_000_000);
      const first = yield* stamp();
      yield* now();
      const third = yield* stamp();
      yield* sleep(1_000_000);
      yield* write(1, `${third - first} ${(yield* stamp()) - (yield* now())}\n`);
      return 0;
    });
    expect(bootMachine({ programs: [logger] }).run(['logger']).stdout).toBe('2 1\n');
  });
});

describe('threads, tables and checkpoints', () => {
  const counter = program('counter', function* (_argv, saved) {
    let state = (saved as { n: number } | undefined) ?? { n: 0 };
    if (state.n === 0) yield* thread('adder', 5);
    while (state.n < 5) {
      const { version } = yield* view('t');
      const next: { n: number } = { n: [...(yield* view('t')).keys()].length };
      if (next.n !== state.n) {
        state = next;
        yield* checkpoint(state);
      }
      yield* poll({ tables: [{ table: 't', since: version }] });
    }
    yield* write(1, `${state.n} at ${(yield* now()) % 1_000_000_000}\n`);
    return 0;
  }, {
    *adder(arg: Json, saved?: Json): Coroutine<void> {
      for (let i = (saved as number | undefined) ?? 0; i < (arg as number); i++) {
        yield* sleep(1_000_000);
        yield* put('t', `k${i}`, i);
        yield* checkpoint(i + 1);
      }
    },
  });

  it('T1: a thread rebuilt from its record goes on as if nothing had happened', () => {
    const straight = bootMachine({ programs: [counter] });
    const a = straight.run(['counter']);
    const broken = bootMachine({ programs: [counter] });
    const id = broken.start(['counter']);
    for (let i = 0; i < 30; i++) {
      broken.pass(200_000);
      broken.restore();
    }
    expect(broken.result(id)).toEqual({ stdout: a.stdout, stderr: '', code: 0 });
    expect(a.stdout).toMatch(/^5 at /);
  });

  it('S1: a fork never changes its parent', () => {
    const m = bootMachine({ programs: [counter] });
    m.start(['counter']);
    m.pass(1_500_000);
    const fork = m.world.fork();
    fork.advance(fork.now + 60_000_000);
    fork.apply({ kind: 'file', host: 'controlplane', path: '/etc/new', data: 'x' });
    expect(fork.exec(1)?.status?.code).toBe(0);
    expect(m.world.exec(1)?.status).toBe(null);
    expect(m.world.readFile('controlplane', '/etc/new')).toBe(null);
    m.pass(60_000_000);
    expect(m.world.exec(1)?.stdout).toBe(fork.exec(1)?.stdout);
  });
});

describe('sockets', () => {
  const server = program('server', function* () {
    const l = yield* listen({ net: 'tcp', host: '127.0.0.1', port: 80 });
    const { fd } = yield* accept(l);
    for (;;) {
      const frame = yield* recv(fd);
      if (frame === null) return 0;
      yield* send(fd, { got: frame });
    }
  });
  const client = program('client', function* (argv) {
    try {
      const fd = yield* connect({ net: 'tcp', host: argv[1]!, port: Number(argv[2]) });
      yield* send(fd, 'hi');
      yield* write(1, JSON.stringify(yield* recv(fd)));
      yield* close(fd);
    } catch (caught) {
      yield* write(2, (caught as { code: string }).code);
      return 1;
    }
    return 0;
  });
  it('connect, refuse, time out, close', () => {
    const m = bootMachine({ programs: [server, client] });
    expect(m.run(['client', '127.0.0.1', '80']).stderr).toBe('ECONNREFUSED');
    const id = m.start(['server']);
    m.pass(1000);
    expect(m.run(['client', '172.30.1.2', '80']).stderr).toBe('ECONNREFUSED');
    expect(m.run(['client', '127.0.0.1', '80']).stdout).toBe('{"got":"hi"}');
    m.pass(1000);
    expect(m.result(id).code).toBe(0);
    expect(m.run(['client', '172.30.1.77', '80'])).toMatchObject({ stderr: 'EHOSTUNREACH', tookUs: 3_060_000 });
    expect(m.run(['client', '10.1.1.1', '80'])).toMatchObject({ stderr: 'ETIMEDOUT', tookUs: 127_000_000 });
  });
});

describe('files', () => {
  it('tell their watchers', () => {
    const watcher = program('watcher', function* () {
      const fd = yield* watch('/etc');
      for (let n = 0; n < 4;) for (const e of yield* readWatch(fd)) {
        yield* write(1, `${e.kind} ${e.name}\n`);
        n++;
      }
      return 0;
    });
    const writer = program('writer', function* () {
      const fd = yield* open('/etc/x', 'w');
      yield* write(fd, 'one');
      yield* close(fd);
      yield* writeFile('/etc/x', 'two');
      return 0;
    });
    const m = bootMachine({ programs: [watcher, writer] });
    const id = m.start(['watcher']);
    m.pass(10);
    m.run(['writer']);
    expect(m.result(id).stdout).toBe('create x\nmodify x\nclose_write x\nmodify x\nclose_write x\n');
  });
});

describe('terminals', () => {
  const shell = program('bash', function* () {
    yield* sigaction('INT', 'ignore');
    for (;;) {
      yield* write(1, '$ ');
      const line = yield* read(0);
      if (line === '') return 0;
      const [name = '', ...args] = line.trim().split(' ');
      const pid = yield* spawn({ path: name, argv: [name, ...args], pgid: 0 });
      yield* tcsetpgrp(0, pid);
      const done = (yield* wait(pid))!;
      yield* tcsetpgrp(0, (yield* self()).pgid);
      yield* write(1, `[${done.status.signal ?? done.status.code}]`);
    }
  });
  const deaf = program('spin', function* () {
    yield* sigaction('INT', 'default');
    for (;;) yield* tick();
  });
  it('edit lines, echo, signal the foreground and end at ^D', () => {
    const m = bootMachine({ programs: [shell, echo, cat, deaf] });
    m.login();
    expect(m.line('echo helo\x7flo')).toBe('echo helo\b \blo\r\nhello\r\n[0]$ ');
    m.type('spin\r');
    m.pass(5_000_000);
    m.type('\x03');
    expect(m.screen()).toBe('spin\r\n^C[INT]$ ');
    m.type('cat\r');
    m.pass(1000);
    m.type('one\rtwo\x15three\r\x04');
    m.pass(1000);
    expect(m.screen()).toContain('three\r\none\r\nthree\r\n[0]$ ');
  });
  it('hand keys over raw', () => {
    const raw = program('raw', function* () {
      yield* ttyMode(0, { raw: true, echo: false });
      yield* write(1, JSON.stringify(yield* read(0)));
      return 0;
    });
    const m = bootMachine({ programs: [raw] });
    m.login(['raw']);
    m.type('\x03');
    expect(m.screen()).toBe('"\\u0003"');
  });
});
