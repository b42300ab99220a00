/**
 * `kubeadm init` and its phases: what it does through files is there at birth and may be skipped; what it does through
 * the API is done here. Not modelled: uploading certificates, dry runs.
 */

import { access, now, sleep, spawn, wait, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { formatDuration } from '../../base/duration.ts';
import { rfc3339 } from '../../base/time.ts';
import { parseYamlDocuments } from '../../base/yaml.ts';
import { closeConn, httpConnect, roundTrip } from '../../lib/http/index.ts';
import { create, getObject, isReason, patch, type KubeObject } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { base64Encode } from '../../lib/x509/index.ts';
import { goReadFile, type RestConfig } from '../../lib/kubeconfig/index.ts';
import { COREDNS, KUBE_PROXY } from './addons.ts';
import { ADMIN, apply, connectAs, retry, SUPER_ADMIN } from './client.ts';
import { clusterConfiguration, serverOf, type ClusterConfig } from './config.ts';
import { startKubelet } from './kubelet.ts';
import { COMPONENTS, manifest, type Component } from './manifests.ts';
import { BOOTSTRAP_RBAC, CLUSTER_ADMINS, clusterInfo, PROXY_ACCOUNT, PROXY_RBAC, tokenSecret, uploadConfig, uploadKubelet, type Token } from './objects.ts';
import { filePhase, makeDirs, replaceFile } from './phases.ts';
import { initChecks } from './preflight.ts';
import { readOrNull } from './sign.ts';
import { newToken } from './token.ts';

const WAIT = 240_000_000;   // 4m0s
const LABELS = { 'node-role.kubernetes.io/control-plane': '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
const CONTROL_PLANE_TAINT = { effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' };
const MANIFEST_DIR = '/etc/kubernetes/manifests';

/** A phase that failed, with what went wrong. */
export class PhaseError { readonly phase: string; readonly message: string; constructor(phase: string, message: string) { this.phase = phase; this.message = message; } }

const say = (text: string) => write(1, encodeUtf8(`${text}\n`));

function* inPhase(phase: string, body: Coroutine<void>): Coroutine<void> {
  try {
    yield* body;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new PhaseError(phase, caught.message);
  }
}

/** GET of a health endpoint; true when it answers 200. */
function* healthy(url: string): Coroutine<boolean> {
  try {
    const conn = yield* httpConnect({ url, tls: { serverName: '', caPem: null, insecure: true, certPem: null, keyPem: null }, timeoutUs: 5_000_000 });
    const response = yield* roundTrip(conn, { method: 'GET', path: `/${url.split('/').slice(3).join('/')}`, headers: {}, body: null }, 5_000_000);
    yield* closeConn(conn);
    return response.status === 200;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return false;
  }
}

/** µs it took; null when it never became healthy. */
function* waitHealthy(url: string): Coroutine<number | null> {
  const began = yield* now();
  for (;;) {
    if (yield* healthy(url)) return (yield* now()) - began;
    if ((yield* now()) - began > WAIT) return null;
    yield* sleep(500_000);
  }
}

function* waitControlPlane(c: ClusterConfig): Coroutine<void> {
  yield* say('[wait-control-plane] Waiting for the kubelet to boot up the control plane as static Pods from directory "/etc/kubernetes/manifests"');
  yield* say('[kubelet-check] Waiting for a healthy kubelet at http://127.0.0.1:10248/healthz. This can take up to 4m0s');
  const kubelet = yield* waitHealthy('http://127.0.0.1:10248/healthz');
  if (kubelet === null) throw new PhaseError('wait-control-plane', 'failed while waiting for the kubelet to start: The HTTP call equal to \'curl -sSL http://127.0.0.1:10248/healthz\' returned error: context deadline exceeded');
  yield* say(`[kubelet-check] The kubelet is healthy after ${formatDuration(kubelet)}`);
  yield* say('[control-plane-check] Waiting for healthy control plane components. This can take up to 4m0s');
  const parts: [string, string][] = [['kube-apiserver', `https://${c.address}:6443/livez`], ['kube-controller-manager', 'https://127.0.0.1:10257/healthz'], ['kube-scheduler', 'https://127.0.0.1:10259/livez']];
  for (const [name, url] of parts) yield* say(`[control-plane-check] Checking ${name} at ${url}`);
  for (const [name, url] of parts) {
    const took = yield* waitHealthy(url);
    if (took === null) throw new PhaseError('wait-control-plane', `failed while waiting for the control plane to start: ${name} check failed at ${url}`);
    yield* say(`[control-plane-check] ${name} is healthy after ${formatDuration(took)}`);
  }
}

/** admin.conf works only once its group is bound; super-admin.conf does that. */
function* adminClient(): Coroutine<RestConfig> {
  const admin = yield* connectAs(ADMIN);
  return yield* retry(60_000_000, function* () {
    try {
      yield* create(admin, { group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' }, CLUSTER_ADMINS);
    } catch (caught) {
      if (isReason(caught, 'AlreadyExists')) return admin;
      if (!isReason(caught, 'Forbidden')) throw caught;
      yield* apply(yield* connectAs(SUPER_ADMIN), CLUSTER_ADMINS);
    }
    return admin;
  });
}

function* applyAll(client: RestConfig, objects: readonly KubeObject[]): Coroutine<void> {
  for (const object of objects) yield* apply(client, object);
}

function* uploads(client: RestConfig, c: ClusterConfig): Coroutine<void> {
  yield* say('[upload-config] Storing the configuration used in ConfigMap "kubeadm-config" in the "kube-system" Namespace');
  yield* applyAll(client, uploadConfig(clusterConfiguration(c)));
  yield* say('[kubelet] Creating a ConfigMap "kubelet-config" in namespace kube-system with the configuration for the kubelets in the cluster');
  yield* applyAll(client, uploadKubelet(yield* goReadFile('/var/lib/kubelet/config.yaml')));
  const node = { group: '', resource: 'nodes', name: c.nodeName };
  yield* retry(WAIT, () => patch(client, node, 'strategic', { metadata: { annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': c.criSocket } } }));
}

function* markControlPlane(client: RestConfig, c: ClusterConfig): Coroutine<void> {
  yield* say(`[mark-control-plane] Marking the node ${c.nodeName} as control-plane by adding the labels: [${Object.keys(LABELS).join(' ')}]`);
  if (c.taint) yield* say(`[mark-control-plane] Marking the node ${c.nodeName} as control-plane by adding the taints [node-role.kubernetes.io/control-plane:NoSchedule]`);
  const ref = { group: '', resource: 'nodes', name: c.nodeName };
  yield* retry(WAIT, function* () {
    const node = yield* getObject<KubeObject & { readonly spec?: { readonly taints?: readonly { readonly key: string }[] } }>(client, ref);
    const taints = [...(node.spec?.taints ?? []).filter((t) => t.key !== CONTROL_PLANE_TAINT.key), CONTROL_PLANE_TAINT];
    yield* patch(client, ref, 'strategic', { metadata: { labels: LABELS }, ...(c.taint ? { spec: { taints } } : {}) });
  });
}

function* bootstrapToken(client: RestConfig, c: ClusterConfig, given: Token | null, ttlUs: number): Coroutine<Token> {
  const token = given ?? (yield* newToken());
  yield* say(`[bootstrap-token] Using token: ${token.id}.${token.secret}`);
  yield* say('[bootstrap-token] Configuring bootstrap tokens, cluster-info ConfigMap, RBAC Roles');
  yield* apply(client, tokenSecret(token, ttlUs === 0 ? null : rfc3339((yield* now()) + ttlUs), base64Encode));
  for (const line of ['to get nodes', 'to post CSRs in order for nodes to get long term certificate credentials', 'the csrapprover controller automatically approve CSRs from a Node Bootstrap Token', 'certificate rotation for all node client certificates in the cluster']) {
    yield* say(`[bootstrap-token] Configured RBAC rules to allow ${line.startsWith('the') || line.startsWith('cert') ? line : `Node Bootstrap tokens ${line}`}`);
  }
  yield* applyAll(client, BOOTSTRAP_RBAC);
  yield* say('[bootstrap-token] Creating the "cluster-info" ConfigMap in the "kube-public" namespace');
  yield* applyAll(client, clusterInfo(serverOf(c), base64Encode(yield* goReadFile('/etc/kubernetes/pki/ca.crt'))));
  return token;
}

/**
 * The kubelet goes on with the certificate that it renews itself, once it has one. That it cannot be restarted is no reason to fail.
 */
function* finalizeKubelet(): Coroutine<void> {
  yield* say('[kubelet-finalize] Updating "/etc/kubernetes/kubelet.conf" to point to a rotatable kubelet client certificate and key');
  const current = '/var/lib/kubelet/pki/kubelet-client-current.pem';
  const text = yield* readOrNull('/etc/kubernetes/kubelet.conf');
  if (text !== null && text.includes('client-certificate-data:') && (yield* access(current, 'f'))) {
    yield* replaceFile('/etc/kubernetes/kubelet.conf', text.replace(/client-certificate-data: \S+/, `client-certificate: ${current}`).replace(/client-key-data: \S+/, `client-key: ${current}`), 0o600);
  }
  yield* wait(yield* spawn({ path: '/usr/bin/systemctl', argv: ['systemctl', 'restart', 'kubelet'] }));
}

/** The phases that only make files, and the start of the kubelet. */
function* filePhases(c: ClusterConfig, wanted: (phase: string) => boolean): Coroutine<void> {
  for (const phase of ['certs', 'kubeconfig']) if (wanted(phase)) yield* filePhase(phase, 'all', c);
  yield* makeDirs(MANIFEST_DIR, 0o700);
  if (wanted('etcd')) {
    yield* makeDirs('/var/lib/etcd', 0o700);
    yield* writeManifests(['etcd'], c);
  }
  if (wanted('control-plane')) {
    yield* say(`[control-plane] Using manifest folder "${MANIFEST_DIR}"`);
    yield* writeManifests(COMPONENTS.filter((name) => name !== 'etcd'), c);
  }
  if (wanted('kubelet-start')) yield* startKubelet(c.criSocket);
}

/** Writes static pods' manifests anew. */
export function* writeManifests(names: readonly Component[], c: ClusterConfig): Coroutine<void> {
  for (const name of names) {
    yield* say(name === 'etcd' ? `[etcd] Creating static Pod manifest for local etcd in "${MANIFEST_DIR}"` : `[control-plane] Creating static Pod manifest for "${name}"`);
    yield* writeFile(`${MANIFEST_DIR}/${name}.yaml`, manifest(name, c), 0o600);
  }
}

function* addons(client: RestConfig, c: ClusterConfig): Coroutine<void> {
  const coredns = COREDNS.replace('coredns:v1.10.1', `coredns:${c.dnsTag === '' ? 'v1.12.0' : c.dnsTag}`);
  yield* applyAll(client, parseYamlDocuments(coredns) as unknown as KubeObject[]);
  yield* say('[addons] Applied essential addon: CoreDNS');
  const proxy = KUBE_PROXY.replace('https://controlplane:6443', serverOf(c)).replace('clusterCIDR: 172.17.0.0/16', `clusterCIDR: ${c.podSubnet === '' ? '""' : c.podSubnet}`);
  const [config, daemonSet] = parseYamlDocuments(proxy) as unknown as KubeObject[];
  yield* applyAll(client, [...PROXY_ACCOUNT, config!, ...PROXY_RBAC, daemonSet!]);
  yield* say('[addons] Applied essential addon: kube-proxy');
}

const JOIN = (c: ClusterConfig, token: Token, hash: string): string => `
Your Kubernetes control-plane has initialized successfully!

To start using your cluster, you need to run the following as a regular user:

  mkdir -p $HOME/.kube
  sudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config
  sudo chown $(id -u):$(id -g) $HOME/.kube/config

Alternatively, if you are the root user, you can run:

  export KUBECONFIG=/etc/kubernetes/admin.conf

You should now deploy a pod network to the cluster.
Run "kubectl apply -f [podnetwork].yaml" with one of the options listed at:
  https://kubernetes.io/docs/concepts/cluster-administration/addons/

Then you can join any number of worker nodes by running the following on each as root:

kubeadm join ${serverOf(c).slice('https://'.length)} --token ${token.id}.${token.secret} \\
	--discovery-token-ca-cert-hash sha256:${hash} `;

export interface InitFlags {
  readonly config: ClusterConfig; readonly skip: readonly string[]; readonly ignore: readonly string[]; readonly caHash: () => Coroutine<string>;
  /** null: a new one. */ readonly token: Token | null; readonly tokenTtlUs: number;
}

/** Runs the phases in order. Throws PhaseError. */
export function* init(flags: InitFlags): Coroutine<void> {
  const c = flags.config;
  yield* say(`[init] Using Kubernetes version: ${c.version}`);
  const wanted = (phase: string) => !flags.skip.includes(phase);
  if (wanted('preflight')) {
    const error = yield* initChecks(c.criSocket, flags.ignore);
    if (error !== null) throw new PhaseError('preflight', error);
  }
  yield* filePhases(c, wanted);
  if (wanted('wait-control-plane')) yield* waitControlPlane(c);
  let client: RestConfig;
  try {
    client = yield* adminClient();
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new PhaseError('wait-control-plane', `could not bootstrap the admin user in file admin.conf: ${caught.message}`);
  }
  if (wanted('upload-config')) yield* inPhase('upload-config', uploads(client, c));
  if (wanted('upload-certs')) yield* say('[upload-certs] Skipping phase. Please see --upload-certs');
  if (wanted('mark-control-plane')) yield* inPhase('mark-control-plane', markControlPlane(client, c));
  let token: Token = { id: '', secret: '' };
  if (wanted('bootstrap-token')) yield* inPhase('bootstrap-token', (function* () { token = yield* bootstrapToken(client, c, flags.token, flags.tokenTtlUs); })());
  if (wanted('kubelet-finalize')) yield* finalizeKubelet();
  if (wanted('addon')) yield* inPhase('addon', addons(client, c));
  if (wanted('show-join-command')) yield* say(JOIN(c, token, yield* flags.caHash()));
}

