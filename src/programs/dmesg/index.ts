/** dmesg of util-linux: the kernel's ring buffer from /dev/kmsg. */
import { cpu, readFile, uname, write } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { civil, dayName, monthName } from '../../base/time.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { page } from '../../lib/pager/index.ts';

const LONG = { ctime: 'T', human: 'H', nopager: 'P', level: 'l:', facility: 'f:', follow: 'w', kernel: 'k', notime: 't', reltime: 'e', decode: 'x', color: 'L::', clear: 'C', 'read-clear': 'c', help: 'h', version: 'V', 'time-format': ':' };
const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];
const two = (n: number): string => String(n).padStart(2, '0');

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(3000);
  const { options, error } = getopt(argv.slice(1), 'THPl:f:wkterxL::CchVnW', LONG);
  const has = (name: string) => options.some((o) => o.name === name);
  const refused = options.find((o) => ['w', 'W', 'f', 'C', 'c', 'e', 'time-format'].includes(o.name));
  if (error !== null || refused !== undefined) {
    yield* write(2, error === null ? `dmesg: -${refused!.name} is not available in this lab\n` : `dmesg: ${error}\nTry 'dmesg --help' for more information.\n`);
    return 1;
  }
  let kmsg: string;
  try {
    kmsg = yield* readFile('/dev/kmsg');
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    yield* write(2, `dmesg: read kernel buffer failed: ${strerror(code)}\n`);
    return 1;
  }
  const levels = options.flatMap((o) => (o.name === 'l' ? o.value!.split(',') : []));
  const { bootedAt } = yield* uname();
  const lines = kmsg.split('\n').flatMap((line) => {
    const found = /^(\d+),\d+,(\d+),[^;]*;(.*)$/.exec(line);
    if (found === null) return [];
    const [priority, us, text] = [Number(found[1]) & 7, Number(found[2]), found[3]!];
    if (levels.length > 0 && !levels.includes(LEVELS[priority]!)) return [];
    const t = civil(bootedAt + us);
    const stamp = has('t') ? '' : has('T') || has('H') ? `[${dayName(t.weekday)} ${monthName(t.month)} ${String(t.day).padStart(2)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${t.year}] ` : `[${String(Math.floor(us / 1e6)).padStart(5)}.${String(us % 1e6).padStart(6, '0')}] `;
    return [`${has('x') ? `kern  :${LEVELS[priority]!.padEnd(6)}: ` : ''}${stamp}${text}\n`];
  });
  yield* page(lines.join(''), has('H') && !has('P'));
  return 0;
}

export const program: Program = { name: 'dmesg', main };
