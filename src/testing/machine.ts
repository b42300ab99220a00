/**
 * A bare machine for tests: one host, the given programs as binaries in /usr/bin, some files, no init.
 * `run` starts a program from outside (no terminal) and lets virtual time pass until it ends;
 * `login` gives a terminal to type on.
 */
import { World } from '../kernel/world.ts';
import type { FileSpec, HostSpec, Rom } from '../kernel/world.ts';
import type { Bytes, Program, VTime } from '../kernel/sys.ts';

export interface MachineOptions {
  readonly programs: readonly Program[];
  /** Absolute path → bytes or a file literal. Parent directories are made. */
  readonly files?: Readonly<Record<string, Bytes | FileSpec>>;
  readonly rom?: Rom;
  readonly seed?: number;
  readonly hostname?: string;
  /** Program names to also install elsewhere, e.g. `{'/bin/sh': 'bash'}`. */
  readonly binaries?: Readonly<Record<string, string>>;
  /** What runs as pid 1; default: nothing. */
  readonly init?: HostSpec['init'];
}
export interface RunResult { readonly stdout: Bytes; readonly stderr: Bytes; /** 128+n for signals as a shell would say; −1: still running at the limit. */ readonly code: number; readonly tookUs: number }

/** 2025-08-19 00:19:00 UTC */
export const BIRTH: VTime = 1_755_562_740_000_000;
const ENV = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', USER: 'root', LOGNAME: 'root', SHELL: '/bin/bash', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, PIPE: 13, ALRM: 14, TERM: 15, STOP: 19, TSTP: 20 };

type Dir = { type: 'dir'; mode?: number; entries: Record<string, FileSpec> };
const dir = (entries: Record<string, FileSpec> = {}, mode = 0o755): Dir => ({ type: 'dir', mode, entries });

function place(root: Dir, path: string, spec: FileSpec): void {
  const names = path.split('/').filter((n) => n !== '');
  const last = names.pop()!;
  let here = root;
  for (const name of names) here = (here.entries[name] ??= dir()) as Dir;
  here.entries[last] = spec;
}

function rootOf(options: MachineOptions): FileSpec {
  const root = dir({ usr: dir({ bin: dir() }), bin: { type: 'link', target: 'usr/bin' }, sbin: { type: 'link', target: 'usr/bin' }, root: dir({}, 0o700), tmp: dir({}, 0o1777), etc: dir(), run: dir(), var: dir({ log: dir() }),
    dev: dir({ null: { type: 'chr', device: 'null' }, zero: { type: 'chr', device: 'zero' }, urandom: { type: 'chr', device: 'urandom' }, tty: { type: 'chr', device: 'tty' }, stdin: { type: 'chr', device: 'stdin' }, stdout: { type: 'chr', device: 'stdout' }, stderr: { type: 'chr', device: 'stderr' } }) });
  place(root, '/etc/hosts', { type: 'file', data: '127.0.0.1 localhost\n172.30.1.2 controlplane\n' });
  for (const program of options.programs) place(root, `/usr/bin/${program.name}`, { type: 'binary', program: program.name, size: 40_000 });
  for (const [path, program] of Object.entries(options.binaries ?? {})) place(root, path.replace(/^\/bin\//, '/usr/bin/'), { type: 'binary', program, size: 40_000 });
  for (const [path, file] of Object.entries(options.files ?? {})) place(root, path, typeof file === 'string' ? { type: 'file', data: file } : file);
  return root;
}

export class Machine {
  world: World;
  readonly programs: ReadonlyMap<string, Program>;
  readonly rom: Rom;
  #nextExec = 1;
  #seen = new Map<string, number>();

  constructor(options: MachineOptions) {
    this.programs = new Map(options.programs.map((p) => [p.name, p]));
    this.rom = options.rom ?? new Map();
    this.world = new World({ seed: options.seed ?? 1, birth: BIRTH, hosts: [{ name: 'controlplane', hostname: options.hostname ?? 'controlplane',
      uname: { release: '6.1.0-38-amd64', version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.147-1 (2025-08-02)', machine: 'x86_64', cpus: 2, memKb: 4_020_912 },
      interfaces: [{ name: 'lo', addr: '127.0.0.1', prefix: 8, mac: '00:00:00:00:00:00', up: true, mtu: 65536 }, { name: 'enp1s0', addr: '172.30.1.2', prefix: 24, mac: '52:54:00:12:34:56', up: true, mtu: 1500 }],
      routes: [{ to: 'default', via: '172.30.1.1', dev: 'enp1s0', src: null }, { to: '172.30.1.0/24', via: null, dev: 'enp1s0', src: '172.30.1.2' }],
      root: rootOf(options), init: options.init ?? null }] }, this.programs, this.rom);
  }

  /** Starts a program and returns its id at once. */
  start(argv: readonly string[], options: { stdin?: Bytes; env?: Record<string, string>; cwd?: string } = {}): number {
    const id = this.#nextExec++;
    this.world.apply({ kind: 'exec', host: 'controlplane', id, argv, env: { ...ENV, ...options.env }, cwd: options.cwd ?? '/root', ...(options.stdin === undefined ? {} : { stdin: options.stdin }) });
    return id;
  }

  /** Runs a program to its end, for at most `limitUs` of virtual time. A bug of ours in any program throws. */
  run(argv: readonly string[], options: { stdin?: Bytes; env?: Record<string, string>; cwd?: string; limitUs?: number } = {}): RunResult {
    const id = this.start(argv, options);
    const begin = this.world.now;
    const limit = begin + (options.limitUs ?? 600_000_000);
    for (;;) {
      this.world.settle();
      if (this.world.exec(id)!.status !== null) break;
      const next = this.world.nextTimer;
      if (next === null || next > limit) break;
      this.world.advance(next);
    }
    this.assertHealthy();
    return { ...this.result(id), tookUs: this.world.now - begin };
  }
  result(id: number): Omit<RunResult, 'tookUs'> {
    const { stdout, stderr, status } = this.world.exec(id)!;
    const code = status === null ? -1 : status.signal !== null ? 128 + (SIGNAL_NUMBERS[status.signal] ?? 0) : status.code ?? -1;
    return { stdout, stderr, code };
  }
  /** Lets `us` of virtual time pass. */
  pass(us: number): void {
    this.world.advance(this.world.now + us);
    this.assertHealthy();
  }
  assertHealthy(): void {
    if (this.world.crashes.length > 0) throw new Error(this.world.crashes.join('\n'));
  }

  /** A login on a terminal. */
  login(argv: readonly string[] = ['-bash'], options: { tty?: string; cols?: number; rows?: number; env?: Record<string, string> } = {}): void {
    this.world.apply({ kind: 'login', host: 'controlplane', tty: options.tty ?? 'pts/0', cols: options.cols ?? 120, rows: options.rows ?? 40, argv, env: { ...ENV, ...options.env }, cwd: '/root' });
    this.world.settle();
  }
  /** Types on the terminal and runs everything at this instant. */
  type(bytes: Bytes, tty = 'pts/0'): void {
    this.world.apply({ kind: 'keys', tty, bytes });
    this.world.settle();
    this.assertHealthy();
  }
  /** Types a line and lets time pass until the terminal is read again (or `limitUs` is over). → what was printed since. */
  line(text: Bytes, limitUs = 600_000_000, tty = 'pts/0'): Bytes {
    this.screen(tty);
    this.type(`${text}\r`, tty);
    const limit = this.world.now + limitUs;
    while (this.world.reader(tty) === null) {
      const next = this.world.nextTimer;
      if (next === null || next > limit) break;
      this.world.advance(next);
    }
    this.assertHealthy();
    return this.screen(tty);
  }
  /** What the terminal printed since the last look. */
  screen(tty = 'pts/0'): Bytes {
    const { data, at } = this.world.output(tty, this.#seen.get(tty) ?? 0);
    this.#seen.set(tty, at);
    return data;
  }
  /** Replaces the world by one restored from its own snapshot: nothing may change. */
  restore(): void {
    this.world = new World(this.world.snapshot(), this.programs, this.rom);
  }
}

export const bootMachine = (options: MachineOptions): Machine => new Machine(options);
