/**
 * `kubeadm upgrade plan`: is the cluster well, and which versions are there. The newest version is asked of the internet, which is out of
 * reach here as behind any firewall. Models cmd/kubeadm/app/phases/upgrade. Not modelled: the job that proves that pods still run.
 */
import { access, write, type Coroutine } from '../../kernel/sys.ts';
import { getObject, listObjects, type KubeObject } from '../../lib/kube/index.ts';
import { GoError, lookupHost } from '../../lib/net/index.ts';
import { klogWarnf } from '../../lib/klog/index.ts';
import { connectAs } from './client.ts';
import { COMPONENTS } from './manifests.ts';

export const VERSION = 'v1.33.0';
const say = (text: string) => write(1, `${text}\n`);

/** The version a label of dl.k8s.io stands for: with nobody to ask, kubeadm's own. */
export function* fetchVersion(label: string): Coroutine<string> {
  try {
    yield* lookupHost('dl.k8s.io');
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const url = `https://dl.k8s.io/release/${label}.txt`;
    yield* klogWarnf('version.go:109', `could not fetch a Kubernetes version from the internet: unable to get URL "${url}": Get "${url}": dial tcp: ${caught.message}`);
    yield* klogWarnf('version.go:110', `falling back to the local client version: ${VERSION}`);
  }
  return VERSION;
}

type Node = KubeObject & { readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] } };
type Info = KubeObject & { readonly data?: Readonly<Record<string, string>> };

function* health(kubeconfig: string): Coroutine<readonly string[]> {
  const nodes = yield* listObjects<Node>(yield* connectAs(kubeconfig), { group: '', resource: 'nodes' }, { labelSelector: 'node-role.kubernetes.io/control-plane=' });
  const notReady = nodes.items.filter((node) => !node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')).map(({ metadata }) => metadata.name);
  const missing: string[] = [];
  for (const name of COMPONENTS) if (name !== 'etcd' && !(yield* access(`/etc/kubernetes/manifests/${name}.yaml`, 'f'))) missing.push(name);
  return [
    ...(notReady.length === 0 ? [] : [`\t[ERROR ControlPlaneNodesReady]: there are NotReady control-planes in the cluster: [${notReady.join(' ')}]\n`]),
    ...(missing.length === 0 ? [] : [`\t[ERROR StaticPodManifest]: manifest files are missing for the control plane components: [${missing.join(' ')}]\n`]),
  ];
}

/** The verb; → what stopped it, or null. */
export function* plan(kubeconfig: string): Coroutine<string | null> {
  yield* say('[preflight] Running pre-flight checks.');
  yield* say('[upgrade/config] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...');
  let version: string;
  try {
    const { data = {} } = yield* getObject<Info>(yield* connectAs(kubeconfig), { group: '', resource: 'configmaps', namespace: 'kube-system', name: 'kubeadm-config' });
    version = /kubernetesVersion: (\S+)/.exec(data.ClusterConfiguration ?? '')?.[1] ?? VERSION;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return `[upgrade/init config] FATAL: failed to get config map: ${caught.message}`;
  }
  yield* say("[upgrade/config] Use 'kubeadm init phase upload-config --config your-config-file' to re-upload it.");
  yield* say('[upgrade] Running cluster health checks');
  const errors = yield* health(kubeconfig);
  if (errors.length > 0) return `[upgrade/health] FATAL: [preflight] Some fatal errors occurred:\n${errors.join('')}[preflight] If you know what you are doing, you can make a check non-fatal with \`--ignore-preflight-errors=...\``;
  yield* say('[upgrade] Fetching available versions to upgrade to');
  yield* say(`[upgrade/versions] Cluster version: ${version.replace(/^v/, '')}\n[upgrade/versions] kubeadm version: ${VERSION}`);
  yield* say(`[upgrade/versions] Target version: ${yield* fetchVersion('stable')}`);
  yield* say(`[upgrade/versions] Latest version in the v1.33 series: ${yield* fetchVersion('stable-1.33')}`);
  yield* say("\nAwesome, you're up-to-date! Enjoy!");
  return null;
}
