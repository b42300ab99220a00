/**
 * From the command line to a process that waits for the lease: flags, configuration and files in the order in which upstream opens
 * them, since the first fault is the one that shows. Models cmd/kube-controller-manager/app options.Config and Run.
 */
import { cpu, now, random, thread, write, type Coroutine, type Json } from '../../kernel/sys.ts';
import { clientConfig, commandFailed, delegatedAuth, electionIdentity, introduce, usageError, VERSION } from '../../lib/component/index.ts';
import { featureGateError, parseFlags, sectionedUsage, type ParsedFlags } from '../../lib/flags/index.ts';
import { klogInfof } from '../../lib/klog/index.ts';
import type { ElectionSpec } from '../../lib/leaderelection/index.ts';
import { goReadFile, type RestConfig } from '../../lib/kubeconfig/index.ts';
import { GoError, goQuote, joinHostPort } from '../../lib/net/index.ts';
import { listenSecure, selfSignedPair, serveSecure } from '../../lib/serving/index.ts';
import { checkKeyPair, type TlsServerOptions } from '../../lib/tls/index.ts';
import { FLAGS, SECTIONS } from './flags.ts';
import { unknownControllers } from './roster.ts';

/** What the running process needs of its flags; plain data. */
export interface Settings {
  readonly config: RestConfig; readonly election: ElectionSpec | null; readonly identity: string; readonly serving: number; readonly address: string;
  readonly controllers: readonly string[]; readonly ownCredentials: boolean;
  readonly rootCaFile: string; readonly serviceAccountKeyFile: string; readonly signingCertFile: string; readonly signingKeyFile: string; readonly signingDurationUs: number;
  readonly allocateNodeCidrs: boolean; readonly clusterCidr: string; readonly nodeMask: number; readonly serviceRange: string;
  readonly monitorPeriodUs: number; readonly graceUs: number; readonly startupGraceUs: number; readonly terminatedPodThreshold: number; readonly garbageCollector: boolean;
}

const AGENT = 'kube-controller-manager/v1.33.0 (linux/amd64) kubernetes/60a317e';
/** Finding primes takes from half a second to well over one, start by start. */
const SELF_SIGN_US = 500_000;
const SELF_SIGN_SPREAD_US = 700_000;
/** Making the clients, before the authentication files are opened. */
const CLIENTS_US = 650_000;

/** Validation that upstream does before it opens anything. */
function invalid(flags: ParsedFlags): string | null {
  const errors: string[] = [];
  const port = flags.number('secure-port');
  if (port < 0 || port > 65535) errors.push(`--secure-port ${port} must be between 0 and 65535, inclusive. 0 for turning off secure port`);
  if (flags.string('leader-elect-resource-lock') !== 'leases') errors.push(`--leader-elect-resource-lock must be "leases"`);
  const controllers = unknownControllers(flags.list('controllers'));
  if (controllers) errors.push(controllers);
  return errors.length === 0 ? null : errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`;
}

function* servingPair(flags: ParsedFlags): Coroutine<TlsServerOptions> {
  const [certFile, keyFile] = [flags.string('tls-cert-file'), flags.string('tls-private-key-file')];
  if (certFile === '' && keyFile === '') {
    const [dice = 0] = yield* random('self-sign');
    yield* cpu(SELF_SIGN_US + (dice % SELF_SIGN_SPREAD_US));
    yield* klogInfof('serving.go:386', 'Generated self-signed cert in-memory');
    return { ...selfSignedPair('localhost', '127.0.0.1', yield* now()), clientCaPem: null, require: false };
  }
  const [certPem, keyPem] = [yield* goReadFile(certFile), yield* goReadFile(keyFile)];
  checkKeyPair(certPem, keyPem);
  return { certPem, keyPem, clientCaPem: null, require: false };
}

function settingsOf(flags: ParsedFlags, config: RestConfig, identity: string, serving: number): Settings {
  const election: ElectionSpec | null = !flags.bool('leader-elect') ? null : {
    config: { ...config, timeoutUs: Math.floor(flags.number('leader-elect-renew-deadline') / 2), userAgent: `${AGENT}/leader-election` }, identity,
    namespace: flags.string('leader-elect-resource-namespace'), name: flags.string('leader-elect-resource-name'), leaseSeconds: Math.floor(flags.number('leader-elect-lease-duration') / 1e6),
    renewDeadlineUs: flags.number('leader-elect-renew-deadline'), retryPeriodUs: flags.number('leader-elect-retry-period'),
  };
  return {
    config, election, identity, serving, address: joinHostPort(flags.string('bind-address'), flags.number('secure-port')),
    controllers: flags.list('controllers'), ownCredentials: flags.bool('use-service-account-credentials'), rootCaFile: flags.string('root-ca-file'), serviceAccountKeyFile: flags.string('service-account-private-key-file'),
    signingCertFile: flags.string('cluster-signing-cert-file'), signingKeyFile: flags.string('cluster-signing-key-file'), signingDurationUs: flags.number('cluster-signing-duration'),
    allocateNodeCidrs: flags.bool('allocate-node-cidrs'), clusterCidr: flags.string('cluster-cidr'), nodeMask: flags.number('node-cidr-mask-size-ipv4') || flags.number('node-cidr-mask-size') || 24, serviceRange: flags.string('service-cluster-ip-range'),
    monitorPeriodUs: flags.number('node-monitor-period'), graceUs: flags.number('node-monitor-grace-period'), startupGraceUs: flags.number('node-startup-grace-period'),
    terminatedPodThreshold: flags.number('terminated-pod-gc-threshold'), garbageCollector: flags.bool('enable-garbage-collector'),
  };
}

/** Configuration and listening; throws GoError. */
function* configure(flags: ParsedFlags): Coroutine<Settings> {
  const pair = yield* servingPair(flags);
  const config = yield* clientConfig(flags.string('kubeconfig'), flags.string('master'), AGENT);
  yield* cpu(CLIENTS_US);
  // Certificates are read by the first client that is made, before the port is bound.
  if (config.certPem !== null && config.keyPem !== null) checkKeyPair(config.certPem, config.keyPem);
  const port = flags.number('secure-port');
  const fd = port === 0 ? -1 : yield* listenSecure(flags.string('bind-address'), port);
  yield* delegatedAuth(flags);
  yield* introduce('controllermanager.go:201', 'controllermanager.go:203', 'Starting');
  for (const [kind, path] of [['request-header', flags.string('requestheader-client-ca-file')], ['client-ca-bundle', flags.string('client-ca-file')]] as const) {
    if (path !== '') yield* klogInfof('dynamic_cafile_content.go:161', `"Starting controller" name="${kind}::${path}"`);
  }
  const settings = settingsOf(flags, config, yield* electionIdentity('kube-controller-manager'), fd);
  if (fd >= 0) {
    yield* serveSecure(fd, pair);
    yield* klogInfof('secure_serving.go:211', `Serving securely on ${settings.address}`);
    yield* klogInfof('tlsconfig.go:243', '"Starting DynamicServingCertificateController"');
  }
  return settings;
}

/** Everything up to leader election; → settings, or the exit code. */
export function* start(argv: readonly string[]): Coroutine<Settings | number> {
  const flags = parseFlags(FLAGS, argv.slice(1));
  const usage = () => sectionedUsage('kube-controller-manager [flags]', SECTIONS);
  if (flags.error !== null) return yield* usageError(usage(), flags.error);
  if (flags.help || flags.bool('help')) {
    yield* write(1, `The Kubernetes controller manager is a daemon that embeds the core control loops shipped with Kubernetes.\n\n${usage()}`);
    return 0;
  }
  const stray = flags.args.filter((argument) => argument !== '');
  if (stray.length > 0) return yield* usageError(null, `"kube-controller-manager" does not take any arguments, got [${flags.args.map(goQuote).join(' ')}]`);
  if (flags.string('version') !== 'false') {
    yield* write(1, `Kubernetes ${VERSION}\n`);
    return 0;
  }
  const gates = featureGateError(flags.list('feature-gates'));
  if (gates !== null) return yield* commandFailed(gates);
  const fault = invalid(flags);
  if (fault !== null) return yield* commandFailed(fault);
  try {
    const settings = yield* configure(flags);
    if (settings.election) yield* thread('leader-election', settings.election as unknown as Json);
    return settings;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return yield* commandFailed(caught.message);
  }
}
