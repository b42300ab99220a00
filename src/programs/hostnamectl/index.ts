/** hostnamectl: the machine's name and what it is. Setting the name writes /etc/hostname and the kernel's. */
import { errnoOf } from '../../kernel/errno.ts';
import { cpu, readFile, sys, uname, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';

function* id(path: string): Coroutine<string> {
  try {
    return (yield* readFile(path)).trim().replaceAll('-', '');
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return '';
  }
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(15_000);
  const words = argv.slice(1).filter((w) => !['--static', '--no-pager', '--pretty', '--transient'].includes(w));
  const [verb = 'status', name] = words;
  const u = yield* uname();
  if ((verb === 'set-hostname' || verb === 'hostname') && name !== undefined) {
    yield* writeFile('/etc/hostname', `${name}\n`);
    yield* sys('sethostname', name);
    return 0;
  }
  if (verb === 'hostname' || argv.includes('--static')) {
    yield* write(1, `${u.hostname}\n`);
    return 0;
  }
  if (verb !== 'status') {
    yield* write(2, verb.startsWith('-') ? `hostnamectl: ${verb} is not available in this lab\n` : `Unknown command verb ${verb}.\n`);
    return 1;
  }
  const rows: [string, string][] = [['Static hostname', u.hostname], ['Icon name', 'computer-vm'], ['Chassis', 'vm'], ['Machine ID', yield* id('/etc/machine-id')], ['Boot ID', yield* id('/proc/sys/kernel/random/boot_id')], ['Virtualization', 'kvm'],
    ['Operating System', 'Debian GNU/Linux 12 (bookworm)'], ['Kernel', `Linux ${u.release}`], ['Architecture', 'x86-64'], ['Hardware Vendor', 'QEMU'], ['Hardware Model', 'Standard PC _i440FX + PIIX, 1996_'], ['Firmware Version', '1.16.2-debian-1.16.2-1']];
  yield* write(1, rows.map(([k, v]) => `${k.padStart(16)}: ${v}\n`).join(''));
  return 0;
}

export const program: Program = { name: 'hostnamectl', main };
