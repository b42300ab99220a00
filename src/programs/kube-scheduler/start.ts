/**
 * From the command line to a scheduler that waits for its caches: flags and files in upstream's order (the delegated kubeconfigs
 * before its own). Models cmd/kube-scheduler/app Setup and Run.
 */
import { cpu, now, thread, write, type Coroutine } from '../../kernel/sys.ts';
import { clientConfig, commandFailed, delegatedAuth, electionIdentity, introduce, usageError, VERSION } from '../../lib/component/index.ts';
import { featureGateError, parseFlags, sectionedUsage, type ParsedFlags } from '../../lib/flags/index.ts';
import { startInformer } from '../../lib/informer/index.ts';
import { klogInfof } from '../../lib/klog/index.ts';
import { goReadFile, type RestConfig } from '../../lib/kubeconfig/index.ts';
import type { ElectionSpec } from '../../lib/leaderelection/index.ts';
import { GoError, goQuote, joinHostPort } from '../../lib/net/index.ts';
import { listenSecure, selfSignedPair, serveSecure, setReady } from '../../lib/serving/index.ts';
import { checkKeyPair, type TlsServerOptions } from '../../lib/tls/index.ts';
import { loadConfig, type SchedulerConfig } from './config.ts';
import { FLAGS, SECTIONS } from './flags.ts';
import { CLIENT_CA, clientCaInformer, schedulingInformers } from './informers.ts';

/** What the running process needs of its flags; plain data. */
export interface Settings { readonly config: RestConfig; readonly election: ElectionSpec | null; readonly identity: string; readonly serving: number; readonly address: string; readonly names: readonly string[]; readonly informers: readonly string[] }

const AGENT = 'kube-scheduler/v1.33.0 (linux/amd64) kubernetes/60a317e/scheduler';
const SELF_SIGN_US = 400_000;
/** The check of /readyz that waits for the caches. */
export const INFORMERS_READY = 'informer-sync';

function* servingPair(flags: ParsedFlags): Coroutine<TlsServerOptions> {
  const [certFile, keyFile] = [flags.string('tls-cert-file'), flags.string('tls-private-key-file')];
  if (certFile === '' && keyFile === '') {
    yield* cpu(SELF_SIGN_US);
    yield* klogInfof('serving.go:386', 'Generated self-signed cert in-memory');
    return { ...selfSignedPair('localhost', '127.0.0.1', yield* now()), clientCaPem: null, require: false };
  }
  const [certPem, keyPem] = [yield* goReadFile(certFile), yield* goReadFile(keyFile)];
  checkKeyPair(certPem, keyPem);
  return { certPem, keyPem, clientCaPem: null, require: false };
}

function electionOf(flags: ParsedFlags, config: RestConfig, identity: string): ElectionSpec {
  return {
    config: { ...config, timeoutUs: Math.floor(flags.number('leader-elect-renew-deadline') / 2), userAgent: AGENT.replace('/scheduler', '/leader-election') }, identity,
    namespace: flags.string('leader-elect-resource-namespace'), name: flags.string('leader-elect-resource-name'), leaseSeconds: Math.floor(flags.number('leader-elect-lease-duration') / 1e6),
    renewDeadlineUs: flags.number('leader-elect-renew-deadline'), retryPeriodUs: flags.number('leader-elect-retry-period'),
  };
}

function* configure(flags: ParsedFlags): Coroutine<Settings> {
  const pair = yield* servingPair(flags);
  const file: SchedulerConfig | null = flags.string('config') === '' ? null : yield* loadConfig(flags.string('config'));
  const port = flags.number('secure-port');
  const fd = port === 0 ? -1 : yield* listenSecure(flags.string('bind-address'), port);
  if (port !== 0) yield* delegatedAuth(flags);
  const config = yield* clientConfig(file?.kubeconfig || flags.string('kubeconfig'), flags.string('master'), AGENT);
  if (config.certPem !== null && config.keyPem !== null) checkKeyPair(config.certPem, config.keyPem);
  yield* introduce('server.go:171', 'server.go:173', 'Starting Kubernetes Scheduler');
  const address = joinHostPort(flags.string('bind-address'), port);
  if (fd >= 0) {
    yield* setReady(INFORMERS_READY, false);
    yield* serveSecure(fd, pair);
    yield* klogInfof('secure_serving.go:211', `Serving securely on ${address}`);
    if (flags.string('client-ca-file') === '' && flags.string('authentication-kubeconfig') !== '') {
      yield* klogInfof('configmap_cafile_content.go:205', `"Starting controller" name="${CLIENT_CA}"`);
      yield* klogInfof('shared_informer.go:350', `"Waiting for caches to sync" controller="${CLIENT_CA}"`);
    }
    yield* klogInfof('tlsconfig.go:243', '"Starting DynamicServingCertificateController"');
  }
  const informers = schedulingInformers(config);
  // The authority's informer starts with the server, but asks among the last.
  const withAuthority = fd >= 0 && flags.string('client-ca-file') === '' && flags.string('authentication-kubeconfig') !== '';
  yield* startInformer(thread, ...informers.slice(0, -2), ...(withAuthority ? [clientCaInformer(config)] : []), ...informers.slice(-2));
  const identity = yield* electionIdentity('kube-scheduler');
  const elects = file ? file.leaderElect : flags.bool('leader-elect');
  return { config, identity, election: elects ? electionOf(flags, config, identity) : null, serving: fd, address, names: file?.names ?? ['default-scheduler'], informers: informers.map((one) => one.name) };
}

/** Everything up to the wait for the caches; → settings, or the exit code. */
export function* start(argv: readonly string[]): Coroutine<Settings | number> {
  const flags = parseFlags(FLAGS, argv.slice(1));
  const usage = () => sectionedUsage('kube-scheduler [flags]', SECTIONS);
  if (flags.error !== null) return yield* usageError(usage(), flags.error);
  if (flags.help || flags.bool('help')) {
    yield* write(1, `The Kubernetes scheduler is a control plane process which assigns Pods to Nodes.\n\n${usage()}`);
    return 0;
  }
  if (flags.args.some((argument) => argument !== '')) return yield* usageError(null, `"kube-scheduler" does not take any arguments, got [${flags.args.map(goQuote).join(' ')}]`);
  if (flags.string('version') !== 'false') {
    yield* write(1, `Kubernetes ${VERSION}\n`);
    return 0;
  }
  if (flags.string('write-config-to') !== '') {
    yield* write(2, 'kube-scheduler: --write-config-to is not available in this lab\n');
    return 1;
  }
  const gates = featureGateError(flags.list('feature-gates'));
  if (gates !== null) return yield* commandFailed(gates);
  const port = flags.number('secure-port');
  if (port < 0 || port > 65535) return yield* commandFailed(`--secure-port ${port} must be between 0 and 65535, inclusive. 0 for turning off secure port`);
  try {
    return yield* configure(flags);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return yield* commandFailed(caught.message);
  }
}
