/** free of procps-ng 4, and BusyBox' in its layout: the node's memory, from what its processes hold. */
import { checkpoint, cpu, now, processes, sleep, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { memoryOf } from '../../lib/accounting/memory.ts';
import { appletUsage, busyboxHere } from '../../lib/busybox/index.ts';
import { getopt } from '../../lib/getopt/index.ts';

const SHORT = 'bkmghltwvVs:c:L';
const LONG = { bytes: 'b', kibi: 'k', mebi: 'm', gibi: 'g', human: 'h', total: 't', wide: 'w', lohi: 'l', seconds: 's:', count: 'c:', version: 'V', help: '', kilo: '', mega: '', giga: '', si: '' };

function human(kb: number): string {
  let value = kb;
  for (const unit of ['Ki', 'Mi', 'Gi']) {
    if (value < 1000 || unit === 'Gi') return value < 10 && unit !== 'Ki' ? `${value.toFixed(1)}${unit}` : `${Math.floor(value)}${unit}`;
    value /= 1024;
  }
  return '';
}

interface Asked { readonly unit: string; readonly total: boolean; readonly wide: boolean; readonly busybox: boolean; readonly every: number | null; readonly left: number | null }

function* table(asked: Asked): Coroutine<string> {
  const { total, used, cache, free: rest, available } = memoryOf(yield* processes(), (yield* uname()).memKb, yield* now());
  const shared = 4_860;
  const show = (kb: number) => (asked.unit === 'h' ? (kb === 0 ? '0B' : human(kb)) : String(Math.floor(asked.unit === 'b' ? kb * 1024 : asked.unit === 'm' ? kb / 1024 : asked.unit === 'g' ? kb / 1_048_576 : kb))).padStart(12);
  const row = (name: string, values: readonly number[]) => `${name.padEnd(asked.busybox ? 7 : 8)}${values.map(show).join('')}\n`.replace(/^(\S+\s*?) {0}/, '$1');
  const buffers = Math.round(cache * 0.06);
  const middle = asked.wide ? [buffers, cache - buffers] : [cache];
  if (asked.busybox) return `${' '.repeat(7)}${['total', 'used', 'free', 'shared', 'buff/cache', 'available'].map((name) => name.padStart(12)).join('')}\n${row('Mem:', [total, used, rest, shared, cache, available])}${row('Swap:', [0, 0, 0])}`;
  const header = asked.wide ? '               total        used        free      shared     buffers       cache   available\n' : '               total        used        free      shared  buff/cache   available\n';
  return header + row('Mem:', [total, used, rest, shared, ...middle, available]) + row('Swap:', [0, 0, 0]) + (asked.total ? row('Total:', [total, used, rest]) : '');
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let asked = saved as unknown as Asked | undefined;
  if (asked === undefined) {
    yield* cpu(2000);
    const { options, error } = getopt(argv.slice(1), SHORT, LONG);
    const build = yield* busyboxHere();
    if (build !== null && error !== null) return yield* appletUsage(build, 'free', error);
    if (error !== null) {
      yield* write(2, `free: ${error}\n\nUsage:\n free [options]\n\nFor more details see free(1).\n`);
      return 1;
    }
    const value = (name: string) => options.findLast((o) => o.name === name)?.value ?? null;
    const every = value('s') === null ? null : Number(value('s')) * 1e6;
    asked = { unit: options.findLast((o) => 'bkmgh'.includes(o.name))?.name ?? 'k', total: options.some((o) => o.name === 't'), wide: options.some((o) => o.name === 'w'), busybox: build !== null, every: every ?? (value('c') === null ? null : 1e6), left: value('c') === null ? null : Number(value('c')) };
  }
  for (;;) {
    if (asked.every !== null) yield* checkpoint(asked);
    yield* write(1, yield* table(asked));
    asked = { ...asked, left: asked.left === null ? null : asked.left - 1 };
    if (asked.every === null || asked.left === 0) return 0;
    yield* write(1, '\n');
    yield* sleep(asked.every);
  }
}

export const program: Program = { name: 'free', main };
