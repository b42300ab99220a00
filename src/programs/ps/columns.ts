/** The columns ps can show: header, width, side, and what stands in them. Models procps-ng 4's output.c. */
import { civil, dayName, monthName } from '../../base/time.ts';
import type { ProcessInfo, VTime } from '../../kernel/sys.ts';
import { commOf, cpuTime, rssKb, threadsOf, vszKb } from '../../lib/accounting/index.ts';
import { commandLine } from '../../lib/procps/index.ts';

export interface Context { readonly now: VTime; readonly memKb: number; readonly users: ReadonlyMap<number, string>; readonly groups: ReadonlyMap<number, string>; readonly prefix: ReadonlyMap<number, string> }
export interface Column { readonly header: string; readonly width: number; readonly left?: boolean; readonly show: (p: ProcessInfo, c: Context) => string; /** For --sort. */ readonly key?: (p: ProcessInfo, c: Context) => number | string }

const two = (n: number): string => String(n).padStart(2, '0');
const elapsed = (p: ProcessInfo, c: Context): number => Math.max(0, c.now - p.startedAt);
const user = (p: ProcessInfo, c: Context): string => c.users.get(p.uid) ?? String(p.uid);

/** `00:00:07`, with days in front when there are any. */
function clock(us: number): string {
  const s = Math.floor(us / 1e6);
  const days = Math.floor(s / 86400);
  return `${days > 0 ? `${two(days)}-` : ''}${two(Math.floor(s / 3600) % 24)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
const bsdTime = (us: number): string => `${Math.floor(us / 60e6)}:${two(Math.floor(us / 1e6) % 60)}`;
function elapsedText(us: number): string {
  const s = Math.floor(us / 1e6);
  const days = Math.floor(s / 86400);
  const hours = Math.floor(s / 3600) % 24;
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return days > 0 ? `${days}-${two(hours)}:${rest}` : hours > 0 ? `${two(hours)}:${rest}` : rest;
}
/** `08:19` today, `Aug18` before. */
function startText(p: ProcessInfo, c: Context): string {
  const t = civil(p.startedAt);
  return c.now - p.startedAt < 86400e6 ? `${two(t.hour)}:${two(t.minute)}` : `${monthName(t.month)}${two(t.day)}`;
}
function longStart(p: ProcessInfo): string {
  const t = civil(p.startedAt);
  return `${dayName(t.weekday)} ${monthName(t.month)} ${String(t.day).padStart(2)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${t.year}`;
}
/** Of whole seconds lived, so that what has just begun shows 0. */
function perCpu(p: ProcessInfo, c: Context): number {
  const seconds = Math.floor(elapsed(p, c) / 1e6);
  return seconds === 0 ? 0 : cpuTime(p, c.now) / seconds / 1e4;
}
const perMemory = (p: ProcessInfo, c: Context): number => (rssKb(p, c.now) * 100) / c.memKb;
const tenth = (n: number): string => (Math.floor(n * 10) / 10).toFixed(1);

/** `Ssl+`: state, session leader, threads, foreground. */
function stat(p: ProcessInfo): string {
  return `${p.state}${p.pid === p.sid ? 's' : ''}${threadsOf(p) > 1 ? 'l' : ''}${p.tpgid > 0 && p.pgid === p.tpgid ? '+' : ''}`;
}
const args = (p: ProcessInfo, c: Context): string => (c.prefix.get(p.pid) ?? '') + commandLine(p);

const number = (header: string, width: number, get: (p: ProcessInfo, c: Context) => number): Column => ({ header, width, show: (p, c) => String(get(p, c)), key: get });
const text = (header: string, width: number, show: (p: ProcessInfo, c: Context) => string, key?: (p: ProcessInfo, c: Context) => number | string): Column => ({ header, width, left: true, show, key: key ?? show });

const pcpu: Column = { header: '%CPU', width: 4, show: (p, c) => tenth(perCpu(p, c)), key: perCpu };
const pmem: Column = { header: '%MEM', width: 4, show: (p, c) => tenth(perMemory(p, c)), key: perMemory };
const time: Column = { header: 'TIME', width: 8, show: (p, c) => clock(cpuTime(p, c.now)), key: (p, c) => cpuTime(p, c.now) };
const tty = text('TT', 8, (p) => p.tty ?? '?');
const started = { width: 5, show: startText, key: (p: ProcessInfo) => p.startedAt };

export const COLUMNS: Readonly<Record<string, Column>> = {
  pid: number('PID', 7, (p) => p.pid), ppid: number('PPID', 7, (p) => p.ppid), pgid: number('PGID', 7, (p) => p.pgid), sid: number('SID', 7, (p) => p.sid), tpgid: number('TPGID', 7, (p) => p.tpgid),
  uid: number('UID', 5, (p) => p.uid), gid: number('GID', 5, (p) => p.gid), user: text('USER', 8, user), group: text('GROUP', 8, (p, c) => c.groups.get(p.gid) ?? String(p.gid)),
  '%cpu': pcpu, pcpu, '%mem': pmem, pmem, c: number('C', 2, (p, c) => Math.min(99, Math.floor(perCpu(p, c)))), vsz: number('VSZ', 6, (p) => vszKb(p)), rss: number('RSS', 5, (p, c) => rssKb(p, c.now)), sz: number('SZ', 5, (p) => Math.round(vszKb(p) / 4)),
  tty: { ...tty, header: 'TT' }, stat: text('STAT', 4, stat), s: text('S', 1, (p) => p.state), f: number('F', 1, () => 4), pri: number('PRI', 3, () => 19), ni: number('NI', 3, () => 0), nlwp: number('NLWP', 4, (p) => threadsOf(p)),
  wchan: text('WCHAN', 6, () => '-'), addr: text('ADDR', 4, () => '-'), psr: number('PSR', 3, (p) => p.pid % 2),
  stime: { header: 'STIME', ...started }, start: { header: 'STARTED', width: 8, show: startText, key: (p) => p.startedAt }, bsdstart: { header: 'START', ...started }, lstart: { header: 'STARTED', width: 24, show: longStart, key: (p) => p.startedAt },
  time, bsdtime: { header: 'TIME', width: 6, show: (p, c) => bsdTime(cpuTime(p, c.now)), key: (p, c) => cpuTime(p, c.now) },
  etime: { header: 'ELAPSED', width: 11, show: (p, c) => elapsedText(elapsed(p, c)), key: elapsed }, etimes: number('ELAPSED', 7, (p, c) => Math.floor(elapsed(p, c) / 1e6)),
  comm: text('COMMAND', 15, (p, c) => (c.prefix.get(p.pid) ?? '') + commOf(p)), args: text('COMMAND', 27, args), cgroup: text('CGROUP', 27, (p) => `0::${p.cgroup}`), unit: text('UNIT', 31, (p) => /\/([^/]+\.(?:service|scope|slice))(?:\/|$)/.exec(p.cgroup)?.[1] ?? '-'),
};

/** Other names of columns. */
export const ALIASES: Readonly<Record<string, string>> = {
  cmd: 'args', command: 'args', ucmd: 'comm', ucomm: 'comm', fname: 'comm', euser: 'user', ruser: 'user', uname: 'user', euid: 'uid', ruid: 'uid', egid: 'gid', rssize: 'rss', rsz: 'rss', vsize: 'vsz', tt: 'tty', tname: 'tty', state: 's', nice: 'ni', thcount: 'nlwp',
  sess: 'sid', session: 'sid', pgrp: 'pgid', cputime: 'time', start_time: 'stime', lwp: 'pid', tid: 'pid', spid: 'pid', cp: 'c',
};
export const HEADER_OVERRIDES: Readonly<Record<string, string>> = { cmd: 'CMD' };
