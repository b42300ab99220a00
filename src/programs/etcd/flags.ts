/**
 * etcd's command line: Go's `flag` package (one dash or two) and the flags of v3.5 with their kinds and defaults.
 * Models etcd server/etcdmain/config.go. A flag that would change what is seen here, and does not, is taken only at its default; the others
 * tune what one member without load does not show (batches, keep-alives, heartbeats) and are taken as they are.
 */

export type FlagKind = 'string' | 'bool' | 'int' | 'uint' | 'duration' | 'urls';
type Row = readonly [name: string, kind: FlagKind, fallback: string];
const s = (fallback: string, ...names: string[]): Row[] => names.map((name) => [name, 'string', fallback] as const);
const b = (fallback: 'true' | 'false', ...names: string[]): Row[] => names.map((name) => [name, 'bool', fallback] as const);
const d = (fallback: string, ...names: string[]): Row[] => names.map((name) => [name, 'duration', fallback] as const);
const u = (fallback: string, ...names: string[]): Row[] => names.map((name) => [name, 'uint', fallback] as const);
const l = (fallback: string, ...names: string[]): Row[] => names.map((name) => [name, 'urls', fallback] as const);

const table: readonly Row[] = [
  ...s('', 'config-file', 'data-dir', 'wal-dir', 'discovery', 'discovery-fallback', 'discovery-proxy', 'discovery-srv', 'discovery-srv-name', 'cert-file', 'key-file', 'client-cert-file', 'client-key-file',
    'client-crl-file', 'client-cert-allowed-hostname', 'trusted-ca-file', 'peer-cert-file', 'peer-key-file', 'peer-client-cert-file', 'peer-client-key-file', 'peer-trusted-ca-file', 'peer-crl-file', 'peer-cert-allowed-cn',
    'peer-cert-allowed-hostname', 'cipher-suites', 'tls-max-version', 'auto-compaction-retention', 'backend-bbolt-freelist-type', 'log-package-levels', 'experimental-enable-v2v3', 'v2-deprecation'),
  ...s('default', 'name', 'log-outputs'), ...s('etcd-cluster', 'initial-cluster-token'), ...s('', 'initial-cluster'), ...s('new', 'initial-cluster-state'), ...s('*', 'cors', 'host-whitelist'), ...s('TLS1.2', 'tls-min-version'),
  ...s('periodic', 'auto-compaction-mode'), ...s('zap', 'logger'), ...s('info', 'log-level'), ...s('json', 'log-format'), ...s('', 'log-rotation-config-json'), ...s('basic', 'metrics'), ...s('simple', 'auth-token'), ...s('exit', 'discovery-fallback-mode'),
  ...s('localhost:4317', 'experimental-distributed-tracing-address'), ...s('etcd', 'experimental-distributed-tracing-service-name'), ...s('', 'experimental-distributed-tracing-instance-id'), ...s('off', 'proxy'),
  ...l('http://localhost:2380', 'listen-peer-urls', 'initial-advertise-peer-urls'), ...l('http://localhost:2379', 'listen-client-urls', 'advertise-client-urls'), ...l('', 'listen-metrics-urls', 'listen-client-http-urls'),
  ...b('false', 'version', 'client-cert-auth', 'peer-client-cert-auth', 'auto-tls', 'peer-auto-tls', 'force-new-cluster', 'unsafe-no-fsync', 'enable-v2', 'enable-pprof', 'enable-log-rotation', 'socket-reuse-port', 'socket-reuse-address', 'debug',
    'experimental-initial-corrupt-check', 'experimental-compact-hash-check-enabled', 'experimental-enable-lease-checkpoint', 'experimental-enable-lease-checkpoint-persist', 'experimental-memory-mlock', 'experimental-stop-grpc-service-on-defrag',
    'experimental-enable-distributed-tracing', 'experimental-peer-skip-client-san-verification'),
  ...b('true', 'initial-election-tick-advance', 'pre-vote', 'strict-reconfig-check', 'enable-grpc-gateway', 'experimental-txn-mode-write-with-shared-buffer', 'experimental-bootstrap-defrag-threshold-enabled'),
  ...u('100000', 'snapshot-count'), ...u('100', 'heartbeat-interval'), ...u('1000', 'election-timeout'), ...u('5', 'max-snapshots', 'max-wals'), ['quota-backend-bytes', 'int', '0'], ...u('0', 'backend-batch-limit', 'experimental-bootstrap-defrag-threshold-megabytes', 'experimental-distributed-tracing-sampling-rate'),
  ...u('1572864', 'max-request-bytes'), ...u('128', 'max-txn-ops'), ...u('4294967295', 'max-concurrent-streams'), ...u('10', 'bcrypt-cost'), ...u('300', 'auth-token-ttl'), ...u('1', 'self-signed-cert-validity'), ...u('1000', 'experimental-compaction-batch-limit'),
  ...u('5000', 'experimental-snapshot-catchup-entries'),
  ...d('5s', 'grpc-keepalive-min-time', 'experimental-downgrade-check-time', 'experimental-wait-cluster-ready-timeout', 'experimental-max-learners'), ...d('2h0m0s', 'grpc-keepalive-interval'), ...d('20s', 'grpc-keepalive-timeout'), ...d('0s', 'backend-batch-interval', 'experimental-corrupt-check-time'),
  ...d('1m0s', 'experimental-compact-hash-check-time'), ...d('10m0s', 'experimental-watch-progress-notify-interval'), ...d('100ms', 'experimental-warning-apply-duration'), ...d('300ms', 'experimental-warning-unary-request-duration', 'warning-unary-request-duration'), ...d('10ms', 'experimental-compaction-sleep-interval'),
];

/** Flags that upstream acts on and this etcd does not. */
const UNAVAILABLE: ReadonlySet<string> = new Set(['config-file', 'wal-dir', 'discovery', 'discovery-fallback', 'discovery-proxy', 'discovery-srv', 'discovery-srv-name', 'client-crl-file', 'peer-crl-file', 'client-cert-allowed-hostname', 'peer-cert-allowed-cn',
  'peer-cert-allowed-hostname', 'cipher-suites', 'tls-min-version', 'tls-max-version', 'auto-compaction-retention', 'auto-compaction-mode', 'auto-tls', 'peer-auto-tls', 'force-new-cluster', 'enable-v2', 'experimental-enable-v2v3', 'log-level', 'log-outputs', 'log-format', 'logger', 'log-package-levels',
  'enable-log-rotation', 'auth-token', 'proxy', 'debug', 'experimental-corrupt-check-time', 'experimental-compact-hash-check-enabled', 'experimental-enable-distributed-tracing']);

/** What the command line says. */
export type Flags = ReadonlyMap<string, string>;
export type Parsed = { readonly flags: Flags; readonly set: ReadonlySet<string> } | { readonly error: string; readonly usage: boolean; /** The lab's own word, not etcd's. */ readonly plain?: boolean };

const durations = /^[+-]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/;
/** null: the value is fine. */
function fault(kind: FlagKind, name: string, value: string): string | null {
  const say = (why: string) => `invalid value ${JSON.stringify(value)} for flag -${name}: ${why}`;
  if (kind === 'bool' && !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value)) return `invalid boolean value ${JSON.stringify(value)} for -${name}: parse error`;
  if ((kind === 'uint' && !/^\d+$/.test(value)) || (kind === 'int' && !/^-?\d+$/.test(value))) return say('parse error');
  if (kind === 'duration' && value !== '0' && !durations.test(value) && name !== 'experimental-max-learners') return say('parse error');
  return kind === 'urls' && value !== '' ? urlsFault(value, say) : null;
}
function urlsFault(value: string, say: (why: string) => string): string | null {
  for (const url of value.split(',')) {
    const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/]*)(.*)$/.exec(url.trim());
    if (match === null) return say(url.includes('://') ? `parse ${JSON.stringify(url)}: invalid URI for request` : `URL scheme must be http, https, unix, or unixs: ${url}`);
    if (!['http', 'https', 'unix', 'unixs'].includes(match[1]!)) return say(`URL scheme must be http, https, unix, or unixs: ${url}`);
    if (!/:\d+$/.test(match[2]!)) return say(`URL address does not have the form "host:port": ${url}`);
    if (match[3] !== '') return say(`URL must not contain a path: ${url}`);
  }
  return null;
}

/** Parses as Go's flag package does: stops at the first argument that is no flag. */
export function parseFlags(args: readonly string[]): Parsed {
  const kinds = new Map(table.map(([name, kind]) => [name, kind]));
  const flags = new Map(table.map(([name, , fallback]) => [name, fallback]));
  const set = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') return i + 1 < args.length ? { error: `'${args[i + 1]}' is not a valid flag`, usage: false } : { flags, set };
    if (!arg.startsWith('-') || arg === '-') return { error: `'${arg}' is not a valid flag`, usage: false };
    const body = arg.replace(/^--?/, '');
    if (body === '' || body.startsWith('-') || body.startsWith('=')) return { error: `bad flag syntax: ${arg}`, usage: true };
    const at = body.indexOf('=');
    const name = at < 0 ? body : body.slice(0, at);
    const kind = kinds.get(name);
    if (kind === undefined) return name === 'h' || name === 'help' ? { error: '', usage: true } : { error: `flag provided but not defined: -${name}`, usage: true };
    let value = at < 0 ? null : body.slice(at + 1);
    if (value === null && kind === 'bool') value = 'true';
    if (value === null) {
      if (i + 1 >= args.length) return { error: `flag needs an argument: -${name}`, usage: true };
      value = args[++i]!;
    }
    const wrong = fault(kind, name, value);
    if (wrong !== null) return { error: wrong, usage: true };
    if (UNAVAILABLE.has(name) && value !== flags.get(name)) return { error: `etcd: --${name} is not available in this lab`, usage: false, plain: true };
    flags.set(name, kind === 'bool' ? String(/^(1|t|T|true|TRUE|True)$/.test(value)) : value);
    set.add(name);
  }
  return { flags, set };
}

export const usage = `Usage:

  etcd [flags]
    Start an etcd server.

  etcd --version
    Show the version of etcd.

  etcd -h | --help
    Show the help information about etcd.

  etcd --config-file
    Path to the server configuration file. Note that if a configuration file is provided, other command line flags and environment variables will be ignored.

  etcd gateway
    Run the stateless pass-through etcd TCP connection forwarding proxy.

  etcd grpc-proxy
    Run the stateless etcd v3 gRPC L7 reverse proxy.
`;
export const version = 'etcd Version: 3.5.21\nGit SHA: a17edfd59\nGo Version: go1.23.7\nGo OS/Arch: linux/amd64\n';
