/**
 * The small programs of the boot: they do one thing and end. What they would change is there from birth (modules,
 * sysctl values, temporary files), so they read their configuration and say what the real ones say.
 */
import { errnoOf } from '../../kernel/errno.ts';
import { cpu, mkdir, readDir, readFile, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';

const MODULES: ReadonlySet<string> = new Set(['overlay', 'br_netfilter', 'bridge', 'ip_vs', 'ip_vs_rr', 'ip_vs_wrr', 'ip_vs_sh', 'nf_conntrack', 'vxlan', 'ip_tables', 'iptable_nat', 'xt_conntrack', 'dummy', 'veth', 'loop']);

/** The lines of all files of a configuration directory, without comments. */
function* configLines(dir: string): Coroutine<string[]> {
  const lines: string[] = [];
  try {
    for (const { name } of [...(yield* readDir(dir))].sort((a, b) => (a.name < b.name ? -1 : 1))) if (name.endsWith('.conf')) lines.push(...(yield* readFile(`${dir}/${name}`)).split('\n'));
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  return lines.map((l) => l.trim()).filter((l) => l !== '' && !/^[#;]/.test(l));
}

function* modulesLoad(): Coroutine<number> {
  let failed = 0;
  for (const name of yield* configLines('/etc/modules-load.d')) {
    if (MODULES.has(name)) yield* write(2, `Inserted module '${name}'\n`);
    else {
      yield* write(2, `<3>Failed to find module '${name}'\n`);
      failed = 1;
    }
  }
  return failed;
}

/** Writes `a.b = value` to /proc/sys/a/b, where that file is modelled. */
function* applySysctl(): Coroutine<number> {
  for (const line of yield* configLines('/etc/sysctl.d')) {
    const [key = '', value = ''] = line.split('=').map((part) => part.trim());
    try {
      yield* readFile(`/proc/sys/${key.replaceAll('.', '/')}`);
      yield* writeFile(`/proc/sys/${key.replaceAll('.', '/')}`, `${value}\n`);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      yield* write(2, `<4>Couldn't write '${value}' to '${key.replaceAll('.', '/')}', ignoring: No such file or directory\n`);
    }
  }
  return 0;
}

function* modprobe(argv: readonly string[]): Coroutine<number> {
  const names = argv.slice(1).filter((a) => !a.startsWith('-'));
  if (names.length === 0) {
    yield* write(2, 'modprobe: ERROR: missing parameters. See -h.\n');
    return 1;
  }
  const missing = names.find((name) => !MODULES.has(name));
  if (missing === undefined) return 0;
  yield* write(2, `modprobe: FATAL: Module ${missing} not found in directory /lib/modules/6.1.0-38-amd64\n`);
  return 1;
}

/** The directories of /run and /tmp that services expect. */
function* tmpfiles(): Coroutine<number> {
  for (const dir of ['/run/lock', '/run/user', '/run/dbus', '/run/utmp']) {
    try {
      yield* mkdir(dir, 0o755);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
    }
  }
  return 0;
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(8000);
  switch (argv[0]!.replace(/^.*\//, '')) {
    case 'systemd-modules-load': return yield* modulesLoad();
    case 'systemd-sysctl': return yield* applySysctl();
    case 'systemd-tmpfiles': return yield* tmpfiles();
    case 'modprobe': return yield* modprobe(argv);
    default: return 0;
  }
}

export const program: Program = { name: 'systemd-oneshot', main };
