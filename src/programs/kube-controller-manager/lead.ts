/**
 * What the manager does once it holds the lease: wait for a healthy server, start informers and controllers, and give up with
 * upstream's words when one of them cannot be started. Models run, CreateControllerContext and StartControllers.
 */
import { now, sleep, thread, type Coroutine, type Json } from '../../kernel/sys.ts';
import { recordEvent } from '../../lib/controller/index.ts';
import { startInformer, waitForSync } from '../../lib/informer/index.ts';
import { klogError, klogInfo, klogInfof } from '../../lib/klog/index.ts';
import { getObject, request, responseError, type KubeObject } from '../../lib/kube/index.ts';
import { goReadFile } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { parseCertificates, parseRsaPrivateKey } from '../../lib/x509/index.ts';
import { ensureAccount, setRootClient } from './clients.ts';
import { informerSpecs } from './informers.ts';
import { accountOf, isEnabled, ROSTER } from './roster.ts';
import type { Settings } from './start.ts';

const HEALTHY_WAIT_US = 10_000_000;

/** Waits for /healthz of the server; the error text when it does not come in time. */
function* waitForServer(settings: Settings): Coroutine<string | null> {
  const deadline = (yield* now()) + HEALTHY_WAIT_US;
  for (;;) {
    let last: string;
    try {
      const response = yield* request(settings.config, { method: 'GET', path: '/healthz', retries: 0 });
      if (response.status === 200) return null;
      last = responseError(response, 'GET').message;
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      last = caught.message;
    }
    if ((yield* now()) >= deadline) return `failed to wait for apiserver being healthy: timed out waiting for the condition: failed to get apiserver /healthz status: ${last}`;
    yield* sleep(1_000_000);
  }
}

/** Files that a controller reads when it starts. Throws GoError with its words. */
function* openFiles(name: string, settings: Settings): Coroutine<void> {
  const wrapped = function* (path: string, words: string): Coroutine<string> {
    try {
      return yield* goReadFile(path);
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      throw new GoError(`${words}: ${caught.message}`, 'file');
    }
  };
  const rootCa = function* (): Coroutine<void> {
    if (settings.rootCaFile === '') return;
    const text = yield* wrapped(settings.rootCaFile, `error parsing root-ca-file at ${settings.rootCaFile}`);
    if (parseCertificates(text).length === 0) throw new GoError(`error parsing root-ca-file at ${settings.rootCaFile}: data does not contain any valid RSA or ECDSA certificates`, 'file');
  };
  if (name === 'serviceaccount-token-controller' && settings.serviceAccountKeyFile !== '') {
    const words = 'error reading key for service account token controller';
    const key = yield* wrapped(settings.serviceAccountKeyFile, words);
    if (parseRsaPrivateKey(key) === null) throw new GoError(`${words}: error parsing private key file ${settings.serviceAccountKeyFile}: data does not contain a valid RSA or ECDSA private key`, 'file');
    yield* rootCa();
  }
  if (name === 'root-ca-certificate-publisher-controller') yield* rootCa();
  if (name === 'certificatesigningrequest-signing-controller' && settings.signingCertFile !== '') {
    const words = `failed to start kubernetes.io/kubelet-serving certificate controller: error reading CA cert file "${settings.signingCertFile}"`;
    yield* wrapped(settings.signingCertFile, words);
    yield* wrapped(settings.signingKeyFile, words);
  }
  if (name === 'node-ipam-controller' && settings.allocateNodeCidrs && settings.clusterCidr !== '' && !/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(settings.clusterCidr)) throw new GoError(`invalid CIDR[0]: <nil> (invalid CIDR address: ${settings.clusterCidr})`, 'config');
}

/** Tells the world who leads. */
function* announce(settings: Settings): Coroutine<void> {
  const election = settings.election;
  if (!election) return;
  const message = `${settings.identity} became leader`;
  try {
    const lease = yield* getObject<KubeObject>(settings.config, { group: 'coordination.k8s.io', resource: 'leases', namespace: election.namespace, name: election.name });
    const about = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: election.name, namespace: election.namespace, uid: lease.metadata.uid ?? '', resourceVersion: lease.metadata.resourceVersion ?? '' };
    yield* klogInfo('event.go:377', 'Event occurred', 'object', `${election.namespace}/${election.name}`, 'fieldPath', '', 'kind', 'Lease', 'apiVersion', 'coordination.k8s.io/v1', 'type', 'Normal', 'reason', 'LeaderElection', 'message', message);
    yield* recordEvent(settings.config, 'kube-controller-manager', { about, type: 'Normal', reason: 'LeaderElection', message });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
  }
}

/** A file's text; '' without the flag. A file that cannot be read has been complained of by then. */
function* readOrNothing(path: string): Coroutine<string> {
  if (path === '') return '';
  try {
    return yield* goReadFile(path);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return '';
  }
}

function* startControllers(settings: Settings): Coroutine<string | null> {
  const rootCa = yield* readOrNothing(settings.rootCaFile);
  const signingCa = { certPem: yield* readOrNothing(settings.signingCertFile), keyPem: yield* readOrNothing(settings.signingKeyFile) };
  for (const row of ROSTER) {
    if (!isEnabled(row, settings.controllers)) {
      yield* klogInfo('controllermanager.go:755', 'Warning: controller is disabled', 'controller', row.name);
      continue;
    }
    try {
      yield* openFiles(row.name, settings);
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* klogError('controllermanager.go:799', caught.message, 'Error starting controller', 'controller', row.name);
      return caught.message;
    }
    yield* ensureAccount(accountOf(row));
    if (row.controller) yield* thread('controller', { name: row.name, settings: { ...settings, rootCa, signingCa } } as unknown as Json);
    if (row.thread) yield* thread(row.thread, settings as unknown as Json);
    yield* klogInfo('controllermanager.go:778', 'Started controller', 'controller', row.name);
    for (const synced of row.synced) yield* klogInfof('shared_informer.go:350', `"Waiting for caches to sync" controller="${synced}"`);
  }
  return null;
}

/** Runs once the lease is held; → an exit code when the controllers could not be started, else null. */
export function* lead(settings: Settings): Coroutine<number | null> {
  yield* announce(settings);
  const unhealthy = yield* waitForServer(settings);
  if (unhealthy !== null) {
    yield* klogError('controllermanager.go:266', unhealthy, 'Error building controller context');
    return 1;
  }
  yield* setRootClient(settings.config, settings.ownCredentials);
  const failed = yield* startControllers(settings);
  if (failed !== null) {
    yield* klogError('controllermanager.go:271', failed, 'Error starting controllers');
    return 1;
  }
  yield* startInformer(thread, ...informerSpecs(settings.config));
  yield* thread('sync-log', settings.controllers as unknown as Json);
  return null;
}

/** Says when the caches are filled. */
export function* logSync(arg: Json): Coroutine<void> {
  yield* waitForSync(['pods', 'nodes', 'services', 'namespaces', 'replicasets']);
  for (const row of ROSTER) {
    if (!isEnabled(row, arg as readonly string[])) continue;
    for (const synced of row.synced) yield* klogInfof('shared_informer.go:357', `"Caches are synced" controller="${synced}"`);
  }
}
