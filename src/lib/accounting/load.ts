/** The load of a machine, as `uptime`, `top` and `w` show it: from what its processes burn. */
import type { ProcessInfo, VTime } from '../../kernel/sys.ts';
import { strftime } from '../tool/clock.ts';
import { cpuTime } from './index.ts';

/** The three averages. A machine that has just booted has been busy starting things; the longer averages lag behind. */
function loadAverages(all: readonly ProcessInfo[], bootedAt: VTime, at: VTime): readonly [number, number, number] {
  const running = all.filter((p) => p.state === 'R').length;
  const steady = all.reduce((sum, p) => sum + cpuTime(p, at) / Math.max(60e6, at - p.startedAt), 0);
  const up = (at - bootedAt) / 60e6;
  // Each average nears the steady load with its own time constant (1, 5, 15 minutes) from the boot's rush.
  const near = (minutes: number): number => {
    const past = 1 / (1 + (up / minutes) * (1 + up / minutes));
    return steady * (1 - past) + 1.9 * past * (minutes > 1 ? Math.min(1, up / minutes) : 1);
  };
  return [near(1) + Math.max(0, running - 1) * 0.05, near(5), near(15)];
}

/** `2:06`, `7 min`, `3 days,  4:05`. */
function short(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  return `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${minutes} min`}`;
}
/** The line that `uptime` prints and `top` begins with. */
export function uptimeLine(all: readonly ProcessInfo[], bootedAt: VTime, at: VTime): string {
  const users = new Set(all.filter((p) => p.tty !== null && p.pid === p.sid).map((p) => p.tty)).size;
  return ` ${strftime('%T', at)} up ${short(Math.floor((at - bootedAt) / 1e6))},  ${users} user${users > 1 ? 's' : ''},  load average: ${loadAverages(all, bootedAt, at).map((n) => n.toFixed(2)).join(', ')}`;
}
