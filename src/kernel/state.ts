/**
 * The kernel's records: everything the world is, at rest. Each record knows how to clone itself, so that a
 * snapshot is a shallow copy of a few hundred small objects over shared copy-on-write trees.
 * The one thing that is not state is a thread's live generator (`gen`): it can always be rebuilt (thread.ts).
 */
import type BTree from './btree.ts';
import type { Filesystem } from './fs.ts';
import type { Table } from './table.ts';
import type { Address, Bytes, Coroutine, Frame, Json, NatRule, NetInterface, Route, Signal, Syscall, VTime, WaitStatus, WatchEvent } from './sys.ts';
import type { Errno } from './errno.ts';
import type { HostSpec } from './spec.ts';

/** A journal row that was an error. */
export class Failed {
  readonly code: Errno;
  constructor(code: Errno) { this.code = code; }
}
/** A bug of the kernel's, on its way out past the program that was running. */
export class Bug {
  readonly caught: unknown;
  constructor(caught: unknown) { this.caught = caught; }
}
/** `count` journal rows whose result was null (ticks, writes): kept as one. */
export class Nulls {
  readonly count: number;
  constructor(count: number) { this.count = count; }
}

export interface ThreadRecord {
  readonly pid: number; readonly tid: number; readonly name: string; readonly arg: Json;
  saved: unknown;
  /** Results since the last checkpoint. Append-only and shared with snapshots, which remember the length. */
  journal: unknown[];
  journalLength: number;
  nulls: number;
  waiting: Syscall | null;
  /** 'new': not yet run; 'ready': queued; 'blocked': on `waitOn` and `deadline`; 'delayed': result known, paid in time. */
  status: 'new' | 'ready' | 'blocked' | 'delayed';
  token: number;
  waitOn: readonly number[];
  waitSeq: number;
  deadline: VTime | null;
  /** Bytes of a partly done write. */
  progress: number;
  result: unknown;
  gen: Coroutine<unknown> | null;
}

export interface ProcessRecord {
  readonly pid: number; readonly host: string; readonly program: string; readonly argv: readonly string[];
  ppid: number; pgid: number; sid: number; readonly nspid: number; readonly pidns: number;
  uid: number; gid: number; umaskBits: number;
  readonly env: Readonly<Record<string, string>>;
  cwd: string;
  readonly root: Location;
  readonly mounts: MountTable;
  readonly netns: number;
  readonly hostname: string | null;
  readonly cgroup: string;
  tty: string | null;
  readonly fds: Map<number, number>;
  readonly threads: Map<number, ThreadRecord>;
  nextTid: number;
  readonly tables: Map<string, Table>;
  readonly actions: Map<Signal, 'ignore' | 'catch'>;
  pending: readonly { readonly signal: Signal; readonly seen: boolean }[];
  stopped: boolean; stopReported: boolean;
  status: WaitStatus | null;
  readonly startedAt: VTime; cpuUs: number;
  /** Calls left before the process pays for each (see SPEC "CPU time is virtual"). */
  allowance: number; allowanceAt: VTime;
  /** What parents wait on. */
  readonly object: number;
  readonly exec: number | null;
}

export interface Location { readonly fs: number; readonly ino: number }
export interface MountPoint extends Location { readonly readOnly: boolean; readonly source: string; readonly target: string }
/** By `fs:ino` of the mountpoint in the process's tree. */
export type MountTable = ReadonlyMap<string, MountPoint>;

export type OpenFile = { readonly id: number; refs: number } & (
  | { readonly kind: 'file'; readonly at: Location; readonly path: string; pos: number; readonly readable: boolean; readonly writable: boolean; readonly append: boolean }
  | { readonly kind: 'dir'; readonly at: Location; readonly path: string }
  | { readonly kind: 'pipe'; readonly pipe: number; readonly end: 'r' | 'w' }
  | { readonly kind: 'tty'; readonly tty: string }
  | { readonly kind: 'ptmx'; readonly tty: string }
  | { readonly kind: 'socket'; readonly socket: number }
  | { readonly kind: 'listener'; readonly listener: number }
  | { readonly kind: 'watch'; readonly watch: number }
  | { readonly kind: 'null'; readonly device: string }
  | { readonly kind: 'capture'; readonly exec: number; readonly stream: 'stdout' | 'stderr' }
);

export interface Pipe { readonly id: number; buffer: Bytes; readers: number; writers: number }
export interface Socket {
  readonly id: number; readonly net: 'tcp' | 'udp' | 'unix'; readonly netns: number; readonly local: Address; readonly peer: Address;
  other: number | null; inbox: readonly Frame[]; eof: boolean; reset: boolean; shut: boolean;
}
export interface Listener { readonly id: number; readonly net: 'tcp' | 'udp' | 'unix'; readonly netns: number; readonly at: Address; readonly inode: string | null; queue: readonly number[] }
export interface Watch { readonly id: number; readonly at: string; queue: readonly WatchEvent[] }
export interface Netns { readonly id: number; readonly host: string; interfaces: readonly NetInterface[]; routes: readonly Route[]; nextPort: number }
export interface Tty {
  readonly name: string; readonly host: string; readonly object: number;
  cols: number; rows: number; raw: boolean; echo: boolean;
  sid: number; pgid: number;
  /** Bytes ready for readers: whole lines in canonical mode. `eofs` counts pending ^D at `ready`'s end. */
  ready: Bytes; line: Bytes; eofs: number;
  /** Everything printed since offset `outBase`. */
  out: Bytes; outBase: number;
  /** For each instant that printed something: offset of its first byte → virtual time. */
  times: BTree<number, VTime>;
}
export interface Exec { readonly id: number; readonly host: string; stdout: Bytes; stderr: Bytes; status: WaitStatus | null }
export interface DeviceRequest { readonly id: number; readonly pid: number; readonly tid: number; readonly host: string; readonly name: string; readonly request: Json; replies: readonly Json[] }
export interface HostState {
  /** Without the file tree, which became `rootFs` at birth. */
  readonly spec: Omit<HostSpec, 'root'>; hostname: string; readonly rootFs: number; readonly netns: number; bootedAt: VTime; on: boolean;
  /** Process ids are the world's: the first host counts from 1, each further one from its own ten millions on. */ readonly firstPid: number; nextPid: number;
  nat: ReadonlyMap<string, readonly NatRule[]>; readonly randoms: Map<string, number>;
}

export interface Timer { readonly at: VTime; readonly seq: number; readonly pid: number; readonly tid: number; readonly token: number }

/** The whole world as plain records. */
export interface KernelState {
  readonly seed: number; readonly birth: VTime;
  now: VTime; seq: number; steps: number; nextId: number;
  /** Of a front (law T7): when something happens that it does not have. */ readonly horizon?: VTime;
  timers: Timer[];
  ready: { pid: number; tid: number; token: number }[];
  hosts: Map<string, HostState>;
  processes: Map<number, ProcessRecord>;
  open: Map<number, OpenFile>;
  pipes: Map<number, Pipe>;
  sockets: Map<number, Socket>;
  listeners: Map<number, Listener>;
  watches: Map<number, Watch>;
  netns: Map<number, Netns>;
  filesystems: Map<number, Filesystem>;
  ttys: Map<string, Tty>;
  execs: Map<number, Exec>;
  devices: Map<number, DeviceRequest>;
}

function cloneThread(t: ThreadRecord): ThreadRecord {
  return { ...t, gen: null };
}

function cloneProcess(p: ProcessRecord): ProcessRecord {
  const threads = new Map<number, ThreadRecord>();
  for (const [tid, t] of p.threads) threads.set(tid, cloneThread(t));
  const tables = new Map<string, Table>();
  for (const [name, table] of p.tables) tables.set(name, table.clone());
  return { ...p, fds: new Map(p.fds), threads, tables, actions: new Map(p.actions) };
}

function cloneEach<K, V extends object>(map: ReadonlyMap<K, V>): Map<K, V> {
  const copy = new Map<K, V>();
  for (const [key, value] of map) copy.set(key, { ...value });
  return copy;
}

function cloneTtys(ttys: ReadonlyMap<string, Tty>): Map<string, Tty> {
  const copy = new Map<string, Tty>();
  for (const [name, tty] of ttys) copy.set(name, { ...tty, times: tty.times.clone() });
  return copy;
}

/** An independent copy: neither side sees the other's later changes. */
export function cloneState(s: KernelState): KernelState {
  const processes = new Map<number, ProcessRecord>();
  for (const [pid, p] of s.processes) processes.set(pid, cloneProcess(p));
  const filesystems = new Map<number, Filesystem>();
  for (const [id, fs] of s.filesystems) filesystems.set(id, fs.clone());
  const hosts = new Map<string, HostState>();
  for (const [name, h] of s.hosts) hosts.set(name, { ...h, randoms: new Map(h.randoms) });
  return { ...s, timers: s.timers.slice(), ready: s.ready.slice(), hosts, processes, filesystems,
    open: cloneEach(s.open), pipes: cloneEach(s.pipes), sockets: cloneEach(s.sockets), listeners: cloneEach(s.listeners),
    watches: cloneEach(s.watches), netns: cloneEach(s.netns), ttys: cloneTtys(s.ttys), execs: cloneEach(s.execs), devices: cloneEach(s.devices) };
}
