/**
 * What processes use beyond what the kernel counts: memory, threads and background CPU time of real programs of that
 * name, as plausible rows. Used by ps, free, systemctl and whoever else shows them, so that they agree.
 */
import type { ProcessInfo, VTime } from '../../kernel/sys.ts';

interface Row { /** Resident, KiB. */ readonly rss: number; readonly vsz: number; readonly threads: number; /** Parts of a CPU used while running, per mille. */ readonly busy: number }

const row = (rss: number, vsz: number, threads = 1, busy = 0): Row => ({ rss, vsz, threads, busy });
const ROWS: Readonly<Record<string, Row>> = {
  systemd: row(12_300, 102_080), 'systemd-journald': row(14_100, 49_500), 'system-daemon': row(6_600, 9_150), bash: row(4_900, 7_400),
  containerd: row(58_200, 1_945_000, 12, 6), 'containerd-shim-runc-v2': row(13_300, 1_233_000, 11, 0.4), kubelet: row(92_400, 2_044_000, 14, 17),
  'kube-apiserver': row(268_000, 1_520_000, 10, 31), etcd: row(52_600, 11_730_000, 9, 14), 'kube-controller-manager': row(112_000, 1_318_000, 7, 13), 'kube-scheduler': row(56_800, 1_294_000, 8, 5),
  'kube-proxy': row(41_900, 1_292_000, 6, 0.5), coredns: row(47_300, 1_278_000, 9, 1.4), flanneld: row(34_000, 1_410_000, 10, 0.8), nginx: row(6_100, 11_000), pause: row(640, 1_020), kubectl: row(46_000, 1_284_000, 9),
  less: row(2_300, 5_600), vi: row(10_300, 24_800), vim: row(10_300, 24_800), ps: row(4_200, 11_200),
};
const DEFAULT = row(1_900, 5_500);

const rowOf = (p: Pick<ProcessInfo, 'program'>): Row => ROWS[p.program] ?? DEFAULT;

/** Resident memory, KiB: grows over the first minutes as a heap does, and differs a little from process to process. */
export function rssKb(p: Pick<ProcessInfo, 'program' | 'pid' | 'startedAt'>, at: VTime): number {
  const { rss } = rowOf(p);
  const age = Math.max(0, at - p.startedAt) / 1e6;
  const warm = rss > 20_000 ? 0.62 + 0.38 * (age / (age + 90)) : 1;
  return Math.round((rss * warm * (1000 + ((p.pid * 37) % 61) - 30)) / 4000) * 4;
}
export const vszKb = (p: Pick<ProcessInfo, 'program'>): number => rowOf(p).vsz;
export const threadsOf = (p: Pick<ProcessInfo, 'program' | 'threads'>): number => Math.max(rowOf(p).threads, 1);
/** CPU time, µs: what the kernel counted and what the program burns while it waits. */
export const cpuTime = (p: Pick<ProcessInfo, 'program' | 'cpuUs' | 'startedAt'>, at: VTime): number => p.cpuUs + Math.round((Math.max(0, at - p.startedAt) * rowOf(p).busy) / 1000);

/** How `ps` and the kernel name a process: the basename of what runs, at most 15 letters. */
export function commOf(p: Pick<ProcessInfo, 'program' | 'argv'>): string {
  const first = (p.argv[0] ?? p.program).replace(/^-/, '').replace(/:.*$/, '');
  return first.replace(/^.*\//, '').slice(0, 15);
}
