/**
 * The controllers of kube-controller-manager 1.33 by upstream's names, what their informers call themselves in the log, and which of
 * them do something here. The others are not modelled: volumes are not bound, quotas get no status, old tokens are not cleaned.
 */
import type { Controller } from '../../lib/controller/index.ts';
import { rootCaController, serviceAccountController } from './controllers/accounts.ts';
import { bootstrapSigner, tokenCleaner } from './controllers/bootstrap.ts';
import { csrApprovingController } from './controllers/csr-approving.ts';
import { csrSigningController } from './controllers/csr-signing.ts';
import { cronJobController } from './controllers/cronjob.ts';
import { daemonSetController } from './controllers/daemonset.ts';
import { deploymentController } from './controllers/deployment.ts';
import { disruptionController } from './controllers/disruption.ts';
import { endpointController, endpointSliceController } from './controllers/endpoints.ts';
import { jobController } from './controllers/job.ts';
import { nodeIpamController, podGcController, ttlController } from './controllers/nodes.ts';
import { replicaSetController } from './controllers/replicaset.ts';
import { statefulSetController } from './controllers/statefulset.ts';
import { taintEvictionController } from './controllers/taint-eviction.ts';

export interface RosterRow {
  readonly name: string;
  /** `controller="…"` in the lines about its caches. */ readonly synced: readonly string[];
  readonly controller?: Controller;
  /** A thread of its own instead of a plain reconcile. */ readonly thread?: string;
  readonly alias?: string;
  readonly offByDefault?: boolean;
}

const row = (name: string, alias: string, synced: string | readonly string[], more: Partial<RosterRow> = {}): RosterRow => ({ name, alias, synced: typeof synced === 'string' ? [synced] : synced, ...more });
const works = (controller: Controller): Partial<RosterRow> => ({ controller });

/** In the order in which they are started here (upstream's is random, but for the first). */
export const ROSTER: readonly RosterRow[] = [
  row('serviceaccount-token-controller', 'serviceaccount-token', 'tokens'),
  row('endpoints-controller', 'endpoint', 'endpoint', works(endpointController)),
  row('endpointslice-controller', 'endpointslice', 'endpoint_slice', works(endpointSliceController)),
  row('endpointslice-mirroring-controller', 'endpointslicemirroring', 'endpoint_slice_mirroring'),
  row('replicationcontroller-controller', 'replicationcontroller', 'ReplicationController'),
  row('pod-garbage-collector-controller', 'podgc', 'GC', works(podGcController)),
  row('resourcequota-controller', 'resourcequota', 'resource quota'),
  row('namespace-controller', 'namespace', 'namespace', { thread: 'namespace' }),
  row('serviceaccount-controller', 'serviceaccount', 'service account', works(serviceAccountController)),
  row('garbage-collector-controller', 'garbagecollector', 'garbage collector', { thread: 'garbage-collector' }),
  row('daemonset-controller', 'daemonset', 'daemon sets', works(daemonSetController)),
  row('job-controller', 'job', 'job', works(jobController)),
  row('deployment-controller', 'deployment', 'deployment', works(deploymentController)),
  row('replicaset-controller', 'replicaset', 'ReplicaSet', works(replicaSetController)),
  row('horizontal-pod-autoscaler-controller', 'horizontalpodautoscaling', 'HPA', { thread: 'autoscaler' }),
  row('disruption-controller', 'disruption', 'disruption', works(disruptionController)),
  row('statefulset-controller', 'statefulset', 'stateful set', works(statefulSetController)),
  row('cronjob-controller', 'cronjob', 'cronjob', works(cronJobController)),
  row('certificatesigningrequest-signing-controller', 'csrsigning', ['certificate-csrsigning-kubelet-serving', 'certificate-csrsigning-kubelet-client', 'certificate-csrsigning-kube-apiserver-client', 'certificate-csrsigning-legacy-unknown'], works(csrSigningController)),
  row('certificatesigningrequest-approving-controller', 'csrapproving', 'certificate-csrapproving', works(csrApprovingController)),
  row('certificatesigningrequest-cleaner-controller', 'csrcleaner', []),
  row('ttl-controller', 'ttl', 'TTL', works(ttlController)),
  row('bootstrap-signer-controller', 'bootstrapsigner', 'bootstrap_signer', { offByDefault: true, ...works(bootstrapSigner) }),
  row('token-cleaner-controller', 'tokencleaner', 'token_cleaner', { offByDefault: true, ...works(tokenCleaner) }),
  row('node-ipam-controller', 'nodeipam', 'node', works(nodeIpamController)),
  row('node-lifecycle-controller', 'nodelifecycle', 'taint', { thread: 'node-lifecycle' }),
  row('taint-eviction-controller', 'taint-eviction-controller', 'taint-eviction-controller', works(taintEvictionController)),
  row('persistentvolume-binder-controller', 'persistentvolume-binder', 'persistent volume'),
  row('persistentvolume-attach-detach-controller', 'attachdetach', 'attach detach'),
  row('persistentvolume-expander-controller', 'persistentvolume-expander', 'expand'),
  row('clusterrole-aggregation-controller', 'clusterrole-aggregation', 'ClusterRoleAggregator'),
  row('persistentvolumeclaim-protection-controller', 'pvc-protection', 'PVC protection'),
  row('persistentvolume-protection-controller', 'pv-protection', 'PV protection'),
  row('ttl-after-finished-controller', 'ttl-after-finished', 'TTL after finished'),
  row('root-ca-certificate-publisher-controller', 'root-ca-cert-publisher', 'crt configmap', works(rootCaController)),
  row('ephemeral-volume-controller', 'ephemeral-volume', 'ephemeral'),
  row('legacy-serviceaccount-token-cleaner-controller', 'legacy-service-account-token-cleaner', 'legacy-service-account-token-cleaner'),
  row('validatingadmissionpolicy-status-controller', 'validatingadmissionpolicy-status-controller', 'validatingadmissionpolicy-status'),
  row('service-cidr-controller', 'service-cidr-controller', 'service-cidr-controller'),
];

/** The service accounts in kube-system whose credentials the controllers act with, where not the controller's own name. */
const ACCOUNTS: Readonly<Record<string, string | null>> = {
  'serviceaccount-token-controller': null, 'endpoints-controller': 'endpoint-controller', 'endpointslice-mirroring-controller': 'endpointslicemirroring-controller', 'replicationcontroller-controller': 'replication-controller',
  'pod-garbage-collector-controller': 'pod-garbage-collector', 'serviceaccount-controller': 'service-account-controller', 'garbage-collector-controller': 'generic-garbage-collector', 'daemonset-controller': 'daemon-set-controller',
  'horizontal-pod-autoscaler-controller': 'horizontal-pod-autoscaler', 'certificatesigningrequest-signing-controller': 'certificate-controller', 'certificatesigningrequest-approving-controller': 'certificate-controller',
  'certificatesigningrequest-cleaner-controller': 'certificate-controller', 'bootstrap-signer-controller': 'bootstrap-signer', 'token-cleaner-controller': 'token-cleaner', 'node-ipam-controller': 'node-controller', 'node-lifecycle-controller': 'node-controller',
  'taint-eviction-controller': 'node-controller', 'persistentvolume-binder-controller': 'persistent-volume-binder', 'persistentvolume-attach-detach-controller': 'attachdetach-controller', 'persistentvolume-expander-controller': 'expand-controller',
  'persistentvolumeclaim-protection-controller': 'pvc-protection-controller', 'persistentvolume-protection-controller': 'pv-protection-controller', 'root-ca-certificate-publisher-controller': 'root-ca-cert-publisher',
  'legacy-serviceaccount-token-cleaner-controller': 'legacy-service-account-token-cleaner', 'service-cidr-controller': 'service-cidrs-controller',
};
/** Null for the one that makes tokens itself. */
export const accountOf = (row: RosterRow): string | null => { const account = ACCOUNTS[row.name]; return account === undefined ? row.name : account; };

/** Names a --controllers list may use although nothing is started for them here: cloud and gated ones. */
const ALSO_KNOWN = [
  'service-lb-controller', 'service', 'node-route-controller', 'route', 'cloud-node-lifecycle-controller', 'cloud-node-lifecycle', 'storageversion-garbage-collector-controller', 'storage-version-gc', 'resourceclaim-controller', 'resource-claim-controller',
  'storage-version-migrator-controller', 'selinux-warning-controller', 'device-taint-eviction-controller', 'kube-apiserver-serving-clustertrustbundle-publisher-controller', 'volumeattributesclass-protection-controller',
];

export const controllerNames = ROSTER.map((entry) => entry.name).sort();

/** Whether a controller runs under a --controllers list. Models genericcontrollermanager.IsControllerEnabled. */
export function isEnabled(row: RosterRow, list: readonly string[]): boolean {
  const names = [row.name, row.alias ?? ''];
  if (list.some((entry) => names.includes(entry))) return true;
  if (list.some((entry) => entry.startsWith('-') && names.includes(entry.slice(1)))) return false;
  return list.includes('*') && !row.offByDefault;
}

/** `"foo" is not in the list of known controllers` for the first stranger; null when there is none. */
export function unknownControllers(list: readonly string[]): string | null {
  const known = new Set<string | undefined>([...ROSTER.flatMap((row) => [row.name, row.alias]), ...ALSO_KNOWN]);
  const strangers = list.map((entry) => entry.replace(/^-/, '')).filter((entry) => entry !== '*' && !known.has(entry)).map((entry) => `"${entry}" is not in the list of known controllers`);
  return strangers.length === 0 ? null : strangers.length === 1 ? strangers[0]! : `[${strangers.join(', ')}]`;
}
