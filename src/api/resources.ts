/**
 * Every resource that a v1.33 API server serves: the discovery documents of a kubeadm cluster as one table.
 * Verbs are letters: c create, d delete, D deletecollection, g get, l list, p patch, u update, w watch.
 */

export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';
export interface Subresource { readonly name: string; readonly kind: string; readonly group?: string; readonly version?: string; readonly verbs: string }
export interface Resource {
  /** '' for the core group. */ readonly group: string; readonly version: string; readonly kind: string;
  /** Plural, as in paths. */ readonly name: string; readonly singular: string; readonly namespaced: boolean; readonly verbs: readonly Verb[];
  readonly shortNames: readonly string[]; readonly categories: readonly string[]; readonly storageVersionHash: string; readonly subresources: readonly Subresource[];
}
export interface Group { readonly name: string; readonly versions: readonly string[]; readonly preferred: string }

const LETTERS: Readonly<Record<string, Verb>> = { c: 'create', d: 'delete', D: 'deletecollection', g: 'get', l: 'list', p: 'patch', u: 'update', w: 'watch' };
/** Discovery's verb letters in words. */
export const verbsOf = (letters: string): readonly Verb[] => [...letters].map((l) => LETTERS[l]!);

const row = (group: string, version: string, kind: string, name: string, singular: string, namespaced: boolean, verbs: string,
  shortNames: readonly string[], categories: readonly string[], storageVersionHash: string, subresources: readonly Subresource[]): Resource =>
  ({ group, version, kind, name, singular, namespaced, verbs: verbsOf(verbs), shortNames, categories, storageVersionHash, subresources });

export const groups: readonly Group[] = [
  { name: 'apiregistration.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'apps', versions: ['v1'], preferred: 'v1' },
  { name: 'events.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'authentication.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'authorization.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'autoscaling', versions: ['v2', 'v1'], preferred: 'v2' },
  { name: 'batch', versions: ['v1'], preferred: 'v1' },
  { name: 'certificates.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'networking.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'policy', versions: ['v1'], preferred: 'v1' },
  { name: 'rbac.authorization.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'storage.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'admissionregistration.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'apiextensions.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'scheduling.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'coordination.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'node.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'discovery.k8s.io', versions: ['v1'], preferred: 'v1' },
  { name: 'flowcontrol.apiserver.k8s.io', versions: ['v1'], preferred: 'v1' },
];

export const resources: readonly Resource[] = [
  row('', 'v1', 'Binding', 'bindings', 'binding', true, 'c', [], [], '', []),
  row('', 'v1', 'ComponentStatus', 'componentstatuses', 'componentstatus', false, 'gl', ['cs'], [], '', []),
  row('', 'v1', 'ConfigMap', 'configmaps', 'configmap', true, 'cdDglpuw', ['cm'], [], 'qFsyl6wFWjQ=', []),
  row('', 'v1', 'Endpoints', 'endpoints', 'endpoints', true, 'cdDglpuw', ['ep'], [], 'fWeeMqaN/OA=', []),
  row('', 'v1', 'Event', 'events', 'event', true, 'cdDglpuw', ['ev'], [], 'r2yiGXH7wu8=', []),
  row('', 'v1', 'LimitRange', 'limitranges', 'limitrange', true, 'cdDglpuw', ['limits'], [], 'EBKMFVe6cwo=', []),
  row('', 'v1', 'Namespace', 'namespaces', 'namespace', false, 'cdglpuw', ['ns'], [], 'Q3oi5N2YM8M=', [{ name: 'finalize', kind: 'Namespace', verbs: 'u' }, { name: 'status', kind: 'Namespace', verbs: 'gpu' }]),
  row('', 'v1', 'Node', 'nodes', 'node', false, 'cdDglpuw', ['no'], [], 'XwShjMxG9Fs=', [{ name: 'proxy', kind: 'NodeProxyOptions', verbs: 'cdgpu' }, { name: 'status', kind: 'Node', verbs: 'gpu' }]),
  row('', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', 'persistentvolumeclaim', true, 'cdDglpuw', ['pvc'], [], 'QWTyNDq0dC4=', [{ name: 'status', kind: 'PersistentVolumeClaim', verbs: 'gpu' }]),
  row('', 'v1', 'PersistentVolume', 'persistentvolumes', 'persistentvolume', false, 'cdDglpuw', ['pv'], [], 'HN/zwEC+JgM=', [{ name: 'status', kind: 'PersistentVolume', verbs: 'gpu' }]),
  row('', 'v1', 'Pod', 'pods', 'pod', true, 'cdDglpuw', ['po'], ['all'], 'xPOwRZ+Yhw8=', [{ name: 'attach', kind: 'PodAttachOptions', verbs: 'cg' }, { name: 'binding', kind: 'Binding', verbs: 'c' }, { name: 'ephemeralcontainers', kind: 'Pod', verbs: 'gpu' }, { name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: 'c' }, { name: 'exec', kind: 'PodExecOptions', verbs: 'cg' }, { name: 'log', kind: 'Pod', verbs: 'g' }, { name: 'portforward', kind: 'PodPortForwardOptions', verbs: 'cg' }, { name: 'proxy', kind: 'PodProxyOptions', verbs: 'cdgpu' }, { name: 'resize', kind: 'Pod', verbs: 'gpu' }, { name: 'status', kind: 'Pod', verbs: 'gpu' }]),
  row('', 'v1', 'PodTemplate', 'podtemplates', 'podtemplate', true, 'cdDglpuw', [], [], 'LIXB2x4IFpk=', []),
  row('', 'v1', 'ReplicationController', 'replicationcontrollers', 'replicationcontroller', true, 'cdDglpuw', ['rc'], ['all'], 'Jond2If31h0=', [{ name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: 'gpu' }, { name: 'status', kind: 'ReplicationController', verbs: 'gpu' }]),
  row('', 'v1', 'ResourceQuota', 'resourcequotas', 'resourcequota', true, 'cdDglpuw', ['quota'], [], '8uhSgffRX6w=', [{ name: 'status', kind: 'ResourceQuota', verbs: 'gpu' }]),
  row('', 'v1', 'Secret', 'secrets', 'secret', true, 'cdDglpuw', [], [], 'S6u1pOWzb84=', []),
  row('', 'v1', 'ServiceAccount', 'serviceaccounts', 'serviceaccount', true, 'cdDglpuw', ['sa'], [], 'pbx9ZvyFpBE=', [{ name: 'token', kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1', verbs: 'c' }]),
  row('', 'v1', 'Service', 'services', 'service', true, 'cdDglpuw', ['svc'], ['all'], '0/CO1lhkEBI=', [{ name: 'proxy', kind: 'ServiceProxyOptions', verbs: 'cdgpu' }, { name: 'status', kind: 'Service', verbs: 'gpu' }]),
  row('apiregistration.k8s.io', 'v1', 'APIService', 'apiservices', 'apiservice', false, 'cdDglpuw', [], ['api-extensions'], 'InPBPD7+PqM=', [{ name: 'status', kind: 'APIService', verbs: 'gpu' }]),
  row('apps', 'v1', 'ControllerRevision', 'controllerrevisions', 'controllerrevision', true, 'cdDglpuw', [], [], '85nkx63pcBU=', []),
  row('apps', 'v1', 'DaemonSet', 'daemonsets', 'daemonset', true, 'cdDglpuw', ['ds'], ['all'], 'dd7pWHUlMKQ=', [{ name: 'status', kind: 'DaemonSet', verbs: 'gpu' }]),
  row('apps', 'v1', 'Deployment', 'deployments', 'deployment', true, 'cdDglpuw', ['deploy'], ['all'], '8aSe+NMegvE=', [{ name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: 'gpu' }, { name: 'status', kind: 'Deployment', verbs: 'gpu' }]),
  row('apps', 'v1', 'ReplicaSet', 'replicasets', 'replicaset', true, 'cdDglpuw', ['rs'], ['all'], 'P1RzHs8/mWQ=', [{ name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: 'gpu' }, { name: 'status', kind: 'ReplicaSet', verbs: 'gpu' }]),
  row('apps', 'v1', 'StatefulSet', 'statefulsets', 'statefulset', true, 'cdDglpuw', ['sts'], ['all'], 'H+vl74LkKdo=', [{ name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: 'gpu' }, { name: 'status', kind: 'StatefulSet', verbs: 'gpu' }]),
  row('events.k8s.io', 'v1', 'Event', 'events', 'event', true, 'cdDglpuw', ['ev'], [], 'r2yiGXH7wu8=', []),
  row('authentication.k8s.io', 'v1', 'SelfSubjectReview', 'selfsubjectreviews', 'selfsubjectreview', false, 'c', [], [], '', []),
  row('authentication.k8s.io', 'v1', 'TokenReview', 'tokenreviews', 'tokenreview', false, 'c', [], [], '', []),
  row('authorization.k8s.io', 'v1', 'LocalSubjectAccessReview', 'localsubjectaccessreviews', 'localsubjectaccessreview', true, 'c', [], [], '', []),
  row('authorization.k8s.io', 'v1', 'SelfSubjectAccessReview', 'selfsubjectaccessreviews', 'selfsubjectaccessreview', false, 'c', [], [], '', []),
  row('authorization.k8s.io', 'v1', 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', 'selfsubjectrulesreview', false, 'c', [], [], '', []),
  row('authorization.k8s.io', 'v1', 'SubjectAccessReview', 'subjectaccessreviews', 'subjectaccessreview', false, 'c', [], [], '', []),
  row('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'horizontalpodautoscaler', true, 'cdDglpuw', ['hpa'], ['all'], 'qwQve8ut294=', [{ name: 'status', kind: 'HorizontalPodAutoscaler', verbs: 'gpu' }]),
  row('autoscaling', 'v1', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'horizontalpodautoscaler', true, 'cdDglpuw', ['hpa'], ['all'], 'qwQve8ut294=', [{ name: 'status', kind: 'HorizontalPodAutoscaler', verbs: 'gpu' }]),
  row('batch', 'v1', 'CronJob', 'cronjobs', 'cronjob', true, 'cdDglpuw', ['cj'], ['all'], 'sd5LIXh4Fjs=', [{ name: 'status', kind: 'CronJob', verbs: 'gpu' }]),
  row('batch', 'v1', 'Job', 'jobs', 'job', true, 'cdDglpuw', [], ['all'], 'mudhfqk/qZY=', [{ name: 'status', kind: 'Job', verbs: 'gpu' }]),
  row('certificates.k8s.io', 'v1', 'CertificateSigningRequest', 'certificatesigningrequests', 'certificatesigningrequest', false, 'cdDglpuw', ['csr'], [], '95fRKMXA+00=', [{ name: 'approval', kind: 'CertificateSigningRequest', verbs: 'gpu' }, { name: 'status', kind: 'CertificateSigningRequest', verbs: 'gpu' }]),
  row('networking.k8s.io', 'v1', 'IngressClass', 'ingressclasses', 'ingressclass', false, 'cdDglpuw', [], [], 'l/iqIbDgFyQ=', []),
  row('networking.k8s.io', 'v1', 'Ingress', 'ingresses', 'ingress', true, 'cdDglpuw', ['ing'], [], '39NQlfNR+bo=', [{ name: 'status', kind: 'Ingress', verbs: 'gpu' }]),
  row('networking.k8s.io', 'v1', 'IPAddress', 'ipaddresses', 'ipaddress', false, 'cdDglpuw', ['ip'], [], 'O4H8VxQhW5Y=', []),
  row('networking.k8s.io', 'v1', 'NetworkPolicy', 'networkpolicies', 'networkpolicy', true, 'cdDglpuw', ['netpol'], [], 'YpfwF18m1G8=', []),
  row('networking.k8s.io', 'v1', 'ServiceCIDR', 'servicecidrs', 'servicecidr', false, 'cdDglpuw', [], [], '8ufAXOnr3Yg=', [{ name: 'status', kind: 'ServiceCIDR', verbs: 'gpu' }]),
  row('policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'poddisruptionbudget', true, 'cdDglpuw', ['pdb'], [], 'EVWiDmWqyJw=', [{ name: 'status', kind: 'PodDisruptionBudget', verbs: 'gpu' }]),
  row('rbac.authorization.k8s.io', 'v1', 'ClusterRoleBinding', 'clusterrolebindings', 'clusterrolebinding', false, 'cdDglpuw', [], [], '48tpQ8gZHFc=', []),
  row('rbac.authorization.k8s.io', 'v1', 'ClusterRole', 'clusterroles', 'clusterrole', false, 'cdDglpuw', [], [], 'bYE5ZWDrJ44=', []),
  row('rbac.authorization.k8s.io', 'v1', 'RoleBinding', 'rolebindings', 'rolebinding', true, 'cdDglpuw', [], [], 'eGsCzGH6b1g=', []),
  row('rbac.authorization.k8s.io', 'v1', 'Role', 'roles', 'role', true, 'cdDglpuw', [], [], '7FuwZcIIItM=', []),
  row('storage.k8s.io', 'v1', 'CSIDriver', 'csidrivers', 'csidriver', false, 'cdDglpuw', [], [], 'hL6j/rwBV5w=', []),
  row('storage.k8s.io', 'v1', 'CSINode', 'csinodes', 'csinode', false, 'cdDglpuw', [], [], 'Pe62DkZtjuo=', []),
  row('storage.k8s.io', 'v1', 'CSIStorageCapacity', 'csistoragecapacities', 'csistoragecapacity', true, 'cdDglpuw', [], [], 'xeVl+2Ly1kE=', []),
  row('storage.k8s.io', 'v1', 'StorageClass', 'storageclasses', 'storageclass', false, 'cdDglpuw', ['sc'], [], 'K+m6uJwbjGY=', []),
  row('storage.k8s.io', 'v1', 'VolumeAttachment', 'volumeattachments', 'volumeattachment', false, 'cdDglpuw', [], [], 'tJx/ezt6UDU=', [{ name: 'status', kind: 'VolumeAttachment', verbs: 'gpu' }]),
  row('admissionregistration.k8s.io', 'v1', 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', 'mutatingwebhookconfiguration', false, 'cdDglpuw', [], ['api-extensions'], 'Sqi0GUgDaX0=', []),
  row('admissionregistration.k8s.io', 'v1', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies', 'validatingadmissionpolicy', false, 'cdDglpuw', [], ['api-extensions'], '6OxvlMmQ6is=', [{ name: 'status', kind: 'ValidatingAdmissionPolicy', verbs: 'gpu' }]),
  row('admissionregistration.k8s.io', 'v1', 'ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings', 'validatingadmissionpolicybinding', false, 'cdDglpuw', [], ['api-extensions'], 'v9715VZqakg=', []),
  row('admissionregistration.k8s.io', 'v1', 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', 'validatingwebhookconfiguration', false, 'cdDglpuw', [], ['api-extensions'], 'B0wHjQmsGNk=', []),
  row('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'customresourcedefinition', false, 'cdDglpuw', ['crd', 'crds'], ['api-extensions'], 'jfWCUB31mvA=', [{ name: 'status', kind: 'CustomResourceDefinition', verbs: 'gpu' }]),
  row('scheduling.k8s.io', 'v1', 'PriorityClass', 'priorityclasses', 'priorityclass', false, 'cdDglpuw', ['pc'], [], '1QwjyaZjj3Y=', []),
  row('coordination.k8s.io', 'v1', 'Lease', 'leases', 'lease', true, 'cdDglpuw', [], [], 'gqkMMb/YqFM=', []),
  row('node.k8s.io', 'v1', 'RuntimeClass', 'runtimeclasses', 'runtimeclass', false, 'cdDglpuw', [], [], 'WQTu1GL3T2Q=', []),
  row('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices', 'endpointslice', true, 'cdDglpuw', [], [], 'qgS0xkrxYAI=', []),
  row('flowcontrol.apiserver.k8s.io', 'v1', 'FlowSchema', 'flowschemas', 'flowschema', false, 'cdDglpuw', [], [], 'GJVAJZSZBIw=', [{ name: 'status', kind: 'FlowSchema', verbs: 'gpu' }]),
  row('flowcontrol.apiserver.k8s.io', 'v1', 'PriorityLevelConfiguration', 'prioritylevelconfigurations', 'prioritylevelconfiguration', false, 'cdDglpuw', [], [], 'Kir5PVfvNeI=', [{ name: 'status', kind: 'PriorityLevelConfiguration', verbs: 'gpu' }]),
];
