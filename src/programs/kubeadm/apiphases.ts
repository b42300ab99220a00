/** The phases of `kubeadm init` that talk to the API server, and the kubelet's last step. Models cmd/kubeadm/app/cmd/phases/init. */
import { access, now, spawn, wait, write, type Coroutine } from '../../kernel/sys.ts';
import { rfc3339 } from '../../base/time.ts';
import { parseYamlDocuments } from '../../base/yaml.ts';
import { create, getObject, isReason, patch, type KubeObject } from '../../lib/kube/index.ts';
import { base64Encode } from '../../lib/x509/index.ts';
import { goReadFile, type RestConfig } from '../../lib/kubeconfig/index.ts';
import { COREDNS, KUBE_PROXY } from './addons.ts';
import { ADMIN, apply, connectAs, retry, SUPER_ADMIN } from './client.ts';
import { clusterConfiguration, serverOf, type ClusterConfig } from './config.ts';
import { BOOTSTRAP_RBAC, CLUSTER_ADMINS, clusterInfo, PROXY_ACCOUNT, PROXY_RBAC, tokenSecret, uploadConfig, uploadKubelet, type Token } from './objects.ts';
import { replaceFile } from './phases.ts';
import { readOrNull } from './sign.ts';
import { newToken } from './token.ts';

const WAIT_US = 240_000_000;
const LABELS = { 'node-role.kubernetes.io/control-plane': '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
const CONTROL_PLANE_TAINT = { effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' };

const say = (text: string) => write(1, `${text}\n`);

/** admin.conf works only once its group is bound; super-admin.conf does that. */
export function* adminClient(): Coroutine<RestConfig> {
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

export function* uploadKubeadmConfig(client: RestConfig, c: ClusterConfig): Coroutine<void> {
  yield* say('[upload-config] Storing the configuration used in ConfigMap "kubeadm-config" in the "kube-system" Namespace');
  yield* applyAll(client, uploadConfig(clusterConfiguration(c)));
}
export function* uploadKubeletConfig(client: RestConfig, c: ClusterConfig): Coroutine<void> {
  yield* say('[kubelet] Creating a ConfigMap "kubelet-config" in namespace kube-system with the configuration for the kubelets in the cluster');
  yield* applyAll(client, uploadKubelet(yield* goReadFile('/var/lib/kubelet/config.yaml')));
  const node = { group: '', resource: 'nodes', name: c.nodeName };
  yield* retry(WAIT_US, () => patch(client, node, 'strategic', { metadata: { annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': c.criSocket } } }));
}

export function* markControlPlane(client: RestConfig, c: ClusterConfig): Coroutine<void> {
  yield* say(`[mark-control-plane] Marking the node ${c.nodeName} as control-plane by adding the labels: [${Object.keys(LABELS).join(' ')}]`);
  if (c.taint) yield* say(`[mark-control-plane] Marking the node ${c.nodeName} as control-plane by adding the taints [node-role.kubernetes.io/control-plane:NoSchedule]`);
  const ref = { group: '', resource: 'nodes', name: c.nodeName };
  yield* retry(WAIT_US, function* () {
    const node = yield* getObject<KubeObject & { readonly spec?: { readonly taints?: readonly { readonly key: string }[] } }>(client, ref);
    const taints = [...(node.spec?.taints ?? []).filter((t) => t.key !== CONTROL_PLANE_TAINT.key), CONTROL_PLANE_TAINT];
    yield* patch(client, ref, 'strategic', { metadata: { labels: LABELS }, ...(c.taint ? { spec: { taints } } : {}) });
  });
}

export function* bootstrapToken(client: RestConfig, c: ClusterConfig, given: Token | null, ttlUs: number): Coroutine<Token> {
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
export function* finalizeKubelet(): Coroutine<void> {
  yield* say('[kubelet-finalize] Updating "/etc/kubernetes/kubelet.conf" to point to a rotatable kubelet client certificate and key');
  const current = '/var/lib/kubelet/pki/kubelet-client-current.pem';
  const text = yield* readOrNull('/etc/kubernetes/kubelet.conf');
  if (text !== null && text.includes('client-certificate-data:') && (yield* access(current, 'f'))) {
    yield* replaceFile('/etc/kubernetes/kubelet.conf', text.replace(/client-certificate-data: \S+/, `client-certificate: ${current}`).replace(/client-key-data: \S+/, `client-key: ${current}`), 0o600);
  }
  yield* wait(yield* spawn({ path: '/usr/bin/systemctl', argv: ['systemctl', 'restart', 'kubelet'] }));
}

export function* addCoreDns(client: RestConfig, c: ClusterConfig): Coroutine<void> {
  const coredns = COREDNS.replace('coredns:v1.10.1', `coredns:${c.dnsTag === '' ? 'v1.12.0' : c.dnsTag}`);
  yield* applyAll(client, parseYamlDocuments(coredns) as unknown as KubeObject[]);
  yield* say('[addons] Applied essential addon: CoreDNS');
}
export function* addKubeProxy(client: RestConfig, c: ClusterConfig): Coroutine<void> {
  const proxy = KUBE_PROXY.replace('https://controlplane:6443', serverOf(c)).replace('clusterCIDR: 172.17.0.0/16', `clusterCIDR: ${c.podSubnet === '' ? '""' : c.podSubnet}`);
  const [config, daemonSet] = parseYamlDocuments(proxy) as unknown as KubeObject[];
  yield* applyAll(client, [...PROXY_ACCOUNT, config!, ...PROXY_RBAC, daemonSet!]);
  yield* say('[addons] Applied essential addon: kube-proxy');
}
