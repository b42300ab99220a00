/** hostname(1): the machine's name and addresses. Setting it is hostnamectl's part here. */
import { cpu, interfaces, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly } from '../../lib/tool/index.ts';

const USAGE = 'Usage: hostname [-b] {hostname|-F file}         set host name (from file)\n       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name\n       hostname                                 display host name\n';
const LONG = { alias: 'a', 'all-fqdns': 'A', boot: 'b', domain: 'd', fqdn: 'f', long: 'f', file: 'F:', 'ip-address': 'i', 'all-ip-addresses': 'I', short: 's', yp: 'y', nis: 'y' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'aAbdfF:iIsy', LONG);
  if (error !== null) {
    yield* write(2, `hostname: ${error}\n${USAGE}`);
    return 255;
  }
  const kind = options.at(-1)?.name ?? '';
  if (operands.length > 0 || 'bF'.includes(kind) && kind !== '') {
    yield* complain('hostname', "setting the name is not available in this lab; try 'hostnamectl set-hostname'");
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
