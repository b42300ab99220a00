/**
 * The world: hosts that run programs, a clock, and the few ways in from outside.
 *
 * `apply(input)` is the only way to change it, `advance`/`settle` the only way forward, `snapshot` the only way
 * to keep it. Same spec, programs, rom and inputs at the same event numbers → the same bytes, everywhere.
 */
import { SysError } from './errno.ts';
import { Filesystem } from './fs.ts';
import { Kernel } from './kernel.ts';
import type { Handlers } from './kernel.ts';
import { cloneState } from './state.ts';
import type { DeviceRequest, Exec, HostState, KernelState, ProcessRecord } from './state.ts';
import { createProcess, newThread, processCalls } from './calls/process.ts';
import { fileCalls } from './calls/file.ts';
import { ioCalls } from './calls/io.ts';
import { connections, netCalls } from './calls/net.ts';
import type { Connection } from './calls/net.ts';
import { ptyCalls, ttyLabel } from './calls/pty.ts';
import { tableCalls } from './calls/table.ts';
import { ttyCalls } from './calls/tty.ts';
import { hangUp, newTty, resize, typeInto } from './tty.ts';
import type { Rom, WorldSpec } from './spec.ts';
import type { Bytes, DirEntry, Json, Programs, Stat, TableView, VTime } from './sys.ts';
import type { Viewer } from './vfs.ts';

export type { FileSpec, HostSpec, Rom, WorldSpec } from './spec.ts';

/** Everything that can come from outside. Plain data: a sitting is its list of inputs. */
export type Input =
  | { readonly kind: 'login'; readonly host: string; readonly tty: string; readonly cols: number; readonly rows: number; readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>>; readonly cwd: string }
  | { readonly kind: 'hangup'; readonly tty: string }
  | { readonly kind: 'keys'; readonly tty: string; readonly bytes: Bytes }
  | { readonly kind: 'resize'; readonly tty: string; readonly cols: number; readonly rows: number }
  | { readonly kind: 'device'; readonly id: number; readonly reply: Json }
  | { readonly kind: 'file'; readonly host: string; readonly path: string; readonly data: Bytes }
  | { readonly kind: 'exec'; readonly host: string; readonly id: number; readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>>; readonly cwd: string; readonly stdin?: Bytes }
  | { readonly kind: 'power'; readonly host: string; readonly on: boolean };

/** A world at rest. Opaque plain data; share it freely, it never changes. */
export interface WorldSnapshot { readonly state: KernelState }

const HANDLERS: Handlers = { ...processCalls, ...fileCalls, ...ioCalls, ...netCalls, ...tableCalls, ...ttyCalls, ...ptyCalls };

function birth(spec: WorldSpec): KernelState {
  return { seed: spec.seed, birth: spec.birth, now: spec.birth, seq: 1, steps: 0, nextId: 1000, timers: [], ready: [], hosts: new Map(), processes: new Map(),
    open: new Map(), pipes: new Map(), sockets: new Map(), listeners: new Map(), watches: new Map(), netns: new Map(), filesystems: new Map(), ttys: new Map(), execs: new Map(), devices: new Map() };
}

export class World {
  readonly #kernel: Kernel;

  constructor(from: WorldSpec | WorldSnapshot, programs: Programs, rom: Rom = new Map()) {
    const state = 'state' in from ? cloneState(from.state) : birth(from);
    this.#kernel = new Kernel(state, programs, rom, HANDLERS);
    if (!('state' in from)) for (const host of from.hosts) this.#addHost(host);
  }

  #addHost(spec: WorldSpec['hosts'][number]): void {
    const { state } = this.#kernel;
    const rootFs = this.#kernel.newId();
    const netns = this.#kernel.newId();
    state.filesystems.set(rootFs, Filesystem.from(rootFs, spec.root, state.birth));
    state.netns.set(netns, { id: netns, host: spec.name, interfaces: spec.interfaces, routes: spec.routes, nextPort: 34_000 });
    const { root: _root, ...rest } = spec;
    state.hosts.set(spec.name, { spec: rest, hostname: spec.hostname, rootFs, netns, bootedAt: state.birth, on: false, firstPid: state.hosts.size * 10_000_000 + 1, nextPid: 1, nat: new Map(), randoms: new Map() });
    this.apply({ kind: 'power', host: spec.name, on: true });
  }

  /** Virtual time, µs since the Unix epoch. */
  get now(): VTime { return this.#kernel.now; }
  get birth(): VTime { return this.#kernel.state.birth; }
  get seed(): number { return this.#kernel.state.seed; }
  /** Turns of threads and system calls made so far: the event number inputs are logged with. */
  get steps(): number { return this.#kernel.state.steps; }
  /** Bugs of ours that ended a program since this object was made. Empty in a healthy world. */
  get crashes(): readonly string[] { return this.#kernel.crashes; }
  get runnable(): boolean { return this.#kernel.runnable; }
  get nextTimer(): VTime | null { return this.#kernel.nextTimer; }

  /** Errors: MissingPart, here and in `settle`; in a front wherever it ends. */
  advance(until: VTime, budget = Infinity): 'reached' | 'budget' { return this.#kernel.advance(until, budget); }
  /** Runs everything runnable at this instant; false when the budget ended first. */
  settle(budget = Infinity): boolean { return this.#kernel.settle(budget); }

  snapshot(): WorldSnapshot { return { state: cloneState(this.#kernel.state) }; }
  /** An independent world that begins as this one is now. */
  fork(): World { return new World({ state: this.#kernel.state }, this.#kernel.programs, this.#kernel.rom); }

  apply(input: Input): void {
    const { state } = this.#kernel;
    switch (input.kind) {
      case 'login': return this.#login(input);
      case 'hangup': return hangUp(this.#kernel, input.tty);
      case 'keys': {
        const tty = state.ttys.get(input.tty);
        if (tty !== undefined) typeInto(this.#kernel, tty, input.bytes);
        return;
      }
      case 'resize': {
        const tty = state.ttys.get(input.tty);
        if (tty !== undefined) resize(this.#kernel, tty, input.cols, input.rows);
        return;
      }
      case 'device': return void this.#kernel.deviceReply(input.id, input.reply);
      case 'file': return this.#writeFile(input.host, input.path, input.data);
      case 'exec': return this.#exec(input);
      case 'power': return this.#power(this.#host(input.host), input.on);
    }
  }

  // ---- ways in ---------------------------------------------------------------------------------------------
  #host(name: string): HostState {
    const host = this.#kernel.state.hosts.get(name);
    if (host === undefined) throw new Error(`no host ${name}`);
    return host;
  }
  #viewer(host: HostState): Viewer { return { root: { fs: host.rootFs, ino: 2 }, mounts: new Map(), cwd: '/', uid: 0, gid: 0, umaskBits: 0o022 }; }

  #start(host: HostState, argv: readonly string[], env: Readonly<Record<string, string>>, cwd: string, path: string, exec: number | null): ProcessRecord {
    const from = { ...this.#viewer(host), host: host.spec.name, env, netns: host.netns, hostname: null, cgroup: '/', actions: new Map(),
      parent: { pid: 0, pgid: 0, sid: 0, pidns: 0, tty: null, exec } };
    const p = createProcess(this.#kernel, from, { path, argv, cwd, newSession: true }, null);
    this.#kernel.startThread(newThread(p, 'main', null, undefined));
    return p;
  }

  #power(host: HostState, on: boolean): void {
    const k = this.#kernel;
    if (on === host.on) return;
    if (!on) {
      for (const p of [...k.state.processes.values()]) if (p.host === host.spec.name && p.status === null) k.endProcess(p, { code: null, signal: 'KILL', stopped: false });
      for (const p of [...k.state.processes.values()]) if (p.host === host.spec.name) k.reap(p);
      host.on = false;
      return;
    }
    host.on = true;
    host.bootedAt = k.now;
    // Pids are keys of one table for all hosts: each host counts in a range of its own.
    host.nextPid = 1 + [...k.state.hosts.keys()].indexOf(host.spec.name) * 4_194_304;
    const { init } = host.spec;
    if (init === null) return;
    const p = this.#start(host, init.argv, init.env ?? { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }, '/', init.path, null);
    for (const fd of [0, 1, 2]) k.openFile(p, { id: k.newId(), refs: 1, kind: 'null', device: 'null' }, fd);
    host.nextPid += 217;   // kernel threads and the initramfs have had those
  }

  #login(input: Input & { kind: 'login' }): void {
    const k = this.#kernel;
    const tty = k.state.ttys.get(input.tty) ?? newTty(input.tty, input.host, k.newId(), input.cols, input.rows);
    k.state.ttys.set(input.tty, tty);
    const p = this.#start(this.#host(input.host), input.argv, input.env, input.cwd, input.argv[0]!.replace(/^-/, '/usr/bin/'), null);
    p.tty = input.tty;
    tty.sid = p.pid;
    tty.pgid = p.pid;
    for (const fd of [0, 1, 2]) k.openFile(p, { id: k.newId(), refs: 1, kind: 'tty', tty: input.tty }, fd);
  }

  #exec(input: Input & { kind: 'exec' }): void {
    const k = this.#kernel;
    k.state.execs.set(input.id, { id: input.id, host: input.host, stdout: '', stderr: '', status: null });
    try {
      const p = this.#start(this.#host(input.host), input.argv, input.env, input.cwd, input.argv[0]!, input.id);
      if (input.stdin === undefined) k.openFile(p, { id: k.newId(), refs: 1, kind: 'null', device: 'null' }, 0);
      else {
        const pipe = k.newId();
        k.state.pipes.set(pipe, { id: pipe, buffer: input.stdin, readers: 1, writers: 0 });
        k.openFile(p, { id: k.newId(), refs: 1, kind: 'pipe', pipe, end: 'r' }, 0);
      }
      k.openFile(p, { id: k.newId(), refs: 1, kind: 'capture', exec: input.id, stream: 'stdout' }, 1);
      k.openFile(p, { id: k.newId(), refs: 1, kind: 'capture', exec: input.id, stream: 'stderr' }, 2);
    } catch (caught) {
      if (!(caught instanceof SysError)) throw caught;
      k.state.execs.set(input.id, { id: input.id, host: input.host, stdout: '', stderr: `${input.argv[0]}: ${caught.code}\n`, status: { code: 127, signal: null, stopped: false } });
    }
  }

  #writeFile(hostName: string, path: string, data: Bytes): void {
    const { vfs } = this.#kernel;
    const who = this.#viewer(this.#host(hostName));
    const found = vfs.tryResolve(who, path);
    if (found === null) vfs.create(who, path, { type: 'file', mode: 0o666, data });
    else vfs.setContent(found.at, found.path, { data }, true);
  }

  // ---- looking in (changes nothing) ------------------------------------------------------------------------
  /** Terminal output since offset `from`, and the new offset. */
  output(tty: string, from: number): { readonly data: Bytes; readonly at: number } {
    const it = this.#kernel.state.ttys.get(tty);
    if (it === undefined) return { data: '', at: from };
    return { data: it.out.slice(Math.max(0, from - it.outBase)), at: it.outBase + it.out.length };
  }
  /** When what stands in `output` was printed: the offset at which each instant's output begins. */
  outputTimes(tty: string): readonly (readonly [offset: number, at: VTime])[] { return this.#kernel.state.ttys.get(tty)?.times.toArray() ?? []; }
  /** Names of the terminals that were logged in on, in the order they were opened; not those that programs made. */
  ttys(): readonly string[] { return [...this.#kernel.state.ttys.keys()].filter((name) => ttyLabel(name) === name); }
  /** The foreground process group of a terminal. */
  ttyGroup(tty: string): number | null { return this.#kernel.state.ttys.get(tty)?.pgid ?? null; }
  ttySize(tty: string): { readonly cols: number; readonly rows: number } | null {
    const it = this.#kernel.state.ttys.get(tty);
    return it === undefined ? null : { cols: it.cols, rows: it.rows };
  }
  ttyMode(tty: string): { readonly raw: boolean; readonly echo: boolean } | null {
    const it = this.#kernel.state.ttys.get(tty);
    return it === undefined ? null : { raw: it.raw, echo: it.echo };
  }
  /** The process that is blocked reading the terminal (in `read`, or `poll` on it), if there is one. */
  reader(tty: string): { readonly pid: number; readonly program: string } | null {
    const it = this.#kernel.state.ttys.get(tty);
    if (it === undefined) return null;
    const reading = new Set(this.#kernel.waitersOf(it.object).map(({ pid }) => pid));
    if (reading.size === 0) return null;
    for (const p of this.#kernel.state.processes.values()) if (reading.has(p.pid) && p.tty === tty && !p.stopped && p.pgid === it.pgid) return { pid: p.pid, program: p.program };
    return null;
  }
  /** Requests that wait for the outside (the editor). */
  devices(): readonly DeviceRequest[] { return [...this.#kernel.state.devices.values()].filter((d) => d.replies.length === 0); }
  exec(id: number): Exec | undefined { return this.#kernel.state.execs.get(id); }
  processes(host: string): readonly ProcessRecord[] { return [...this.#kernel.state.processes.values()].filter((p) => p.host === host); }
  /** A table of a live process, for tests and the map. */
  table(pid: number, name: string): TableView<unknown> | null { return this.#kernel.state.processes.get(pid)?.tables.get(name)?.view() ?? null; }

  /** Who is connected to whom, on all hosts. */
  connections(): readonly Connection[] { return connections(this.#kernel.state); }

  readFile(host: string, path: string): Bytes | null {
    return this.#look(host, path, (found) => (found.inode.type === 'file' ? this.#kernel.vfs.readBytes(found.inode) : null));
  }
  readDoc(host: string, path: string): unknown {
    return this.#look(host, path, (found) => found.inode.doc?.value ?? null);
  }
  stat(host: string, path: string): Stat | null {
    return this.#look(host, path, (found) => this.#kernel.vfs.stat(found.at));
  }
  readDir(host: string, path: string): readonly (DirEntry & { readonly stat: Stat })[] | null {
    return this.#look(host, path, (found) => {
      if (found.inode.type !== 'dir') return null;
      const { fs } = found.at;
      return [...found.inode.entries!].map(([name, ino]) => {
        const stat = this.#kernel.vfs.stat({ fs, ino });
        return { name, type: stat.type, ino, stat };
      });
    });
  }
  #look<T>(host: string, path: string, use: (found: ReturnType<Kernel['vfs']['resolve']>) => T): T | null {
    try {
      return use(this.#kernel.vfs.resolve(this.#viewer(this.#host(host)), path));
    } catch (caught) {
      if (caught instanceof SysError) return null;
      throw caught;
    }
  }
}
