/** Processes, threads, signals: birth, waiting, groups, and what `ps` sees. */
import { SysError } from '../errno.ts';
import { BLOCK, RESTART } from '../kernel.ts';
import type { Handlers, Kernel } from '../kernel.ts';
import { restart } from '../thread.ts';
import type { Location, MountPoint, MountTable, ProcessRecord, ThreadRecord } from '../state.ts';
import type { ContainerSpec, Json, ProcessInfo, Self, SpawnSpec, Syscalls } from '../sys.ts';
import type { Viewer } from '../vfs.ts';
import { takeTerminal, ttyLabel } from './pty.ts';

type Arg<K extends keyof Syscalls> = Syscalls[K][0];

export function newThread(p: ProcessRecord, name: string, arg: Json, saved: unknown): ThreadRecord {
  const t: ThreadRecord = { pid: p.pid, tid: p.nextTid++, name, arg, saved, journal: [], journalLength: 0, nulls: 0, waiting: null,
    status: 'new', token: 0, waitOn: [], waitSeq: 0, deadline: null, progress: 0, result: null, gen: null };
  p.threads.set(t.tid, t);
  return t;
}

interface Executable { readonly program: string; readonly argv: readonly string[] }

/** Finds what `path` starts: a binary's program, or the interpreter of a `#!` script. */
function executable(k: Kernel, who: Viewer, path: string, argv: readonly string[], env: Readonly<Record<string, string>>, depth = 0): Executable {
  const candidates = path.includes('/') ? [path] : (env['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(':').map((dir) => `${dir || '.'}/${path}`);
  let denied = false;
  for (const candidate of candidates) {
    let found;
    try {
      found = k.vfs.tryResolve(who, candidate);
    } catch (caught) {
      if (!(caught instanceof SysError) || path.includes('/')) throw caught;
      continue;
    }
    if (found === null) continue;
    if (found.inode.type !== 'file' || (found.inode.mode & 0o111) === 0) {
      denied = true;
      continue;
    }
    k.vfs.permit(who, found, 1);
    if (found.inode.program !== undefined) {
      if (!k.programs.has(found.inode.program)) throw new SysError('ENOSYS');
      return { program: found.inode.program, argv };
    }
    const shebang = /^#![ \t]*(\S+)(?:[ \t]+([^\n]*\S))?/.exec(k.vfs.readBytes(found.inode).slice(0, 256));
    if (shebang === null || depth > 3) throw new SysError('ENOEXEC');
    const rest = shebang[2] === undefined ? [] : [shebang[2]];
    return executable(k, who, shebang[1]!, [shebang[1]!, ...rest, candidate, ...argv.slice(1)], env, depth + 1);
  }
  throw new SysError(denied ? 'EACCES' : 'ENOENT');
}

interface Namespaces { readonly root: Location; readonly mounts: MountTable; readonly netns: number; readonly hostname: string | null; readonly pidns: number | null }

const mountViewer = (root: Location, mounts: MountTable): Viewer => ({ root, mounts, cwd: '/', uid: 0, gid: 0, umaskBits: 0 });

/** The mountpoint at `path` in a container's tree; made, parents and all, when it is not there, as runc does. */
function mountpoint(k: Kernel, who: Viewer, path: string, directory: boolean): Location {
  const found = k.vfs.tryResolveDeep(who, path);
  if (found !== null) {
    if ((found.inode.type === 'dir') !== directory) throw new SysError('ENOTDIR');
    return found.at;
  }
  const parts = path.split('/').filter((part) => part !== '');
  for (let i = 1; i < parts.length; i++) {
    const parent = `/${parts.slice(0, i).join('/')}`;
    if (k.vfs.tryResolve(who, parent) === null) k.vfs.create(who, parent, { type: 'dir', mode: 0o755, entries: new Map() });
  }
  return k.vfs.create(who, path, directory ? { type: 'dir', mode: 0o755, entries: new Map() } : { type: 'file', mode: 0o644, data: '' });
}

/** Builds a container's view: its root, the bind mounts (their mountpoints are made), its network. */
function enter(k: Kernel, p: ProcessRecord, spec: ContainerSpec): Namespaces {
  if ('join' in spec) {
    const target = k.state.processes.get(spec.join);
    if (target === undefined || target.status !== null) throw new SysError('ESRCH');
    return { root: target.root, mounts: target.mounts, netns: target.netns, hostname: target.hostname, pidns: target.pidns };
  }
  const fs = k.state.filesystems.get(spec.rootfs);
  if (fs === undefined) throw new SysError('ENOENT');
  const root: Location = { fs: fs.id, ino: 2 };
  const mounts = new Map<string, MountPoint>();
  for (const mount of [...spec.mounts].sort((a, b) => (a.target < b.target ? -1 : 1))) {
    const source = k.vfs.resolve(p, mount.source);
    const at = mountpoint(k, mountViewer(root, new Map(mounts)), mount.target, source.inode.type === 'dir');
    mounts.set(`${at.fs}:${at.ino}`, { fs: source.at.fs, ino: source.at.ino, readOnly: mount.readOnly, source: mount.source, target: mount.target });
  }
  if (spec.readOnlyRoot === true) mounts.set(`${root.fs}:${root.ino}`, { ...root, readOnly: true, source: 'overlay', target: '/' });
  return { root, mounts, netns: spec.netns, hostname: spec.hostname, pidns: spec.newPids ? k.newId() : p.pidns };
}

/** What a new process takes from whoever starts it: a process, or the outside (login, exec input, power on). */
export interface Parent {
  readonly pid: number; readonly pgid: number; readonly sid: number; readonly pidns: number; readonly tty: string | null; readonly exec: number | null;
}

export function createProcess(k: Kernel, from: Pick<ProcessRecord, 'host' | 'uid' | 'gid' | 'umaskBits' | 'env' | 'cwd' | 'root' | 'mounts' | 'netns' | 'hostname' | 'cgroup' | 'actions'> & { readonly parent: Parent; readonly program?: string },
  spec: SpawnSpec, spaces: Namespaces | null): ProcessRecord {
  const env = spec.env ?? from.env;
  const viewer: Viewer = { root: spaces?.root ?? from.root, mounts: spaces?.mounts ?? from.mounts, cwd: spec.cwd ?? (spaces === null ? from.cwd : '/'),
    uid: spec.uid ?? from.uid, gid: spec.gid ?? from.gid, umaskBits: from.umaskBits };
  const cwd = viewer.cwd;
  if (spec.cwd !== undefined && k.vfs.resolve({ ...viewer, cwd: '/' }, cwd).inode.type !== 'dir') throw new SysError('ENOTDIR');
  const { program, argv } = spec.path === null ? { program: from.program!, argv: spec.argv } : executable(k, viewer, spec.path, spec.argv, env);
  const host = k.state.hosts.get(from.host)!;
  const pid = host.nextPid++;
  const { parent } = from;
  const pidns = spaces?.pidns ?? parent.pidns;
  const newPids = pidns !== parent.pidns && !(spec.container !== undefined && 'join' in spec.container);
  const nspid = pidns === 0 ? pid : newPids ? 1 : nextNamespacePid(k, pidns);
  const actions = new Map<Parameters<typeof from.actions.set>[0], 'ignore' | 'catch'>();
  for (const [signal, action] of from.actions) if (action === 'ignore') actions.set(signal, action);
  const sid = spec.newSession === true ? pid : parent.sid;
  const p: ProcessRecord = {
    pid, ppid: parent.pid, host: from.host, program, argv, env, cwd, root: viewer.root, mounts: viewer.mounts,
    pgid: spec.newSession === true || spec.pgid === 0 ? pid : spec.pgid ?? (parent.pgid === 0 ? pid : parent.pgid), sid, nspid, pidns, uid: viewer.uid, gid: viewer.gid, umaskBits: from.umaskBits,
    netns: spaces?.netns ?? from.netns, hostname: spaces === null ? from.hostname : spaces.hostname, cgroup: spec.cgroup ?? from.cgroup,
    tty: spec.newSession === true ? null : parent.tty, fds: new Map(), threads: new Map(), nextTid: 1, tables: new Map(), actions, pending: [],
    stopped: false, stopReported: false, status: null, startedAt: k.now, cpuUs: 0, allowance: 1000, allowanceAt: k.now, object: k.newId(), exec: parent.exec,
  };
  k.state.processes.set(pid, p);
  return p;
}

function nextNamespacePid(k: Kernel, pidns: number): number {
  let top = 0;
  for (const p of k.state.processes.values()) if (p.pidns === pidns) top = Math.max(top, p.nspid);
  return top + 1;
}

/** Processes of one terminal's session: what a fork bomb gets before `fork` says EAGAIN. */
const SESSION_LIMIT = 256;
/** A fork costs so many calls for each process its session has: many share the processors (law C3). */
const FORK_COST = 10;

function spawn(k: Kernel, p: ProcessRecord, _t: ThreadRecord, spec: SpawnSpec): number {
  let crowd = 0;
  if (p.tty !== null) for (const other of k.state.processes.values()) if (other.sid === p.sid && other.host === p.host) crowd++;
  p.allowance -= FORK_COST * crowd;
  if (crowd >= SESSION_LIMIT) throw new SysError('EAGAIN');
  // Whatever may fail comes before the child: one that is half made would never end.
  const fds: [number, number][] = spec.fds === undefined ? [0, 1, 2].filter((fd) => p.fds.has(fd)).map((fd) => [fd, fd]) : Object.entries(spec.fds).map(([to, fd]) => [Number(to), fd]);
  const files = fds.map(([to, fd]) => [to, k.file(p, fd)] as const);
  const ctty = files.find(([to]) => to === spec.ctty)?.[1];
  if (spec.ctty !== undefined && (spec.newSession !== true || ctty?.kind !== 'tty' || !k.state.ttys.has(ctty.tty))) throw new SysError('ENOTTY');
  const spaces = spec.container === undefined ? null : enter(k, p, spec.container);
  const parent: Parent = { pid: p.pid, pgid: p.pgid, sid: p.sid, pidns: p.pidns, tty: p.tty, exec: null };
  const child = createProcess(k, { ...p, parent }, spec, spaces);
  child.allowance = Math.min(child.allowance, p.allowance);
  for (const [to, file] of files) {
    file.refs++;
    child.fds.set(to, file.id);
  }
  if (spec.ctty !== undefined) takeTerminal(k, child, spec.ctty);
  k.startThread(newThread(child, 'main', null, spec.saved));
  return child.pid;
}

function wait(k: Kernel, p: ProcessRecord, t: ThreadRecord, arg: Arg<'wait'>): unknown {
  let children = 0;
  for (const child of k.state.processes.values()) {
    if (child.ppid !== p.pid || !(arg.pid === -1 || arg.pid === child.pid || (arg.pid < -1 && child.pgid === -arg.pid))) continue;
    children++;
    if (child.status !== null) {
      k.reap(child);
      return { pid: child.pid, status: child.status };
    }
    if (child.stopped && !child.stopReported && arg.untraced) {
      child.stopReported = true;
      return { pid: child.pid, status: { code: null, signal: null, stopped: true } };
    }
  }
  if (children === 0) throw new SysError('ECHILD');
  return arg.nohang ? null : k.block(t, [p.object]);
}

function kill(k: Kernel, p: ProcessRecord, _t: ThreadRecord, { pid, signal }: Arg<'kill'>): null {
  if (pid <= 0) {
    const pgid = pid === 0 ? p.pgid : -pid;
    const members = [...k.state.processes.values()].filter((q) => q.pgid === pgid && q.host === p.host && q.status === null);
    if (members.length === 0) throw new SysError('ESRCH');
    if (signal !== null) for (const q of members) k.signal(q, signal);
    return null;
  }
  const target = p.pidns === 0 ? k.state.processes.get(pid) : [...k.state.processes.values()].find((q) => q.pidns === p.pidns && q.nspid === pid);
  if (target === undefined || target.host !== p.host) throw new SysError('ESRCH');
  if (p.uid !== 0 && target.uid !== p.uid) throw new SysError('EPERM');
  if (signal !== null && target.status === null) k.signal(target, signal);
  return null;
}

function infoOf(k: Kernel, q: ProcessRecord): ProcessInfo {
  const running = [...q.threads.values()].some((t) => t.status === 'ready' || t.status === 'delayed' || t.waiting?.op === 'cpu');
  return { pid: q.pid, ppid: q.ppid, pgid: q.pgid, sid: q.sid, uid: q.uid, gid: q.gid, program: q.program, argv: q.argv,
    state: q.status !== null ? 'Z' : q.stopped ? 'T' : running ? 'R' : 'S', startedAt: q.startedAt, cpuUs: q.cpuUs, tty: q.tty === null ? null : ttyLabel(q.tty), cgroup: q.cgroup,
    threads: q.threads.size, nspid: q.nspid, tpgid: q.tty === null ? -1 : k.state.ttys.get(q.tty)?.pgid ?? -1 };
}

function self(k: Kernel, p: ProcessRecord): Self {
  return { pid: p.pid, ppid: p.ppid, pgid: p.pgid, sid: p.sid, nspid: p.nspid, uid: p.uid, gid: p.gid,
    hostname: p.hostname ?? k.state.hosts.get(p.host)!.hostname, tty: p.tty === null ? null : ttyLabel(p.tty), netns: p.netns, cgroup: p.cgroup };
}

export const processCalls: Handlers = {
  spawn, wait, kill,
  exit: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, code: number) => {
    k.endProcess(p, { code: code & 255, signal: null, stopped: false });
    return null;
  },
  sigaction: (_k: Kernel, p: ProcessRecord, _t: ThreadRecord, { signal, action }: Arg<'sigaction'>) => {
    if (action === 'default') p.actions.delete(signal);
    else p.actions.set(signal, action);
    // What is no longer caught interrupts nothing any more.
    if (action !== 'catch' && p.pending.length > 0) p.pending = p.pending.filter((it) => it.signal !== signal);
    return null;
  },
  self: (k: Kernel, p: ProcessRecord) => self(k, p),
  environ: (_k: Kernel, p: ProcessRecord) => p.env,
  processes: (k: Kernel, p: ProcessRecord) => [...k.state.processes.values()].filter((q) => q.host === p.host && (p.pidns === 0 || q.pidns === p.pidns)).map((q) => infoOf(k, q)),
  setpgid: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { pid, pgid }: Arg<'setpgid'>) => {
    const target = pid === 0 ? p : k.state.processes.get(pid);
    if (target === undefined) throw new SysError('ESRCH');
    target.pgid = pgid === 0 ? target.pid : pgid;
    return null;
  },
  chdir: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, path: string) => {
    const found = k.vfs.resolve(p, path);
    if (found.inode.type !== 'dir') throw new SysError('ENOTDIR');
    k.vfs.permit(p, found, 1);
    p.cwd = found.path;
    return null;
  },
  getcwd: (_k: Kernel, p: ProcessRecord) => p.cwd,
  umask: (_k: Kernel, p: ProcessRecord, _t: ThreadRecord, mask: number | null) => {
    const old = p.umaskBits;
    if (mask !== null) p.umaskBits = mask & 0o777;
    return old;
  },
  thread: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { name, arg }: Arg<'thread'>) => {
    const t = newThread(p, name, arg, undefined);
    k.startThread(t);
    return t.tid;
  },
  endthread: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, tid: number) => {
    const t = p.threads.get(tid);
    if (t !== undefined && tid !== 1) k.dropThread(p, t);
    return null;
  },
  threads: (_k: Kernel, p: ProcessRecord) => [...p.threads.values()].map(({ tid, name, arg }) => ({ tid, name, arg })),
  checkpoint: (_k: Kernel, _p: ProcessRecord, t: ThreadRecord, saved: unknown) => {
    // As the first call it is where a restart has just led: a loop that begins with its checkpoint goes on from there.
    if (t.journalLength === 0 && t.nulls === 0) return null;
    restart(t, saved);
    return RESTART;
  },
};
export { BLOCK };
