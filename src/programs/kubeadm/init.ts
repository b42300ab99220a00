/**
 * `kubeadm init` and its phases: what it does through files is there at birth and may be skipped; what it does through
 * the API is done here. Not modelled: uploading certificates, dry runs.
 */

import { now, sleep, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { formatDuration } from '../../base/duration.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { closeConn, httpConnect, roundTrip } from '../../lib/http/index.ts';
import { GoError } from '../../lib/net/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { addCoreDns, addKubeProxy, adminClient, bootstrapToken, finalizeKubelet, markControlPlane, uploadKubeadmConfig, uploadKubeletConfig } from './apiphases.ts';
import { ADMIN, connectAs } from './client.ts';
import { serverOf, type ClusterConfig } from './config.ts';
import { startKubelet } from './kubelet.ts';
import { COMPONENTS, manifest, type Component } from './manifests.ts';
import type { Token } from './objects.ts';
import { filePhase, makeDirs } from './phases.ts';
import { initChecks } from './preflight.ts';

const WAIT = 240_000_000;   // 4m0s
const TOKEN_TTL_US = 86_400_000_000;
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

type ApiPhase = (client: RestConfig, c: ClusterConfig) => Coroutine<unknown>;
const finalize: ApiPhase = () => finalizeKubelet();
/** `init phase …`: what one of them, or all of a group, does through the API. */
const API_PHASES: Readonly<Record<string, Readonly<Record<string, ApiPhase>>>> = {
  'upload-config': { kubeadm: uploadKubeadmConfig, kubelet: uploadKubeletConfig }, 'mark-control-plane': { '': markControlPlane }, 'bootstrap-token': { '': (client, c) => bootstrapToken(client, c, null, TOKEN_TTL_US) },
  'kubelet-finalize': { 'enable-client-cert-rotation': finalize }, addon: { coredns: addCoreDns, 'kube-proxy': addKubeProxy },
};

/** Runs `PHASE WHICH`; false when there is no such phase. Throws PhaseError. */
export function* apiPhase(phase: string, which: string, c: ClusterConfig): Coroutine<boolean> {
  const group = API_PHASES[phase] ?? {};
  const steps = which === 'all' ? Object.keys(group).filter((name) => name !== '') : Object.keys(group).filter((name) => name === which);
  if (steps.length === 0) return false;
  for (const name of steps) yield* inPhase(name === '' ? phase : `${phase}/${name}`, (function* () { yield* group[name]!(yield* connectAs(ADMIN), c); })());
  return true;
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
  if (wanted('upload-config')) {
    yield* inPhase('upload-config/kubeadm', uploadKubeadmConfig(client, c));
    yield* inPhase('upload-config/kubelet', uploadKubeletConfig(client, c));
  }
  if (wanted('upload-certs')) yield* say('[upload-certs] Skipping phase. Please see --upload-certs');
  if (wanted('mark-control-plane')) yield* inPhase('mark-control-plane', markControlPlane(client, c));
  let token: Token = { id: '', secret: '' };
  if (wanted('bootstrap-token')) yield* inPhase('bootstrap-token', (function* () { token = yield* bootstrapToken(client, c, flags.token, flags.tokenTtlUs); })());
  if (wanted('kubelet-finalize')) yield* finalizeKubelet();
  if (wanted('addon')) {
    yield* inPhase('addon/coredns', addCoreDns(client, c));
    yield* inPhase('addon/kube-proxy', addKubeProxy(client, c));
  }
  if (wanted('show-join-command')) yield* say(JOIN(c, token, yield* flags.caHash()));
}

