/** hostname(1): the machine's name and addresses. A name that is set holds until the next boot; /etc/hostname is hostnamectl's part. */
import { cpu, interfaces, readFile, self, sys, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, reason } from '../../lib/tool/index.ts';

const USAGE = 'Usage: hostname [-b] {hostname|-F file}         set host name (from file)\n       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name\n       hostname                                 display host name\n';
const LONG = { alias: 'a', 'all-fqdns': 'A', boot: 'b', domain: 'd', fqdn: 'f', long: 'f', file: 'F:', 'ip-address': 'i', 'all-ip-addresses': 'I', short: 's', yp: 'y', nis: 'y' };

/** The name a file holds: its first line that is no comment. */
const firstName = (text: string): string => text.split('\n').map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#')) ?? '';

function* rename(file: string | null, given: string): Coroutine<number> {
  let name = given;
  try {
    if (file !== null) name = firstName(yield* readFile(file));
  } catch (caught) {
    yield* complain('hostname', reason(caught));
    return 1;
  }
  if ((yield* self()).uid !== 0) {
    yield* complain('hostname', 'you must be root to change the host name');
    return 1;
  }
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/.test(name)) {
    yield* complain('hostname', 'the specified hostname is invalid');
    return 1;
  }
  yield* sys('sethostname', name);
  return 0;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'aAbdfF:iIsy', LONG);
  if (error !== null) {
    yield* write(2, `hostname: ${error}\n${USAGE}`);
    return 255;
  }
  const kind = options.at(-1)?.name ?? '';
  const file = options.find((option) => option.name === 'F')?.value ?? null;
  if (operands.length > 0 || file !== null) return yield* rename(file, operands[0] ?? '');
  if (kind === 'b') {
    yield* complain('hostname', '-b is not available in this lab');
    return 1;
  }
  const { hostname } = yield* uname();
  const addresses = (yield* interfaces()).interfaces.filter((i) => i.name !== 'lo' && i.up && i.addr !== '').map((i) => i.addr);
  switch (kind) {
    case 'a': yield* write(1, '\n'); break;
    case 'd': yield* write(1, hostname.includes('.') ? `${hostname.replace(/^[^.]*\./, '')}\n` : '\n'); break;
    case 's': yield* write(1, `${hostname.replace(/\..*/, '')}\n`); break;
    case 'i': yield* write(1, `${addresses[0] ?? '127.0.0.1'}\n`); break;
    case 'I': yield* write(1, `${addresses.map((a) => `${a} `).join('')}\n`); break;
    case 'y':
      yield* write(2, 'hostname: Local domain name not set\n');
      return 1;
    default: yield* write(1, `${hostname}\n`);
  }
  return 0;
}

export const program: Program = { name: 'hostname', main: (argv) => quietly(body(argv)) };
