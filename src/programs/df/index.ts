/** df of coreutils, and BusyBox' in its layout, over the node's fixed set of filesystems. Usage does not follow every write. */
import { cpu, mounts, realpath, self, write } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { appletUsage, busyboxHere } from '../../lib/busybox/index.ts';
import { getopt } from '../../lib/getopt/index.ts';

interface Disk { readonly source: string; readonly type: string; readonly kb: number; readonly used: number; readonly inodes: number; readonly inodesUsed: number; readonly target: string }
const DISKS: readonly Disk[] = [
  { source: 'udev', type: 'devtmpfs', kb: 1_981_940, used: 0, inodes: 495_485, inodesUsed: 376, target: '/dev' }, { source: 'tmpfs', type: 'tmpfs', kb: 401_812, used: 1_244, inodes: 502_265, inodesUsed: 742, target: '/run' },
  { source: '/dev/vda1', type: 'ext4', kb: 20_469_920, used: 5_836_412, inodes: 1_290_240, inodesUsed: 96_318, target: '/' }, { source: 'tmpfs', type: 'tmpfs', kb: 2_009_060, used: 0, inodes: 502_265, inodesUsed: 1, target: '/dev/shm' },
  { source: 'tmpfs', type: 'tmpfs', kb: 5_120, used: 0, inodes: 502_265, inodesUsed: 3, target: '/run/lock' },
];
const LONG = { human: 'h', 'human-readable': 'h', si: 'H', inodes: 'i', 'print-type': 'T', type: 't:', all: 'a', local: 'l', 'block-size': 'B:', portability: 'P', total: '', output: '::', 'exclude-type': 'x:', sync: '', 'no-sync': '', help: '', version: '' };

function human(kb: number, base: number): string {
  if (kb === 0) return '0';
  let value = base === 1024 ? kb : (kb * 1024) / 1000;
  for (const unit of ['K', 'M', 'G', 'T']) {
    if (value < base || unit === 'T') return value < 10 ? `${(Math.ceil(value * 10) / 10).toFixed(1)}${unit}` : `${Math.ceil(value)}${unit}`;
    value /= base;
  }
  return '';
}

/** `Filesystem           1K-blocks      Used Available Use% Mounted on` */
function busyboxRows(cells: readonly (readonly string[])[], size: string, types: boolean): string {
  const head = types ? ['Filesystem', 'Type', size, 'Used', 'Available', 'Use%', 'Mounted on'] : ['Filesystem', size, 'Used', 'Available', 'Use%', 'Mounted on'];
  return [head, ...cells].map((row) => {
    const [name = '', ...rest] = row;
    const [total = '', used = '', free = '', share = '', target = ''] = types ? rest.slice(1) : rest;
    return `${name.padEnd(20)} ${types ? `${rest[0]!.padEnd(10)} ` : ''}${total.padStart(9)} ${used.padStart(9)} ${free.padStart(9)} ${share.padStart(4)} ${target}\n`;
  }).join('');
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  const { options, operands, error } = getopt(argv.slice(1), 'hHikTt:alB:Px:mv', LONG);
  const has = (name: string) => options.some((o) => o.name === name);
  const build = yield* busyboxHere();
  if (build !== null && error !== null) return yield* appletUsage(build, 'df', error);
  if (error !== null) {
    yield* write(2, `df: ${error}\nTry 'df --help' for more information.\n`);
    return 1;
  }
  const inContainer = (yield* self()).pid !== (yield* self()).nspid;
  const types = options.flatMap((o) => (o.name === 't' ? [o.value!] : []));
  let rows = inContainer ? [{ ...DISKS[2]!, source: 'overlay', type: 'overlay' }, ...(yield* mounts()).filter((m) => m.target !== '/').map((m) => ({ ...DISKS[2]!, target: m.target }))] : DISKS.filter((d) => types.length === 0 || types.includes(d.type));
  let code = 0;
  if (operands.length > 0) {
    const all = rows;
    rows = [];
    for (const path of operands) {
      try {
        const real = yield* realpath(path);
        const disk = all.filter((d) => real === d.target || real.startsWith(d.target === '/' ? '/' : `${d.target}/`)).sort((a, b) => b.target.length - a.target.length)[0];
        if (disk !== undefined) rows = [...rows, disk];
      } catch (caught) {
        const why = errnoOf(caught);
        if (why === null) throw caught;
        yield* write(2, `df: ${path}: ${strerror(why)}\n`);
        code = 1;
      }
    }
    if (rows.length === 0) {
      if (code === 0) yield* write(2, 'df: no file systems processed\n');
      return 1;
    }
  }
  const show = (kb: number) => (has('h') ? human(kb, 1024) : has('H') ? human(kb, 1000) : has('m') ? String(Math.ceil(kb / 1024)) : String(kb));
  const reserve = (d: Disk) => (d.type === 'ext4' || d.type === 'overlay' ? Math.round(d.kb * 0.05) : 0);
  const percent = (used: number, free: number) => (used + free === 0 ? '-' : `${Math.ceil((used * 100) / (used + free))}%`);
  const cells = rows.map((d) => {
    const free = d.kb - d.used - reserve(d);
    const numbers = has('i') ? [String(d.inodes), String(d.inodesUsed), String(d.inodes - d.inodesUsed), percent(d.inodesUsed, d.inodes - d.inodesUsed)] : [show(d.kb), show(d.used), show(free), percent(d.used, free)];
    return [d.source, ...(has('T') ? [d.type] : []), ...numbers, d.target];
  });
  const head = ['Filesystem', ...(has('T') ? ['Type'] : []), ...(has('i') ? ['Inodes', 'IUsed', 'IFree', 'IUse%'] : [has('h') || has('H') ? 'Size' : has('m') ? '1M-blocks' : has('P') ? '1024-blocks' : '1K-blocks', 'Used', has('h') || has('H') ? 'Avail' : 'Available', has('P') ? 'Capacity' : 'Use%']), 'Mounted on'];
  if (build !== null) {
    yield* write(1, busyboxRows(cells, has('i') ? 'Inodes' : has('h') || has('H') ? 'Size' : has('m') ? '1M-blocks' : '1K-blocks', has('T')));
    return code;
  }
  const lefts = has('T') ? 2 : 1;
  const widths = head.map((h, i) => Math.max(i === 0 ? 14 : i < lefts ? 4 : h === 'Used' ? 5 : h.length, h.length, ...cells.map((c) => c[i]!.length)));
  const line = (c: readonly string[]) => c.map((text, i) => (i === c.length - 1 ? text : i < lefts ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join(' ');
  yield* write(1, [head, ...cells].map((c) => `${line(c)}\n`).join(''));
  return code;
}

export const program: Program = { name: 'df', main };
