/**
 * The system calls: everything a program can ask of its machine, and the only file that yields.
 *
 * A program is a synchronous generator. `yield* open(path, 'r')` hands the kernel a plain-data request and
 * receives its result; a failed call throws `SysError` (errno.ts) into the program. All arguments and
 * results are plain frozen data (JSON values, byte strings, `TableView`s), because the kernel journals
 * results and replays them to rebuild a program after undo, restore or fork. From that follow the three
 * rules for programs:
 *   1. no module-level mutable state, no clock, no randomness but these calls;
 *   2. whatever must survive a long wait is in `checkpoint(state)` or in a table;
 *   3. never mutate what came out of a call, nor what went into one.
 */
import type { Errno } from './errno.ts';

/** Integer microseconds since the Unix epoch, virtual. */
export type VTime = number;
/** Bytes as a string of code units 0–255; UTF-8 is encoded at the edges (base/utf8). */
export type Bytes = string;
/** Any JSON value; deeply frozen by convention once it has been passed to a call. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
/** What a socket carries: a byte string, or one frozen JSON value by reference. */
export type Frame = Json;

export type Signal = 'HUP' | 'INT' | 'QUIT' | 'KILL' | 'USR1' | 'USR2' | 'PIPE' | 'ALRM' | 'TERM' | 'CHLD' | 'CONT'
  | 'STOP' | 'TSTP' | 'TTIN' | 'TTOU' | 'WINCH';

/** How a process ended (`code`), was killed (`signal`), or was stopped (`stopped`). */
export interface WaitStatus { readonly code: number | null; readonly signal: Signal | null; readonly stopped: boolean }

export type FileType = 'file' | 'dir' | 'link' | 'fifo' | 'sock' | 'chr';
export interface Stat {
  readonly type: FileType; readonly mode: number; readonly uid: number; readonly gid: number; readonly size: number;
  /** µs */ readonly mtime: VTime; readonly ctime: VTime; readonly atime: VTime;
  readonly nlink: number; readonly ino: number; readonly dev: number;
  /** The program this file starts, when it is a binary. */ readonly program: string | null;
}
export interface DirEntry { readonly name: string; readonly type: FileType; readonly ino: number }

/**
 * A file whose content is a value rather than bytes (etcd's database, containerd's images, a journal).
 * `size` is what stat shows; `text` is what a reader of bytes gets. Writing bytes into it replaces it by bytes.
 */
export interface Document { readonly kind: string; readonly value: unknown; readonly size: number; readonly text?: Bytes }

export type OpenMode = 'r' | 'r+' | 'w' | 'w+' | 'wx' | 'a' | 'a+';
export type WatchKind = 'create' | 'modify' | 'delete' | 'moved_from' | 'moved_to' | 'attrib' | 'close_write' | 'delete_self';
export interface WatchEvent { readonly kind: WatchKind; readonly name: string }

export type Address =
  | { readonly net: 'tcp' | 'udp'; readonly host: string; readonly port: number }   // host: an IP literal, '0.0.0.0' or '::' to listen on all
  | { readonly net: 'unix'; readonly path: string };

/** A bind mount into a container: `source` is resolved in the spawner's own root. */
export interface MountSpec { readonly source: string; readonly target: string; readonly readOnly: boolean }
/** A container is a process with a root, mounts, network namespace, hostname and pid numbering of its own. */
export type ContainerSpec =
  | { readonly rootfs: number; readonly mounts: readonly MountSpec[]; readonly netns: number; readonly hostname: string; readonly newPids: boolean; readonly readOnlyRoot?: boolean }
  | { readonly join: number };   // enter the namespaces of that pid

export interface SpawnSpec {
  /** A path with a slash, or a name looked up in `env.PATH` (inside the new root). null: the spawner's own program, as after a fork. */
  readonly path: string | null;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;   // default: inherited
  readonly cwd?: string;
  /** child fd → own fd. Nothing else is inherited. Default {0:0,1:1,2:2} where open. */
  readonly fds?: Readonly<Record<number, number>>;
  /** Process group: absent = the spawner's, 0 = a new one led by the child, n = join n. */
  readonly pgid?: number;
  readonly newSession?: boolean;
  /** With `newSession`: the child's descriptor of the terminal that becomes its controlling one. */
  readonly ctty?: number;
  readonly uid?: number; readonly gid?: number;
  readonly container?: ContainerSpec;
  /** Given to `main` as `saved`: how a shell hands its state to a subshell. */
  readonly saved?: Json;
  /** A label for accounting (systemd unit, container id); inherited. Shown by `processes()`. */
  readonly cgroup?: string;
}

export interface ProcessInfo {
  readonly pid: number; readonly ppid: number; readonly pgid: number; readonly sid: number; readonly uid: number; readonly gid: number;
  readonly program: string; readonly argv: readonly string[]; readonly state: 'R' | 'S' | 'T' | 'Z';
  readonly startedAt: VTime; readonly cpuUs: number; readonly tty: string | null; readonly cgroup: string; readonly threads: number;
  /** The pid as seen inside its own pid namespace (1 for a container's first process). */ readonly nspid: number;
  readonly tpgid: number;
}
export interface Self {
  readonly pid: number; readonly ppid: number; readonly pgid: number; readonly sid: number; readonly nspid: number;
  readonly uid: number; readonly gid: number; readonly hostname: string; readonly tty: string | null; readonly netns: number; readonly cgroup: string;
}
export interface SocketInfo {
  readonly net: 'tcp' | 'udp' | 'unix'; readonly state: 'LISTEN' | 'ESTAB' | 'CLOSE-WAIT' | 'TIME-WAIT';
  readonly local: Address; readonly peer: Address | null; readonly pid: number; readonly program: string; readonly fd: number; readonly recvQ: number;
}
export interface NetInterface { readonly name: string; readonly addr: string; readonly prefix: number; readonly mac: string; readonly up: boolean; readonly mtu: number }
export interface Route { readonly to: string; readonly via: string | null; readonly dev: string; readonly src: string | null }
/** Destination NAT, as kube-proxy programs it: connections to `host:port` go to one of `backends`. */
export interface NatRule { readonly net: 'tcp' | 'udp'; readonly host: string; readonly port: number; readonly backends: readonly { readonly host: string; readonly port: number }[]; readonly comment: string }

export interface PollSpec {
  readonly fds?: readonly number[];
  /** Wake when the named table's version differs from the given one. */
  readonly tables?: readonly { readonly table: string; readonly since: number }[];
  readonly signals?: boolean;
  /** µs; absent = for ever, 0 = do not wait. */
  readonly timeout?: number;
}
export interface PollResult { readonly fds: readonly number[]; readonly tables: readonly string[]; readonly signal: Signal | null; readonly timedOut: boolean }

/** An immutable version of a table: safe to keep across a wait. Keys are in code-unit order. */
export interface TableView<T = Json> {
  readonly version: number; readonly size: number;
  get(key: string): T | undefined; has(key: string): boolean;
  keys(): IterableIterator<string>; values(): IterableIterator<T>; entries(from?: string): IterableIterator<[string, T]>;
}

/** op → [argument, result]. */
export interface Syscalls {
  spawn: [SpawnSpec, number];
  wait: [{ pid: number; nohang: boolean; untraced: boolean }, { readonly pid: number; readonly status: WaitStatus } | null];
  exit: [number, never];
  kill: [{ pid: number; signal: Signal | null }, null];
  sigaction: [{ signal: Signal; action: 'default' | 'ignore' | 'catch' }, null];
  self: [null, Self];
  environ: [null, Readonly<Record<string, string>>];
  processes: [null, readonly ProcessInfo[]];
  setpgid: [{ pid: number; pgid: number }, null];
  tcsetpgrp: [{ fd: number; pgid: number }, null];
  chdir: [string, null];
  getcwd: [null, string];
  umask: [number | null, number];
  thread: [{ name: string; arg: Json }, number];
  endthread: [number, null];
  threads: [null, readonly { readonly tid: number; readonly name: string; readonly arg: Json }[]];
  checkpoint: [unknown, null];
  get: [{ table: string; key: string }, unknown];
  put: [{ table: string; key: string; value: unknown }, null];
  del: [{ table: string; key: string }, boolean];
  view: [string, TableView<never>];
  now: [null, VTime];
  stamp: [null, VTime];
  sleep: [number, null];
  cpu: [number, null];
  tick: [null, null];
  random: [{ stream: string; count: number }, readonly number[]];
  open: [{ path: string; mode: OpenMode; perm: number }, number];
  read: [{ fd: number; max: number; /** Of a file or pipe: not past the first such byte. */ until?: Bytes }, Bytes];
  write: [{ fd: number; data: Bytes }, null];
  seek: [{ fd: number; offset: number; from: 'start' | 'current' | 'end' }, number];
  close: [number, null];
  dup: [{ fd: number; to: number | null }, number];
  pipe: [null, readonly [number, number]];
  fdinfo: [number, { readonly kind: 'file' | 'dir' | 'pipe' | 'tty' | 'ptmx' | 'socket' | 'listener' | 'watch' | 'null' | 'capture'; readonly path: string | null; readonly writable: boolean } | null];
  readfile: [string, Bytes];
  writefile: [{ path: string; data: Bytes; perm: number; append: boolean }, null];
  readdoc: [string, Document | null];
  writedoc: [{ path: string; doc: Document; perm: number }, null];
  stat: [{ path: string; follow: boolean }, Stat];
  fstat: [number, Stat];
  readdir: [string, readonly DirEntry[]];
  mkdir: [{ path: string; perm: number }, null];
  rmdir: [string, null];
  unlink: [string, null];
  rename: [{ from: string; to: string }, null];
  link: [{ from: string; to: string }, null];
  symlink: [{ target: string; path: string }, null];
  readlink: [string, string];
  chmod: [{ path: string; mode: number }, null];
  chown: [{ path: string; uid: number; gid: number; follow: boolean }, null];
  utimes: [{ path: string; mtime: VTime | null }, null];
  truncate: [{ path: string; size: number }, null];
  mkfifo: [{ path: string; perm: number }, null];
  realpath: [string, string];
  access: [{ path: string; mode: 'r' | 'w' | 'x' | 'f' }, boolean];
  mounts: [null, readonly { readonly target: string; readonly source: string; readonly readOnly: boolean }[]];
  watch: [string, number];
  readwatch: [number, readonly WatchEvent[]];
  newfs: [{ image: string | null }, number];
  dropfs: [number, null];
  listen: [Address, number];
  accept: [number, { readonly fd: number; readonly peer: Address }];
  connect: [{ to: Address; timeout: number | null }, number];
  send: [{ fd: number; frame: Frame }, null];
  recv: [{ fd: number; timeout: number | null }, Frame];
  sockname: [number, { readonly local: Address; readonly peer: Address | null }];
  sockets: [null, readonly SocketInfo[]];
  newnetns: [{ interfaces: readonly NetInterface[]; routes: readonly Route[] }, number];
  dropnetns: [number, null];
  interfaces: [null, { readonly interfaces: readonly NetInterface[]; readonly routes: readonly Route[] }];
  setinterface: [{ iface: NetInterface; remove: boolean }, null];
  nat: [{ owner: string; rules: readonly NatRule[] }, null];
  poll: [PollSpec, PollResult];
  ttymode: [{ fd: number; raw?: boolean; echo?: boolean }, { readonly raw: boolean; readonly echo: boolean }];
  /** A terminal of one's own: what its session prints is read from `master`, what is written there is typed. */
  openpty: [{ cols: number; rows: number }, { readonly master: number; readonly slave: number }];
  /** By the master; the foreground group hears SIGWINCH. */
  ttyresize: [{ fd: number; cols: number; rows: number }, null];
  ttysize: [number, { readonly cols: number; readonly rows: number }];
  device: [{ name: string; request: Json }, Json];
  rom: [string, unknown];
  uname: [null, { readonly hostname: string; readonly release: string; readonly version: string; readonly machine: string; readonly cpus: number; readonly memKb: number; readonly bootedAt: VTime }];
  sethostname: [string, null];
}

export type Op = keyof Syscalls;
export interface Syscall { readonly op: Op; readonly arg: unknown }
/** A running piece of a program; used with `yield*`, so results are typed. */
export type Coroutine<T> = Generator<Syscall, T, unknown>;

/** What an executable file starts. `saved` is the last checkpoint's state (or `SpawnSpec.saved`). Exit code is main's result. */
export interface Program {
  readonly name: string;
  main(argv: readonly string[], saved?: Json): Coroutine<number>;
  readonly threads?: Readonly<Record<string, (arg: Json, saved?: Json) => Coroutine<void>>>;
}

/** Programs by name; null: there is one, but its code is not here yet. What is here never goes again. */
export type Programs = ReadonlyMap<string, Program | null>;

/**
 * Who serves calls while a thread runs: the kernel lends it to the thread whose turn it is. A call that can be answered at once then
 * is, without unwinding the program's stack to the kernel and back; the others yield. null: every call yields (replay, unit tests).
 */
export interface Processor { serve(call: Syscall): unknown }
/** What a processor answers when the thread has to give way. */
export const GIVE_WAY: unique symbol = Symbol('give way');
let processor: Processor | null = null;
/** Lends the calls that follow to `by`; → who had them, to give them back to. */
export function lend(by: Processor | null): Processor | null {
  const before = processor;
  processor = by;
  return before;
}

/** Makes one system call. Throws `SysError`. */
export function* sys<K extends Op>(op: K, arg: Syscalls[K][0]): Coroutine<Syscalls[K][1]> {
  const call: Syscall = { op, arg };
  const answer = processor === null ? GIVE_WAY : processor.serve(call);
  return (answer === GIVE_WAY ? yield call : answer) as Syscalls[K][1];
}

// ---- processes ---------------------------------------------------------------------------------------------
/** Starts a process. Errors: ENOENT (not found), EACCES (not executable), ENOEXEC. */
export const spawn = (spec: SpawnSpec) => sys('spawn', spec);
/** Waits for a child (`-1`: any). ECHILD when there is none; EINTR on a caught signal (main thread only). */
export const wait = (pid = -1) => sys('wait', { pid, nohang: false, untraced: false });
export const waitpid = (arg: Syscalls['wait'][0]) => sys('wait', arg);
/** Ends the whole process at once, from any thread. */
export const exit = (code: number) => sys('exit', code);
/** `pid` < 0 names a process group; `signal` null only probes. Errors: ESRCH, EPERM. */
export const kill = (pid: number, signal: Signal | null) => sys('kill', { pid, signal });
/** `catch` makes the signal interrupt the main thread's blocking call with EINTR, or wake its `poll({signals: true})`. */
export const sigaction = (signal: Signal, action: 'default' | 'ignore' | 'catch') => sys('sigaction', { signal, action });
export const self = () => sys('self', null);
export const environ = () => sys('environ', null);
export const processes = () => sys('processes', null);
export const setpgid = (pid: number, pgid: number) => sys('setpgid', { pid, pgid });
export const tcsetpgrp = (fd: number, pgid: number) => sys('tcsetpgrp', { fd, pgid });
export const chdir = (path: string) => sys('chdir', path);
export const getcwd = () => sys('getcwd', null);
export const umask = (mask: number | null) => sys('umask', mask);

// ---- threads and tables ------------------------------------------------------------------------------------
/** Starts a named thread of this program; → its thread id. */
export const thread = (name: string, arg: Json) => sys('thread', { name, arg });
export const endThread = (tid: number) => sys('endthread', tid);
export const threads = () => sys('threads', null);
/**
 * Stores `state` as this thread's `saved` and starts a new journal. The kernel may at any time rebuild the
 * thread by running its entry again with `saved = state`, so the entry must lead from there to this same point.
 */
export const checkpoint = (state: unknown) => sys('checkpoint', state);
export const get = <T = Json>(table: string, key: string) => sys('get', { table, key }) as Coroutine<T | undefined>;
export const put = (table: string, key: string, value: unknown) => sys('put', { table, key, value });
export const del = (table: string, key: string) => sys('del', { table, key });
export const view = <T = Json>(table: string) => sys('view', table) as Coroutine<TableView<T>>;
/** Waits for the first of: readable descriptors, changed tables, a caught signal, the timeout. */
export const poll = (spec: PollSpec) => sys('poll', spec);

// ---- time and chance ---------------------------------------------------------------------------------------
export const now = () => sys('now', null);
/** The time to write into a log: `now`, and a few µs for each call just made (law C4). Nothing is decided by it. */
export const stamp = () => sys('stamp', null);
/** µs. Not interrupted but by death (and EINTR on the main thread for caught signals). */
export const sleep = (us: number) => sys('sleep', us);
/** Uses processor time: as `sleep`, but accounted to the process. µs. */
export const cpu = (us: number) => sys('cpu', us);
/** One step of a long computation; see "CPU time is virtual" in SPEC.md. */
export const tick = () => sys('tick', null);
/** `count` unsigned 32-bit integers of the named stream of this host. */
export const random = (stream: string, count = 1) => sys('random', { stream, count });

// ---- files -------------------------------------------------------------------------------------------------
export const open = (path: string, mode: OpenMode = 'r', perm = 0o666) => sys('open', { path, mode, perm });
/** Up to `max` bytes; '' is end of file. Blocks on pipes and terminals. */
export const read = (fd: number, max = 65536) => sys('read', { fd, max });
/** As `read`, but what follows the first `until` stays: how a shell reads a line of input that others share. */
export const readUntil = (fd: number, until: Bytes, max = 65536) => sys('read', { fd, max, until });
/** Writes all of it; blocks while a pipe is full. EPIPE (and SIGPIPE) when nobody reads. */
export const write = (fd: number, data: Bytes) => sys('write', { fd, data });
export const seek = (fd: number, offset: number, from: 'start' | 'current' | 'end' = 'start') => sys('seek', { fd, offset, from });
export const close = (fd: number) => sys('close', fd);
/** dup(2) / dup2(2): `to` null = lowest free descriptor ≥ 0. */
export const dup = (fd: number, to: number | null = null) => sys('dup', { fd, to });
export const pipe = () => sys('pipe', null);
export const fdinfo = (fd: number) => sys('fdinfo', fd);
export const readFile = (path: string) => sys('readfile', path);
/** Creates or truncates (or appends); existing files keep their mode. */
export const writeFile = (path: string, data: Bytes, perm = 0o644) => sys('writefile', { path, data, perm, append: false });
export const appendFile = (path: string, data: Bytes, perm = 0o644) => sys('writefile', { path, data, perm, append: true });
/** The document a file holds; null when it holds bytes. */
export const readDoc = (path: string) => sys('readdoc', path);
export const writeDoc = (path: string, doc: Document, perm = 0o600) => sys('writedoc', { path, doc, perm });
export const stat = (path: string) => sys('stat', { path, follow: true });
export const lstat = (path: string) => sys('stat', { path, follow: false });
export const fstat = (fd: number) => sys('fstat', fd);
/** Entries in creation order, without `.` and `..`. */
export const readDir = (path: string) => sys('readdir', path);
export const mkdir = (path: string, perm = 0o777) => sys('mkdir', { path, perm });
export const rmdir = (path: string) => sys('rmdir', path);
export const unlink = (path: string) => sys('unlink', path);
export const rename = (from: string, to: string) => sys('rename', { from, to });
export const link = (from: string, to: string) => sys('link', { from, to });
export const symlink = (target: string, path: string) => sys('symlink', { target, path });
export const readLink = (path: string) => sys('readlink', path);
export const chmod = (path: string, mode: number) => sys('chmod', { path, mode });
/** uid or gid −1 leaves it. */
export const chown = (path: string, uid: number, gid: number, follow = true) => sys('chown', { path, uid, gid, follow });
export const utimes = (path: string, mtime: VTime | null) => sys('utimes', { path, mtime });
export const truncate = (path: string, size: number) => sys('truncate', { path, size });
export const mkfifo = (path: string, perm = 0o666) => sys('mkfifo', { path, perm });
export const realpath = (path: string) => sys('realpath', path);
export const access = (path: string, mode: 'r' | 'w' | 'x' | 'f') => sys('access', { path, mode });
export const mounts = () => sys('mounts', null);
/** inotify on a file or directory: a descriptor for `poll` and `readWatch`. */
export const watch = (path: string) => sys('watch', path);
/** Blocks until at least one event is there. */
export const readWatch = (fd: number) => sys('readwatch', fd);
/** A fresh filesystem: empty, or a copy-on-write clone of the image's (`image`: a key of the rom, `image/<id>`). */
export const newFs = (image: string | null) => sys('newfs', { image });
export const dropFs = (id: number) => sys('dropfs', id);

// ---- network -----------------------------------------------------------------------------------------------
/** Errors: EADDRINUSE, EADDRNOTAVAIL; for unix the path's errors. */
export const listen = (at: Address) => sys('listen', at);
export const accept = (fd: number) => sys('accept', fd);
/** Errors: ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH; unix: ENOENT, ECONNREFUSED, EACCES. `timeout` in µs. */
export const connect = (to: Address, timeout: number | null = null) => sys('connect', { to, timeout });
/** Errors: EPIPE (own end shut), ECONNRESET. Never blocks. */
export const send = (fd: number, frame: Frame) => sys('send', { fd, frame });
/** The next frame; null is end of stream. Errors: ECONNRESET, EAGAIN (timeout, µs). */
export const recv = (fd: number, timeout: number | null = null) => sys('recv', { fd, timeout });
export const sockname = (fd: number) => sys('sockname', fd);
/** Sockets of the caller's network namespace. */
export const sockets = () => sys('sockets', null);
export const newNetns = (interfaces: readonly NetInterface[], routes: readonly Route[]) => sys('newnetns', { interfaces, routes });
export const dropNetns = (id: number) => sys('dropnetns', id);
export const interfaces = () => sys('interfaces', null);
export const setInterface = (iface: NetInterface, remove = false) => sys('setinterface', { iface, remove });
/** Replaces this owner's NAT rules on the host. */
export const nat = (owner: string, rules: readonly NatRule[]) => sys('nat', { owner, rules });

// ---- terminal and the world outside ------------------------------------------------------------------------
/** Reads, or sets and reads, the line discipline. ENOTTY when it is none. */
export const ttyMode = (fd: number, mode: { raw?: boolean; echo?: boolean } = {}) => sys('ttymode', { fd, ...mode });
export const openPty = (cols: number, rows: number) => sys('openpty', { cols, rows });
export const ttyResize = (fd: number, cols: number, rows: number) => sys('ttyresize', { fd, cols, rows });
export const ttySize = (fd: number) => sys('ttysize', fd);
/** Asks a device outside the world (the editor) and waits for its answer, which arrives as an input. */
export const device = (name: string, request: Json) => sys('device', { name, request });
/** Static data that came with the build (images, firmware); undefined when there is none by that name. */
export const rom = (key: string) => sys('rom', key);
export const uname = () => sys('uname', null);

/** True when descriptor `fd` is a terminal. */
export function* isatty(fd: number): Coroutine<boolean> {
  return (yield* sys('fdinfo', fd))?.kind === 'tty';
}

/** Runs `body`; when it fails with one of `codes`, gives that errno instead of throwing. */
export function* attempt<T>(body: Coroutine<T>, ...codes: Errno[]): Coroutine<T | { readonly errno: Errno }> {
  try {
    return yield* body;
  } catch (caught) {
    const code = (caught as { code?: Errno }).code;
    if (code === undefined || !codes.includes(code)) throw caught;
    return { errno: code };
  }
}
