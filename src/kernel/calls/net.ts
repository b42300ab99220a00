/**
 * Sockets within and between network namespaces. A connection is two endpoints with an inbox of frames each;
 * it exists from `connect` on (the backlog), whether or not the listener accepts. NAT rules of the host
 * rewrite destinations, as kube-proxy's iptables do.
 */
import { assertRoom } from '../descriptors.ts';
import { SysError } from '../errno.ts';
import type { Handlers, Kernel } from '../kernel.ts';
import type { KernelState, Listener, Netns, ProcessRecord, Socket, ThreadRecord } from '../state.ts';
import type { Address, SocketInfo, Syscalls } from '../sys.ts';
import { draw } from './table.ts';

type Arg<K extends keyof Syscalls> = Syscalls[K][0];
type P = ProcessRecord;
type T = ThreadRecord;

const FRAME_DELAY = 100;            // µs
const CONNECT_TIMEOUT = 127_000_000;
const UNREACHABLE_AFTER = 3_060_000;
const BACKLOG = 4096;
const INBOX = 100_000;

const loopback = (host: string): boolean => host.startsWith('127.') || host === '::1' || host === 'localhost';
const anyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::' || host === '';

function netnsOf(k: Kernel, p: P): Netns {
  const ns = k.state.netns.get(p.netns);
  if (ns === undefined) throw new SysError('ENETUNREACH');
  return ns;
}
const owns = (ns: Netns, host: string): boolean => loopback(host) || anyAddress(host) || ns.interfaces.some((i) => i.addr === host);

function listen(k: Kernel, p: P, _t: T, at: Address): number {
  const ns = netnsOf(k, p);
  assertRoom(p, 1);
  const id = k.newId();
  let inode: string | null = null;
  if (at.net === 'unix') {
    const loc = k.vfs.create(p, at.path, { type: 'sock', mode: 0o777 });
    inode = `${loc.fs}:${loc.ino}`;
  } else {
    if (!owns(ns, at.host)) throw new SysError('EADDRNOTAVAIL');
    for (const other of k.state.listeners.values()) {
      if (other.netns !== ns.id || other.net !== at.net || other.at.net === 'unix' || other.at.port !== at.port) continue;
      if (anyAddress(at.host) || anyAddress(other.at.host) || other.at.host === at.host) throw new SysError('EADDRINUSE');
    }
  }
  k.state.listeners.set(id, { id, net: at.net, netns: ns.id, at, inode, queue: [] });
  return k.openFile(p, { id: k.newId(), refs: 1, kind: 'listener', listener: id });
}

function accept(k: Kernel, p: P, t: T, fd: number): unknown {
  const file = k.file(p, fd);
  if (file.kind !== 'listener') throw new SysError('EINVAL');
  const listener = k.state.listeners.get(file.listener)!;
  const [id, ...rest] = listener.queue;
  if (id === undefined) return k.block(t, [listener.id]);
  assertRoom(p, 1);
  listener.queue = rest;
  const socket = k.state.sockets.get(id);
  const conn = k.openFile(p, { id: k.newId(), refs: 1, kind: 'socket', socket: id });
  return { fd: conn, peer: socket?.peer ?? { net: 'unix', path: '' } };
}

function findListener(k: Kernel, ns: Netns, net: 'tcp' | 'udp', host: string, port: number): Listener | null {
  for (const l of k.state.listeners.values()) {
    if (l.netns === ns.id && l.net === net && l.at.net !== 'unix' && l.at.port === port && (anyAddress(l.at.host) || l.at.host === host)) return l;
  }
  return null;
}

/** The namespace a packet to `host` ends up in, seen from `ns`; null when nobody answers there. */
function target(k: Kernel, ns: Netns, host: string): Netns | null {
  if (owns(ns, host)) return ns;
  for (const other of k.state.netns.values()) {
    if (k.state.hosts.get(other.host)?.on === true && other.interfaces.some((i) => i.up && i.addr === host)) return other;
  }
  return null;
}

function translate(k: Kernel, ns: Netns, to: Address & { net: 'tcp' | 'udp' }): { host: string; port: number } | 'refused' {
  const host = k.state.hosts.get(ns.host)!;
  for (const rules of host.nat.values()) {
    for (const rule of rules) {
      if (rule.net !== to.net || rule.port !== to.port || rule.host !== to.host) continue;
      if (rule.backends.length === 0) return 'refused';
      return rule.backends[draw(k, ns.host, 'nat') % rule.backends.length]!;
    }
  }
  return to;
}

function connectUnix(k: Kernel, p: P, path: string): number {
  const found = k.vfs.resolve(p, path);
  if (found.inode.type !== 'sock') throw new SysError('ECONNREFUSED');
  k.vfs.permit(p, found, 2);
  const inode = `${found.at.fs}:${found.at.ino}`;
  const listener = [...k.state.listeners.values()].find((l) => l.inode === inode);
  if (listener === undefined) throw new SysError('ECONNREFUSED');
  return establish(k, p, listener, { net: 'unix', path: '' }, { net: 'unix', path });
}

function establish(k: Kernel, p: P, listener: Listener, local: Address, peer: Address): number {
  if (listener.queue.length >= BACKLOG) throw new SysError('ECONNREFUSED');
  assertRoom(p, 1);
  const near = k.newId();
  const far = k.newId();
  const socket = (id: number, other: number, netns: number, a: Address, b: Address): Socket => ({ id, net: listener.net, netns, local: a, peer: b, other, inbox: [], eof: false, reset: false, shut: false });
  k.state.sockets.set(near, socket(near, far, p.netns, local, peer));
  k.state.sockets.set(far, socket(far, near, listener.netns, peer, local));
  listener.queue = [...listener.queue, far];
  k.wake(listener.id, FRAME_DELAY);
  return k.openFile(p, { id: k.newId(), refs: 1, kind: 'socket', socket: near });
}

function connect(k: Kernel, p: P, t: T, { to, timeout }: Arg<'connect'>): unknown {
  if (to.net === 'unix') return connectUnix(k, p, to.path);
  const ns = netnsOf(k, p);
  const dest = translate(k, ns, to);
  if (dest === 'refused') throw new SysError('ECONNREFUSED');
  const there = target(k, ns, dest.host);
  if (there === null) {
    const onLink = ns.routes.some((r) => r.via === null && sameNet(r.to, dest.host));
    if (ns.routes.length === 0) throw new SysError('ENETUNREACH');
    if (k.expired(t)) throw new SysError(onLink && (timeout === null || timeout > UNREACHABLE_AFTER) ? 'EHOSTUNREACH' : 'ETIMEDOUT');
    return k.block(t, [], Math.min(timeout ?? CONNECT_TIMEOUT, onLink ? UNREACHABLE_AFTER : CONNECT_TIMEOUT));
  }
  const listener = findListener(k, there, to.net, dest.host, dest.port);
  if (listener === null) throw new SysError('ECONNREFUSED');
  const source = loopback(dest.host) ? '127.0.0.1' : there === ns ? dest.host : ns.interfaces.find((i) => !loopback(i.addr))?.addr ?? '127.0.0.1';
  ns.nextPort = ns.nextPort >= 60_999 ? 32_768 : ns.nextPort + 2;
  return establish(k, p, listener, { net: to.net, host: source, port: ns.nextPort }, { net: to.net, host: dest.host, port: dest.port });
}

/** Whether IPv4 `host` lies in `cidr`. */
function sameNet(cidr: string, host: string): boolean {
  const [base, bits] = cidr.split('/');
  const number = (ip: string): number => ip.split('.').reduce((n, part) => n * 256 + Number(part), 0);
  const size = 2 << (31 - Number(bits ?? 32));
  return Number(bits) > 0 && Math.floor(number(base!) / size) === Math.floor(number(host) / size);
}

function socketOf(k: Kernel, p: P, fd: number): Socket {
  const file = k.file(p, fd);
  if (file.kind !== 'socket') throw new SysError('ENOTSOCK');
  const socket = k.state.sockets.get(file.socket);
  if (socket === undefined) throw new SysError('ENOTCONN');
  return socket;
}

function send(k: Kernel, p: P, _t: T, { fd, frame }: Arg<'send'>): null {
  const socket = socketOf(k, p, fd);
  if (socket.reset) throw new SysError('ECONNRESET');
  const other = socket.other === null ? undefined : k.state.sockets.get(socket.other);
  if (other === undefined) throw new SysError('EPIPE');
  if (other.inbox.length >= INBOX) throw new SysError('EAGAIN');
  other.inbox = other.inbox.length === 0 ? [frame] : [...other.inbox, frame];
  k.wake(other.id, other.net === 'unix' ? 20 : FRAME_DELAY);
  return null;
}

function recv(k: Kernel, p: P, t: T, { fd, timeout }: Arg<'recv'>): unknown {
  const socket = socketOf(k, p, fd);
  // As on Linux: what had arrived before the reset can still be read.
  if (socket.inbox.length > 0) {
    const frame = socket.inbox[0]!;
    socket.inbox = socket.inbox.length === 1 ? [] : socket.inbox.slice(1);
    return frame;
  }
  if (socket.reset) throw new SysError('ECONNRESET');
  if (socket.eof) return null;
  if (k.expired(t) || timeout === 0) throw new SysError('EAGAIN');
  return k.block(t, [socket.id], timeout);
}

/** Who holds each socket or listener open: object id → (pid, fd). */
function holders(state: KernelState): ReadonlyMap<number, { p: P; fd: number }> {
  const map = new Map<number, { p: P; fd: number }>();
  for (const p of state.processes.values()) {
    for (const [fd, id] of p.fds) {
      const file = state.open.get(id);
      if (file?.kind === 'socket') map.set(file.socket, { p, fd });
      else if (file?.kind === 'listener') map.set(file.listener, { p, fd });
    }
  }
  return map;
}

function sockets(k: Kernel, p: P): SocketInfo[] {
  const held = holders(k.state);
  const rows: SocketInfo[] = [];
  const row = (id: number, net: SocketInfo['net'], state: SocketInfo['state'], local: Address, peer: Address | null, recvQ: number): void => {
    const holder = held.get(id);
    rows.push({ net, state, local, peer, recvQ, pid: holder?.p.pid ?? 0, program: holder?.p.program ?? '', fd: holder?.fd ?? -1 });
  };
  for (const l of k.state.listeners.values()) if (l.netns === p.netns || l.net === 'unix') row(l.id, l.net, 'LISTEN', l.at, null, l.queue.length);
  for (const s of k.state.sockets.values()) if (s.netns === p.netns) row(s.id, s.net, s.eof ? 'CLOSE-WAIT' : 'ESTAB', s.local, s.peer, s.inbox.length);
  return rows;
}

/** A connection whose two ends are held open, from the process that connected to the one that accepted, and what was dialled. */
export interface Connection { readonly from: number; readonly to: number; readonly at: Address }

/** All connections of the world, across its namespaces: what no single program could see. */
export function connections(state: KernelState): readonly Connection[] {
  const held = holders(state);
  const found: Connection[] = [];
  for (const near of state.sockets.values()) {
    // The end that connects is made first.
    if (near.other === null || near.other < near.id || near.eof || near.reset || near.shut) continue;
    const [from, to] = [held.get(near.id), held.get(near.other)];
    if (from !== undefined && to !== undefined) found.push({ from: from.p.pid, to: to.p.pid, at: near.peer });
  }
  return found;
}

export const netCalls: Handlers = {
  listen, accept, connect, send, recv, sockets,
  sockname: (k: Kernel, p: P, _t: T, fd: number) => {
    const file = k.file(p, fd);
    if (file.kind === 'listener') return { local: k.state.listeners.get(file.listener)!.at, peer: null };
    const { local, peer } = socketOf(k, p, fd);
    return { local, peer };
  },
  newnetns: (k: Kernel, p: P, _t: T, { interfaces, routes }: Arg<'newnetns'>) => {
    const id = k.newId();
    k.state.netns.set(id, { id, host: p.host, interfaces, routes, nextPort: 32_768 + (draw(k, p.host, 'ports') % 10_000) });
    return id;
  },
  dropnetns: (k: Kernel, _p: P, _t: T, id: number) => (k.state.netns.delete(id), null),
  interfaces: (k: Kernel, p: P) => {
    const { interfaces, routes } = netnsOf(k, p);
    return { interfaces, routes };
  },
  setinterface: (k: Kernel, p: P, _t: T, { iface, remove }: Arg<'setinterface'>) => {
    const ns = netnsOf(k, p);
    const others = ns.interfaces.filter((i) => i.name !== iface.name);
    ns.interfaces = remove ? others : [...others, iface];
    return null;
  },
  nat: (k: Kernel, p: P, _t: T, { owner, rules }: Arg<'nat'>) => {
    const host = k.state.hosts.get(p.host)!;
    host.nat = new Map(host.nat).set(owner, rules);
    return null;
  },
};
