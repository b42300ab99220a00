/** Tables, time, chance, the rom, and `poll`, which waits for any of them. */
import { SysError } from '../errno.ts';
import type { Handlers, Kernel } from '../kernel.ts';
import type { ProcessRecord, ThreadRecord } from '../state.ts';
import { Table } from '../table.ts';
import type { PollResult, Signal, Syscalls } from '../sys.ts';
import { readable, waitObject } from './readable.ts';

/** What a call takes in the eyes of a log (law C4). */
const STAMP_US = 1;

type Arg<K extends keyof Syscalls> = Syscalls[K][0];

function tableOf(k: Kernel, p: ProcessRecord, name: string): Table {
  let table = p.tables.get(name);
  if (table === undefined) {
    table = new Table(k.newId());
    p.tables.set(name, table);
  }
  return table;
}

/** One 32-bit word of the host's named stream (splitmix32 over an FNV-1a of seed, host and name). */
function draw(k: Kernel, host: string, stream: string): number {
  const { randoms } = k.state.hosts.get(host)!;
  let s = randoms.get(stream);
  if (s === undefined) {
    s = 2166136261;
    for (const c of `${k.state.seed}/${host}/${stream}`) s = Math.imul(s ^ c.charCodeAt(0), 16777619);
  }
  s = (s + 0x9e3779b9) | 0;
  randoms.set(stream, s);
  let z = s;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

const NOTHING: readonly never[] = [];

function poll(k: Kernel, p: ProcessRecord, t: ThreadRecord, spec: Arg<'poll'>): unknown {
  let fds: number[] | readonly never[] = NOTHING;
  let tables: string[] | readonly never[] = NOTHING;
  const objects: number[] = [];
  for (const fd of spec.fds ?? NOTHING) {
    const file = k.file(p, fd);
    if (readable(k, file)) fds = [...fds, fd];
    else objects.push(waitObject(k, file));
  }
  for (const { table, since } of spec.tables ?? NOTHING) {
    const it = tableOf(k, p, table);
    if (it.version !== since) tables = [...tables, table];
    else objects.push(it.object);
  }
  let signal: Signal | null = null;
  if (spec.signals === true && p.pending.length > 0) {
    signal = p.pending[0]!.signal;
    p.pending = p.pending.slice(1);
  }
  const done = fds.length > 0 || tables.length > 0 || signal !== null;
  const timedOut = !done && (k.expired(t) || (spec.timeout !== undefined && spec.timeout <= 0));
  if (done || timedOut) return { fds, tables, signal, timedOut } satisfies PollResult;
  return k.block(t, objects, spec.timeout ?? null);
}

function pause(k: Kernel, t: ThreadRecord, us: number): unknown {
  if (us <= 0 || k.expired(t)) return null;
  return k.block(t, [], us);
}

export { draw };
export const tableCalls: Handlers = {
  get: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { table, key }: Arg<'get'>) => tableOf(k, p, table).tree.get(key),
  put: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { table, key, value }: Arg<'put'>) => {
    const it = tableOf(k, p, table);
    it.put(key, value);
    k.wake(it.object);
    return null;
  },
  del: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { table, key }: Arg<'del'>) => {
    const it = tableOf(k, p, table);
    const there = it.del(key);
    if (there) k.wake(it.object);
    return there;
  },
  view: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, name: string) => tableOf(k, p, name).view(),
  poll,
  now: (k: Kernel) => k.now,
  stamp: (k: Kernel, p: ProcessRecord) => k.now + STAMP_US * k.callsOf(p),
  sleep: (k: Kernel, _p: ProcessRecord, t: ThreadRecord, us: number) => pause(k, t, us),
  cpu: (k: Kernel, p: ProcessRecord, t: ThreadRecord, us: number) => {
    if (k.expired(t)) p.cpuUs += us;
    return pause(k, t, us);
  },
  tick: () => null,
  random: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { stream, count }: Arg<'random'>) => {
    const words: number[] = [];
    while (words.length < count) words.push(draw(k, p.host, stream));
    return words;
  },
  rom: (k: Kernel, _p: ProcessRecord, _t: ThreadRecord, key: string) => k.rom.get(key),
  device: (k: Kernel, p: ProcessRecord, t: ThreadRecord, { name, request }: Arg<'device'>) => {
    // The request stays open over several calls: `{resume: true}` waits for the next reply to it.
    let open = [...k.state.devices.values()].find((d) => d.pid === p.pid && d.tid === t.tid && d.name === name);
    const resume = typeof request === 'object' && request !== null && 'resume' in request;
    if (open === undefined) {
      if (resume) throw new SysError('EINVAL');
      open = { id: k.newId(), pid: p.pid, tid: t.tid, host: p.host, name, request, replies: [] };
      k.state.devices.set(open.id, open);
    }
    const [reply, ...rest] = open.replies;
    if (reply === undefined) return k.block(t, []);
    open.replies = rest;
    if (typeof reply === 'object' && reply !== null && 'event' in reply && reply['event'] === 'quit') k.state.devices.delete(open.id);
    return reply;
  },
  uname: (k: Kernel, p: ProcessRecord) => {
    const host = k.state.hosts.get(p.host)!;
    return { ...host.spec.uname, hostname: p.hostname ?? host.hostname, bootedAt: host.bootedAt };
  },
  sethostname: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, name: string) => {
    k.state.hosts.get(p.host)!.hostname = name;
    return null;
  },
};
