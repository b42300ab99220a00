/** From options to a serving process, in upstream's order, so that of several faults the right one wins. */
import { cpu, listen, now, put, self, sleep, thread, get, poll, view, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { graphPending } from '../../lib/apiserver/auth/authorize.ts';
import { VERSION } from '../../lib/component/index.ts';
import type { EtcdConfig } from '../../lib/etcd/client.ts';
import { goReadFile } from '../../lib/kubeconfig/index.ts';
import { klogInfo, klogInfof } from '../../lib/klog/index.ts';
import { GoError, joinHostPort } from '../../lib/net/index.ts';
import { openAudit } from './audit.ts';
import { dialEtcd } from './dial.ts';
import { readAuth, readOthers, readPair, readServing, type AuthFiles } from './files.ts';
import type { Options } from './options.ts';
import { logServing, POLICY_SOURCE } from './startlog.ts';
import type { Shared } from './state.ts';

/** The storage cannot be had: the fatal line, exit code 255. */
export class StorageError extends Error {}

function* bind({ bindAddress, port }: Options): Coroutine<number> {
  const shown = joinHostPort(bindAddress, port);
  try {
    return yield* listen({ net: 'tcp', host: bindAddress, port });
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new GoError(`failed to create listener: failed to listen on ${shown}: listen tcp ${shown}: bind: ${goErrno(errno)}`);
  }
}

const MUTATING = 'NamespaceLifecycle,LimitRanger,ServiceAccount,NodeRestriction,TaintNodesByCondition,Priority,DefaultTolerationSeconds,DefaultStorageClass,StorageObjectInUseProtection,RuntimeClass,DefaultIngressClass,PodTopologyLabels,MutatingAdmissionPolicy,MutatingAdmissionWebhook';
const VALIDATING = 'LimitRanger,ServiceAccount,PodSecurity,Priority,PersistentVolumeClaimResize,RuntimeClass,CertificateApproval,CertificateSigning,ClusterTrustBundleAttest,CertificateSubjectRestriction,ValidatingAdmissionPolicy,ValidatingAdmissionWebhook,ResourceQuota';

function* announce({ plugins, modes }: Options): Coroutine<void> {
  const without = (list: string) => list.split(',').filter((name) => name !== 'NodeRestriction' || plugins.includes(name));
  const [mutating, validating] = [without(MUTATING), without(VALIDATING)];
  if (modes.includes('Node')) yield* klogInfo('shared_informer.go:350', 'Waiting for caches to sync', 'controller', 'node_authorizer');
  yield* klogInfo('shared_informer.go:350', 'Waiting for caches to sync', 'controller', POLICY_SOURCE);
  yield* klogInfof('plugins.go:157', `Loaded ${mutating.length} mutating admission controller(s) successfully in the following order: ${mutating.join(',')}.`);
  yield* klogInfof('plugins.go:160', `Loaded ${validating.length} validating admission controller(s) successfully in the following order: ${validating.join(',')}.`);
  yield* klogInfof('instance.go:233', 'Using reconciler: lease');
}

function* etcdConfig({ etcd }: Options): Coroutine<EtcdConfig> {
  const given = etcd.servers[0]!;
  // Without a scheme, a host and port are spoken to as the certificates say; anything else is left for the dialler to refuse.
  const endpoint = given.includes('://') || !/^[^:]+:\d+$/.test(given) ? given : `http${etcd.cert === '' ? '' : 's'}://${given}`;
  if (!endpoint.startsWith('https:')) return { endpoint, caPem: null, certPem: null, keyPem: null };
  try {
    const { certPem, keyPem } = yield* readPair(etcd.cert, etcd.key);
    return { endpoint, caPem: etcd.ca === '' ? null : yield* goReadFile(etcd.ca), certPem, keyPem };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new StorageError(caught.message);
  }
}

function sharedOf(options: Options, auth: AuthFiles, rest: Pick<Shared, 'etcd' | 'tls' | 'kubelet' | 'audit' | 'startedAt' | 'hostname'>, signingKeyPem: string | null): Shared {
  const { issuer, audiences } = options;
  return {
    ...rest, authority: { clientCaPem: auth.clientCaPem, publicKeysPem: auth.publicKeysPem, issuer, audiences, anonymous: options.anonymous, bootstrapTokens: options.bootstrapTokens }, modes: options.modes, requestHeaderCaPem: auth.requestHeaderCaPem, requestHeader: options.requestHeader, compactionUs: options.compactionUs,
    options: { serviceCidr: options.serviceCidr, nodePortRange: options.nodePorts, allowPrivileged: options.allowPrivileged, issuer, audiences, signingKeyPem, nodeRestriction: options.plugins.includes('NodeRestriction'), eventTtlSeconds: options.eventTtlSeconds, advertiseAddress: options.advertiseAddress, securePort: options.port },
  };
}

/** Waits until the watch cache has been filled once. */
function* cacheFilled(): Coroutine<void> {
  while ((yield* get('etcd', 'synced')) !== true) {
    const table = yield* view('etcd');
    if (!table.has('synced')) yield* poll({ tables: [{ table: 'etcd', since: table.version }] });
  }
}

/** Installing the APIs and filling the caches: the recorded server answers about four seconds after it began to listen. */
const INSTALL_US = 3_000_000;

/** Everything up to `Serving securely`. → the listening descriptor. Throws GoError (`command failed`) and StorageError. */
export function* startServer(options: Options, signingKeyPem: string | null): Coroutine<number> {
  yield* klogInfof('server.go:147', `Version: ${VERSION}`);
  yield* klogInfo('server.go:149', 'Golang settings', 'GOGC', '', 'GOMAXPROCS', '', 'GOTRACEBACK', '');
  const fd = yield* bind(options);
  const serving = yield* readServing(options);
  const auth = yield* readAuth(options);
  yield* readOthers(options);
  const audit = yield* openAudit(options);
  yield* cpu(450_000);
  const etcd = yield* etcdConfig(options);
  if (!(yield* dialEtcd(etcd, () => announce(options)))) throw new StorageError('context deadline exceeded');
  const kubelet = yield* kubeletClient(options);
  yield* readPair(options.proxyClient.cert, options.proxyClient.key);
  const { hostname } = yield* self();
  const tls = { ...serving, clientCaPem: auth.clientCaPem, require: false };
  yield* put('server', 'shared', sharedOf(options, auth, { etcd, tls, kubelet, audit, startedAt: yield* now(), hostname }, signingKeyPem));
  yield* thread('cacher', null);
  yield* cpu(INSTALL_US);
  yield* cacheFilled();
  yield* logServing(options);
  yield* graphPending(true);
  yield* thread('accept', fd);
  yield* thread('synced', options.modes.includes('Node'));
  yield* thread('bootstrap', null);
  yield* thread('controllers', null);
  yield* sleep(1000);
  return fd;
}

function* kubeletClient({ kubelet }: Options): Coroutine<Shared['kubelet']> {
  try {
    const pair = yield* readPair(kubelet.cert, kubelet.key);
    return { ...pair, caPem: kubelet.ca === '' ? null : yield* goReadFile(kubelet.ca), port: kubelet.port, addressTypes: kubelet.addressTypes };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new GoError(`problem initializing API group "": ${caught.message}`);
  }
}
