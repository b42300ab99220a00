/**
 * etcdctl: looks into etcd over its socket. Models etcd v3.5 etcdctl/ctlv3. Known here: version, member list, endpoint health and
 * status, get, put, del, alarm, compaction, defrag, snapshot save, status and restore. Not modelled: watch, lease, auth, txn and the rest.
 */
import { environ, write, type Coroutine, type Program } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { flagSet, parseFlags, type FlagSpec, type FlagType, type FlagValue, type ParsedFlags } from '../../lib/flags/index.ts';
import { goReadFile } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { checkKeyPair } from '../../lib/tls/index.ts';
import { call } from './call.ts';
import { endpointHealth, endpointStatus } from './endpoint.ts';
import { del, get, put } from './keys.ts';
import { alarmDisarm, alarmList, compaction, defrag } from './maintenance.ts';
import { memberList } from './member.ts';
import { CtlError, type Ctl, type Endpoint } from '../../lib/etcdtool/output.ts';
import { snapshotRestore, snapshotSave, snapshotStatus } from './snapshot.ts';

const flag = (name: string, type: FlagType, fallback: FlagValue, shorthand?: string): FlagSpec => ({ name, type, default: fallback, usage: '', ...(shorthand === undefined ? {} : { shorthand }) });

const specs = flagSet([
  flag('endpoints', 'list', ['127.0.0.1:2379']), flag('cacert', 'string', ''), flag('cert', 'string', ''), flag('key', 'string', ''), flag('write-out', 'string', 'simple', 'w'), flag('dial-timeout', 'duration', 2_000_000),
  flag('command-timeout', 'duration', 5_000_000), flag('keepalive-time', 'duration', 2_000_000), flag('keepalive-timeout', 'duration', 6_000_000), flag('insecure-skip-tls-verify', 'bool', false), flag('insecure-transport', 'bool', true), flag('insecure-discovery', 'bool', true),
  flag('debug', 'bool', false), flag('hex', 'bool', false), flag('user', 'string', ''), flag('password', 'string', ''), flag('discovery-srv', 'string', '', 'd'), flag('discovery-srv-name', 'string', ''), flag('cluster', 'bool', false),
  flag('prefix', 'bool', false), flag('keys-only', 'bool', false), flag('print-value-only', 'bool', false), flag('count-only', 'bool', false), flag('limit', 'int64', 0), flag('rev', 'int64', 0), flag('from-key', 'bool', false), flag('consistency', 'string', 'l'), flag('order', 'string', ''), flag('sort-by', 'string', ''),
  flag('prev-kv', 'bool', false), flag('data-dir', 'string', ''), flag('name', 'string', 'default'), flag('initial-cluster', 'string', 'default=http://localhost:2380'), flag('initial-cluster-token', 'string', 'etcd-cluster'), flag('initial-advertise-peer-urls', 'string', 'http://localhost:2380'),
  flag('physical', 'bool', false), flag('skip-hash-check', 'bool', false), flag('wal-dir', 'string', ''), flag('help', 'bool', false, 'h'),
]);

const commands: Readonly<Record<string, (ctl: Ctl) => Coroutine<number>>> = {
  'member list': memberList, 'endpoint health': endpointHealth, 'endpoint status': endpointStatus, get, put, del, 'snapshot save': snapshotSave, 'snapshot status': snapshotStatus, 'snapshot restore': snapshotRestore,
  'alarm list': alarmList, 'alarm disarm': alarmDisarm, compaction, defrag,
  *version() {
    yield* write(1, 'etcdctl version: 3.5.21\nAPI version: 3.5\n');
    return 0;
  },
};
const upstream = ['alarm', 'auth', 'check', 'completion', 'elect', 'help', 'lease', 'lock', 'make-mirror', 'move-leader', 'role', 'txn', 'user', 'watch', 'endpoint', 'member', 'snapshot'];

/** The one of `names` that `word` is or begins; etcdctl takes abbreviations (`compact`, `mem list`). */
function whole(word: string, names: Iterable<string>): string {
  const begun = [...new Set(names)].filter((name) => name.startsWith(word));
  return word !== '' && !begun.includes(word) && begun.length === 1 ? begun[0]! : word;
}

/** The command of the words, and how many of them it takes. */
function find(given: string, next: string): { readonly name: string; readonly words: number; readonly one: string } {
  const names = Object.keys(commands);
  const one = whole(given, [...names.map((name) => name.split(' ')[0]!), ...upstream]);
  const two = whole(next, names.filter((name) => name.startsWith(`${one} `)).map((name) => name.split(' ')[1]!));
  return commands[`${one} ${two}`] === undefined ? { name: one, words: 1, one } : { name: `${one} ${two}`, words: 2, one };
}

/** ETCDCTL_CACERT and the like stand for flags that were not given. */
function* setting(flags: ParsedFlags, name: string): Coroutine<string> {
  const value = flags.values.get(name);
  const given = Array.isArray(value) ? (value as readonly string[]).join(',') : String(value);
  if (flags.changed(name)) return given;
  return (yield* environ())[`ETCDCTL_${name.toUpperCase().replace(/-/g, '_')}`] ?? given;
}

function* endpointsOf(flags: ParsedFlags): Coroutine<readonly Endpoint[]> {
  const read = function* (name: string): Coroutine<string | null> {
    const path = yield* setting(flags, name);
    return path === '' ? null : yield* goReadFile(path);
  };
  const [certPem, keyPem, caPem] = [yield* read('cert'), yield* read('key'), yield* read('cacert')];
  if (certPem !== null && keyPem !== null) checkKeyPair(certPem, keyPem);
  const insecure = flags.bool('insecure-skip-tls-verify');
  return (yield* setting(flags, 'endpoints')).split(',').map((given) => ({ endpoint: given.includes('://') ? given : `${certPem !== null || caPem !== null || insecure ? 'https' : 'http'}://${given}`, shown: given, caPem, certPem, keyPem, insecure }));
}

/** `--cluster`: every member's client URLs, asked of the first endpoint. */
function* ofCluster(endpoints: readonly Endpoint[], timeoutUs: number): Coroutine<readonly Endpoint[]> {
  const { members } = yield* call(endpoints[0]!, '/etcdserverpb.Cluster/MemberList', {}, timeoutUs);
  return members.flatMap(({ clientUrls }) => clientUrls).map((url) => ({ ...endpoints[0]!, endpoint: url, shown: url }));
}

function* run(argv: readonly string[]): Coroutine<number> {
  const flags = parseFlags(specs, argv.slice(1));
  if (flags.error !== null) throw new CtlError(flags.error);
  const [first = '', second = ''] = flags.args;
  const { name, words, one } = find(first, second);
  const command = commands[name];
  if (command === undefined) {
    if (one === '' || upstream.includes(one)) throw new CtlError(`etcdctl ${`${one} ${second}`.trim()} is not available in this lab`);
    throw new CtlError(`unknown command "${one}" for "etcdctl"\nRun 'etcdctl --help' for usage.`);
  }
  const given = name === 'version' || name === 'snapshot status' || name === 'snapshot restore' ? [] : yield* endpointsOf(flags);
  const endpoints = flags.bool('cluster') && given.length > 0 ? yield* ofCluster(given, flags.number('command-timeout')) : given;
  return yield* command({ flags, args: flags.args.slice(words), endpoints, format: yield* setting(flags, 'write-out'), timeoutUs: flags.number('command-timeout') });
}

export const program: Program = { name: 'etcdctl', *main(argv) {
  try {
    return yield* run(argv);
  } catch (caught) {
    if (!(caught instanceof CtlError || caught instanceof GoError)) throw caught;
    yield* write(2, encodeUtf8(`Error: ${caught.message}\n`));
    return caught instanceof CtlError ? caught.code : 1;
  }
} };
