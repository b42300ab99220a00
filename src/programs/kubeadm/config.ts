/** kubeadm's configuration: the cluster's (kubeadm.k8s.io/v1beta4) with defaults, and the node's part that matters here. */
import { interfaces, uname } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { parseYamlDocuments } from '../../base/yaml.ts';
import { goReadFile } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { decodeUtf8 } from '../../base/utf8.ts';

export interface ClusterConfig {
  /** `version` '': the newest, as far as one can be told. */
  readonly endpoint: string; readonly version: string; readonly dnsTag: string; readonly etcdTag: string; readonly podSubnet: string; readonly serviceSubnet: string;
  readonly nodeName: string; readonly address: string; readonly criSocket: string; /** Whether init taints the node (nodeRegistration.taints is not []). */ readonly taint: boolean;
}

type Values = Readonly<Record<string, unknown>>;
const at = (value: unknown, ...path: string[]): unknown => path.reduce<unknown>((v, key) => (typeof v === 'object' && v !== null ? (v as Values)[key] : undefined), value);
const text = (value: unknown, fallback: string): string => (typeof value === 'string' && value !== '' ? value : fallback);

/** What flags of `init` and its phases set; '' leaves it. */
export interface Overrides { readonly podSubnet: string; readonly serviceSubnet: string; readonly address: string; readonly endpoint: string; readonly version: string; readonly nodeName: string; readonly criSocket: string }
const NONE: Overrides = { podSubnet: '', serviceSubnet: '', address: '', endpoint: '', version: '', nodeName: '', criSocket: '' };

/** Reads `--config` when it is given. */
export function* loadConfig(path: string | null, flags: Overrides = NONE): Coroutine<ClusterConfig | { readonly error: string }> {
  const { hostname } = yield* uname();
  let documents: readonly unknown[] = [];
  if (path !== null) {
    try {
      documents = parseYamlDocuments(decodeUtf8(yield* goReadFile(path)));
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      return { error: `unable to read config from "${path}" : ${caught.message}` };
    }
  }
  const of = (kind: string) => documents.find((d) => at(d, 'kind') === kind);
  const cluster = of('ClusterConfiguration');
  const init = of('InitConfiguration');
  const taints = at(init, 'nodeRegistration', 'taints');
  const own = (yield* interfaces()).interfaces.find((i) => !i.addr.startsWith('127.'))?.addr ?? '';
  const address = text(flags.address, text(at(init, 'localAPIEndpoint', 'advertiseAddress'), own));
  return {
    endpoint: text(flags.endpoint, text(at(cluster, 'controlPlaneEndpoint'), '')), version: text(flags.version, text(at(cluster, 'kubernetesVersion'), '')), dnsTag: text(at(cluster, 'dns', 'imageTag'), ''), etcdTag: text(at(cluster, 'etcd', 'local', 'imageTag'), ''),
    podSubnet: text(flags.podSubnet, text(at(cluster, 'networking', 'podSubnet'), '')), serviceSubnet: text(flags.serviceSubnet, text(at(cluster, 'networking', 'serviceSubnet'), '10.96.0.0/12')),
    nodeName: text(flags.nodeName, text(at(init, 'nodeRegistration', 'name'), hostname)), address, criSocket: text(flags.criSocket, text(at(init, 'nodeRegistration', 'criSocket'), 'unix:///var/run/containerd/containerd.sock')), taint: !(Array.isArray(taints) && taints.length === 0),
  };
}

/** `https://controlplane:6443`. */
export const serverOf = (c: ClusterConfig): string => `https://${c.endpoint === '' ? `${c.address}:6443` : c.endpoint}`;

/** The content of ConfigMap kube-system/kubeadm-config: v1beta4, keys sorted. */
export function clusterConfiguration(c: ClusterConfig): string {
  return [
    'apiServer: {}', 'apiVersion: kubeadm.k8s.io/v1beta4', 'caCertificateValidityPeriod: 87600h0m0s', 'certificateValidityPeriod: 8760h0m0s', 'certificatesDir: /etc/kubernetes/pki', 'clusterName: kubernetes',
    ...(c.endpoint === '' ? [] : [`controlPlaneEndpoint: ${c.endpoint}`]), 'controllerManager: {}', ...(c.dnsTag === '' ? ['dns: {}'] : ['dns:', `  imageTag: ${c.dnsTag}`]), 'encryptionAlgorithm: RSA-2048', 'etcd:', '  local:', '    dataDir: /var/lib/etcd',
    ...(c.etcdTag === '' ? [] : [`    imageTag: ${c.etcdTag}`]), 'imageRepository: registry.k8s.io', 'kind: ClusterConfiguration', `kubernetesVersion: ${c.version}`, 'networking:', '  dnsDomain: cluster.local', ...(c.podSubnet === '' ? [] : [`  podSubnet: ${c.podSubnet}`]),
    `  serviceSubnet: ${c.serviceSubnet}`, 'proxy: {}', 'scheduler: {}', '',
  ].join('\n');
}
