/** mount, umount and findmnt of util-linux: they show what is mounted; mounting is not modelled. */
import { cpu, readFile, write } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';

function* table(): Coroutine<string[][]> {
  try {
    return (yield* readFile('/proc/mounts')).split('\n').filter((l) => l !== '').map((l) => l.split(' '));
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return [];
  }
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  const name = argv[0]!.replace(/^.*\//, '');
  const rows = yield* table();
  const words = argv.slice(1);
  if (name === 'mount' && (words.length === 0 || words[0] === '-l' || (words[0] === '-t' && words.length === 2))) {
    const types = words[0] === '-t' ? words[1]!.split(',') : null;
    for (const [source, target, type, options] of rows) if (types === null || types.includes(type!)) yield* write(1, `${source} on ${target} type ${type} (${options})\n`);
    return 0;
  }
  if (name === 'findmnt' && words.every((w) => !w.startsWith('-'))) {
    const shown = words.length === 0 ? rows : rows.filter((r) => words.includes(r[1]!) || words.includes(r[0]!));
    if (shown.length === 0) return 1;
    const widths = [0, 1, 2].map((i) => Math.max(['TARGET', 'SOURCE', 'FSTYPE'][i]!.length, ...shown.map((r) => r[[1, 0, 2][i]!]!.length)));
    yield* write(1, [['SOURCE', 'TARGET', 'FSTYPE', 'OPTIONS'], ...shown].map((r) => `${r[1]!.padEnd(widths[0]!)} ${r[0]!.padEnd(widths[1]!)} ${r[2]!.padEnd(widths[2]!)} ${r[3]}\n`).join(''));
    return 0;
  }
  yield* write(2, `${name}: ${words.join(' ')}: not available in this lab\n`);
  return 1;
}

export const program: Program = { name: 'mount', main };
