/**
 * systemctl of systemd 252: asks PID 1 over its control socket, reads unit files, journal and process table itself.
 * Not modelled: remote hosts, --user, machines, isolate and power verbs, timers.
 */
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { cpu } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { OUTPUTS } from '../../lib/journal/index.ts';
import { FEATURES, unitName, VERSION } from '../../lib/systemd/index.ts';
import { ask, complain, say, type Options } from './client.ts';
import { edit, revert } from './edit.ts';
import { cat, disable, enable, isEnabled, mask, reenable, unmask } from './files.ts';
import { killUnits, runJob } from './jobs.ts';
import { isSystemRunning, listDependencies, listJobs, listUnitFiles, listUnits } from './list.ts';
import { overview } from './overview.ts';
import { isState, show } from './show.ts';
import { status } from './status.ts';

const SHORT = 'ht:p:P:s:n:o:qfal';
const LONG = {
  help: 'h', version: '', type: 't:', state: 'state:', property: 'p:', value: '', all: 'a', full: 'l', 'no-pager': '', 'no-legend': '', legend: ':', quiet: 'q', now: '', force: 'f', 'no-block': '', signal: 's:', 'kill-whom': ':', 'kill-who': 'kill-whom:',
  lines: 'n:', output: 'o:', plain: '', runtime: '', system: '', failed: '', 'no-reload': '', 'no-wall': '', 'no-ask-password': '', 'show-types': '', recursive: '', reverse: '', after: '', before: '', 'with-dependencies': '', root: ':', user: '', global: '',
  'job-mode': ':', wait: '', 'dry-run': '', 'check-inhibitors': ':', timestamp: ':', message: ':', host: 'H:', machine: 'M:',
};
const UNAVAILABLE_OPTIONS: readonly string[] = ['user', 'global', 'root', 'host', 'H', 'M', 'machine', 'reverse', 'after', 'before', 'recursive', 'dry-run', 'wait', 'timestamp', 'with-dependencies'];
const UNAVAILABLE_VERBS: readonly string[] = ['isolate', 'reboot', 'poweroff', 'halt', 'kexec', 'suspend', 'hibernate', 'hybrid-sleep', 'suspend-then-hibernate', 'rescue', 'emergency', 'default', 'exit', 'switch-root', 'clean', 'freeze', 'thaw',
  'set-property', 'bind', 'mount-image', 'log-level', 'log-target', 'service-watchdogs', 'list-machines', 'list-sockets', 'list-timers', 'list-automounts', 'list-paths', 'preset', 'preset-all', 'link', 'add-wants', 'add-requires', 'set-default', 'cancel',
  'show-environment', 'set-environment', 'unset-environment', 'import-environment', 'help', 'soft-reboot'];
const NEEDS_UNITS: readonly string[] = ['start', 'stop', 'restart', 'try-restart', 'condrestart', 'reload', 'reload-or-restart', 'force-reload', 'kill', 'is-active', 'is-failed', 'cat', 'edit', 'revert', 'enable', 'disable', 'reenable', 'mask', 'unmask', 'is-enabled'];

type Read = { readonly options: Options; readonly operands: readonly string[] } | { readonly error: string };

function read(argv: readonly string[]): Read {
  const { options: given, operands, error } = getopt(argv.slice(1), SHORT, LONG);
  if (error !== null) return { error: `systemctl: ${error}\n` };
  const has = (...names: string[]) => given.some((o) => names.includes(o.name));
  const lists = (name: string) => given.filter((o) => o.name === name).flatMap((o) => (o.value ?? '').split(',')).filter((v) => v !== '');
  const last = (name: string) => given.findLast((o) => o.name === name)?.value ?? null;
  const refused = given.find((o) => UNAVAILABLE_OPTIONS.includes(o.name));
  if (refused !== undefined) return { error: `systemctl: --${refused.name === 'H' ? 'host' : refused.name === 'M' ? 'machine' : refused.name} is not available in this lab\n` };
  const output = last('o') ?? 'short';
  if (!(OUTPUTS as readonly string[]).includes(output)) return { error: `Unknown output '${output}'.\n` };
  const lines = last('n') ?? '10';
  if (!/^\d+$/.test(lines)) return { error: `Failed to parse lines '${lines}'\n` };
  const whom = last('kill-whom') ?? 'all';
  return { operands, options: {
    all: has('a'), full: has('l'), pager: !has('no-pager'), legend: !has('no-legend') && last('legend') !== 'false', quiet: has('q'), now: has('now'), force: has('f'), block: !has('no-block'), value: has('value', 'P'), runtime: has('runtime'), plain: has('plain'),
    lines: Number(lines), output, types: lists('t'), states: [...lists('state'), ...(has('failed') ? ['failed'] : [])], properties: [...lists('p'), ...lists('P')], signal: last('s') ?? 'SIGTERM', whom: whom === 'main' || whom === 'control' ? whom : 'all',
  } };
}

function* resetFailed(units: readonly string[]): Coroutine<number> {
  const reply = yield* ask({ method: 'reset-failed', units });
  if (reply !== null && 'error' in reply) {
    yield* complain(`Failed to reset failed state of unit ${unitName(units[0] ?? '')}: ${reply.error}\n`);
    return 1;
  }
  return reply === null ? 1 : 0;
}

function* run(verb: string, names: readonly string[], options: Options): Coroutine<number> {
  switch (verb) {
    case 'start': case 'stop': case 'restart': case 'try-restart': case 'reload': case 'reload-or-restart': return yield* runJob(verb, names, options);
    case 'condrestart': return yield* runJob('try-restart', names, options);
    case 'force-reload': return yield* runJob('reload-or-restart', names, options);
    case 'status': return yield* (names.length === 0 ? overview(options) : status(names, options));
    case 'show': return yield* show(names, options);
    case 'cat': return yield* cat(names, options);
    case 'is-active': return yield* isState(names, false, options, say);
    case 'is-failed': return yield* isState(names, true, options, say);
    case 'is-enabled': return yield* isEnabled(names, options);
    case 'enable': return yield* enable(names, options);
    case 'disable': return yield* disable(names, options);
    case 'reenable': return yield* reenable(names, options);
    case 'mask': return yield* mask(names, options);
    case 'unmask': return yield* unmask(names, options);
    case 'edit': return yield* edit(names, options);
    case 'revert': return yield* revert(names);
    case 'kill': return yield* killUnits(names, options);
    case 'list-units': return yield* listUnits(names, options);
    case 'list-unit-files': return yield* listUnitFiles(names, options);
    case 'list-dependencies': return yield* listDependencies(names, options);
    case 'list-jobs': return yield* listJobs();
    case 'is-system-running': return yield* isSystemRunning();
    case 'reset-failed': return yield* resetFailed(names);
    case 'daemon-reload': case 'daemon-reexec': return (yield* ask({ method: 'daemon-reload' })) === null ? 1 : 0;
    case 'get-default': return yield* sayDefault();
    default:
      yield* complain(UNAVAILABLE_VERBS.includes(verb) ? `systemctl: ${verb} is not available in this lab\n` : `Unknown command verb ${verb}.\n`);
      return 1;
  }
}

function* sayDefault(): Coroutine<number> {
  yield* say('graphical.target\n');
  return 0;
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(9000);
  const asked = read(argv);
  if ('error' in asked) {
    yield* complain(asked.error);
    return 1;
  }
  const flags = argv.slice(1, argv.includes('--') ? argv.indexOf('--') : undefined);
  if (flags.includes('--version')) {
    yield* say(`systemd ${VERSION.split('.')[0]} (${VERSION})\n${FEATURES}\n`);
    return 0;
  }
  if (flags.includes('--help') || flags.includes('-h')) {
    yield* say(HELP);
    return 0;
  }
  const [verb = 'list-units', ...names] = asked.operands;
  if (names.length === 0 && NEEDS_UNITS.includes(verb)) {
    yield* complain('Too few arguments.\n');
    return 1;
  }
  try {
    return yield* run(verb, names, asked.options);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    yield* complain(`Failed to ${verb} ${names.map(unitName).join(' ')}: ${strerror(errno)}\n`);
    return 1;
  }
}

const HELP = `systemctl [OPTIONS...] COMMAND ...

Query or send control commands to the system manager.

Unit Commands:
  list-units [PATTERN...]             List units currently in memory
  is-active PATTERN...                Check whether units are active
  is-failed PATTERN...                Check whether units are failed
  status [PATTERN...|PID...]          Show runtime status of one or more units
  show [PATTERN...|JOB...]            Show properties of one or more
                                      units/jobs or the manager
  cat PATTERN...                      Show files and drop-ins of specified units
  list-dependencies [UNIT...]         Recursively show units which are required
                                      or wanted by the units or by which those
                                      units are required or wanted
  start UNIT...                       Start (activate) one or more units
  stop UNIT...                        Stop (deactivate) one or more units
  reload UNIT...                      Reload one or more units
  restart UNIT...                     Start or restart one or more units
  try-restart UNIT...                 Restart one or more units if active
  reload-or-restart UNIT...           Reload one or more units if possible,
                                      otherwise start or restart
  kill UNIT...                        Send signal to processes of a unit
  reset-failed [PATTERN...]           Reset failed state for all, one, or more
                                      units

Unit File Commands:
  list-unit-files [PATTERN...]        List installed unit files
  enable [UNIT...|PATH...]            Enable one or more unit files
  disable UNIT...                     Disable one or more unit files
  reenable UNIT...                    Reenable one or more unit files
  mask UNIT...                        Mask one or more units
  unmask UNIT...                      Unmask one or more units
  is-enabled UNIT...                  Check whether unit files are enabled
  edit UNIT...                        Edit one or more unit files
  revert UNIT...                      Revert one or more unit files to vendor
                                      version
  get-default                         Get the name of the default target

Job Commands:
  list-jobs [PATTERN...]              List jobs

Manager State Commands:
  is-system-running                   Check whether manager is fully running
  daemon-reload                       Reload systemd manager configuration

Options:
  -h --help              Show this help
     --version           Show package version
  -t --type=TYPE         List units of a particular type
     --state=STATE       List units with particular LOAD or SUB or ACTIVE state
     --failed            Shorthand for --state=failed
  -p --property=NAME     Show only properties by this name
     --value             When showing properties, only print the value
  -a --all               Show all properties/all units currently in memory,
                         including dead/empty ones. To list all units installed
                         on the system, use 'list-unit-files' instead.
  -l --full              Don't ellipsize unit names on output
     --no-block          Do not wait until operation finished
  -q --quiet             Suppress output
     --now               Start or stop unit after enabling or disabling it
     --no-legend         Do not print a legend (column headers and hints)
     --no-pager          Do not pipe output into a pager
  -s --signal=SIGNAL     Which signal to send
  -n --lines=INTEGER     Number of journal entries to show
  -o --output=STRING     Change journal output mode

See the systemctl(1) man page for details.
`;

export const program: Program = { name: 'systemctl', main };
