/** What the controllers watch: a row for each shared informer. */
import type { InformerSpec } from '../../lib/informer/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';

const ROWS: readonly (readonly [resource: string, group: string, kind: string, namespace?: string | undefined, version?: string])[] = [
  ['pods', '', 'Pod'], ['nodes', '', 'Node'], ['services', '', 'Service'], ['endpoints', '', 'Endpoints'], ['namespaces', '', 'Namespace'], ['serviceaccounts', '', 'ServiceAccount'],
  ['configmaps', '', 'ConfigMap'], ['secrets', '', 'Secret', 'kube-system'], ['deployments', 'apps', 'Deployment'], ['replicasets', 'apps', 'ReplicaSet'], ['daemonsets', 'apps', 'DaemonSet'], ['statefulsets', 'apps', 'StatefulSet'],
  ['controllerrevisions', 'apps', 'ControllerRevision'], ['jobs', 'batch', 'Job'], ['cronjobs', 'batch', 'CronJob'], ['endpointslices', 'discovery.k8s.io', 'EndpointSlice'],
  ['leases', 'coordination.k8s.io', 'Lease', 'kube-node-lease'], ['certificatesigningrequests', 'certificates.k8s.io', 'CertificateSigningRequest'], ['poddisruptionbudgets', 'policy', 'PodDisruptionBudget'], ['horizontalpodautoscalers', 'autoscaling', 'HorizontalPodAutoscaler', undefined, 'v2'],
];

/** The informers of every controller, with the manager's own credentials. */
export function informerSpecs(config: RestConfig): InformerSpec[] {
  return ROWS.map(([resource, group, kind, namespace, version]) => ({ name: resource, ref: { group, resource, ...(namespace ? { namespace } : {}), ...(version ? { version } : {}) }, config, type: `*${version ?? 'v1'}.${kind}` }));
}
