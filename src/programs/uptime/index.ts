/** uptime(1) of procps 4: how long the node runs, who is on it, its load. Also `w`, whose table is of terminals. */
import { cpu, now, processes, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { uptimeLine } from '../../lib/accounting/load.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { strftime } from '../../lib/tool/clock.ts';
import { quietly } from '../../lib/tool/index.ts';

const USAGE = '\nUsage:\n uptime [options]\n\nOptions:\n -p, --pretty   show uptime in pretty format\n -h, --help     display this help and exit\n -s, --since    system up since\n -V, --version  output version information and exit\n\nFor more details see uptime(1).\n';

function pretty(seconds: number): string {
  const units: readonly [number, string][] = [[Math.floor(seconds / 604_800), 'week'], [Math.floor(seconds / 86_400) % 7, 'day'], [Math.floor(seconds / 3600) % 24, 'hour'], [Math.floor(seconds / 60) % 60, 'minute']];
  return `up ${units.filter(([n], i) => n > 0 || (i === 3 && seconds < 60)).map(([n, unit]) => `${n} ${unit}${n === 1 ? '' : 's'}`).join(', ')}`;
}
function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'phsV', { pretty: 'p', help: 'h', since: 's', version: 'V' });
  if (error !== null || operands.length > 0) {
    yield* write(2, error === null ? USAGE : `uptime: ${error}\n${USAGE}`);
    return 1;
  }
  const at = yield* now();
  const { bootedAt } = yield* uname();
  const seconds = Math.floor((at - bootedAt) / 1e6);
  const kind = options[0]?.name;
  if (kind === 'h') yield* write(1, USAGE);
  else if (kind === 'V') yield* write(1, 'uptime from procps-ng 4.0.2\n');
  else if (kind === 's') yield* write(1, `${strftime('%F %T', bootedAt)}\n`);
  else if (kind === 'p') yield* write(1, `${pretty(seconds)}\n`);
  else {
    yield* write(1, `${uptimeLine(yield* processes(), bootedAt, at)}\n`);
  }
  return 0;
}

export const program: Program = { name: 'uptime', main: (argv) => quietly(body(argv)) };
