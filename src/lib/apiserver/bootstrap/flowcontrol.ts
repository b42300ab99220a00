/** The default FlowSchemas and PriorityLevelConfigurations, and the API groups as APIServices, as a v1.33 server writes them. */

export const priorityLevels: Readonly<Record<string, unknown>> = {
  'catch-all': { limited: { lendablePercent: 0, limitResponse: { type: 'Reject' }, nominalConcurrencyShares: 5 }, type: 'Limited' },
  'exempt': { exempt: { lendablePercent: 0, nominalConcurrencyShares: 0 }, type: 'Exempt' },
  'global-default': { limited: { lendablePercent: 50, limitResponse: { queuing: { handSize: 6, queueLengthLimit: 50, queues: 128 }, type: 'Queue' }, nominalConcurrencyShares: 20 }, type: 'Limited' },
  'leader-election': { limited: { lendablePercent: 0, limitResponse: { queuing: { handSize: 4, queueLengthLimit: 50, queues: 16 }, type: 'Queue' }, nominalConcurrencyShares: 10 }, type: 'Limited' },
  'node-high': { limited: { lendablePercent: 25, limitResponse: { queuing: { handSize: 6, queueLengthLimit: 50, queues: 64 }, type: 'Queue' }, nominalConcurrencyShares: 40 }, type: 'Limited' },
  'system': { limited: { lendablePercent: 33, limitResponse: { queuing: { handSize: 6, queueLengthLimit: 50, queues: 64 }, type: 'Queue' }, nominalConcurrencyShares: 30 }, type: 'Limited' },
  'workload-high': { limited: { lendablePercent: 50, limitResponse: { queuing: { handSize: 6, queueLengthLimit: 50, queues: 128 }, type: 'Queue' }, nominalConcurrencyShares: 40 }, type: 'Limited' },
  'workload-low': { limited: { lendablePercent: 90, limitResponse: { queuing: { handSize: 6, queueLengthLimit: 50, queues: 128 }, type: 'Queue' }, nominalConcurrencyShares: 100 }, type: 'Limited' },
};

export const flowSchemas: Readonly<Record<string, { readonly priorityLevelConfiguration: { readonly name: string }; readonly [field: string]: unknown }>> = {
  'catch-all': { distinguisherMethod: { type: 'ByUser' }, matchingPrecedence: 10000, priorityLevelConfiguration: { name: 'catch-all' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }], resourceRules: [{ apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] }], subjects: [{ group: { name: 'system:unauthenticated' }, kind: 'Group' }, { group: { name: 'system:authenticated' }, kind: 'Group' }] }] },
  'endpoint-controller': { distinguisherMethod: { type: 'ByUser' }, matchingPrecedence: 150, priorityLevelConfiguration: { name: 'workload-high' }, rules: [{ resourceRules: [{ apiGroups: [''], namespaces: ['*'], resources: ['endpoints'], verbs: ['get', 'create', 'update'] }], subjects: [{ kind: 'User', user: { name: 'system:kube-controller-manager' } }, { kind: 'ServiceAccount', serviceAccount: { name: 'endpoint-controller', namespace: 'kube-system' } }, { kind: 'ServiceAccount', serviceAccount: { name: 'endpointslicemirroring-controller', namespace: 'kube-system' } }] }] },
  'exempt': { matchingPrecedence: 1, priorityLevelConfiguration: { name: 'exempt' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }], resourceRules: [{ apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] }], subjects: [{ group: { name: 'system:masters' }, kind: 'Group' }] }] },
  'global-default': { distinguisherMethod: { type: 'ByUser' }, matchingPrecedence: 9900, priorityLevelConfiguration: { name: 'global-default' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }], resourceRules: [{ apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] }], subjects: [{ group: { name: 'system:unauthenticated' }, kind: 'Group' }, { group: { name: 'system:authenticated' }, kind: 'Group' }] }] },
  'kube-controller-manager': { distinguisherMethod: { type: 'ByNamespace' }, matchingPrecedence: 800, priorityLevelConfiguration: { name: 'workload-high' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }], resourceRules: [{ apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] }], subjects: [{ kind: 'User', user: { name: 'system:kube-controller-manager' } }] }] },
  'kube-scheduler': { distinguisherMethod: { type: 'ByNamespace' }, matchingPrecedence: 800, priorityLevelConfiguration: { name: 'workload-high' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }], resourceRules: [{ apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] }], subjects: [{ kind: 'User', user: { name: 'system:kube-scheduler' } }] }] },
  'kube-system-service-accounts': { distinguisherMethod: { type: 'ByNamespace' }, matchingPrecedence: 900, priorityLevelConfiguration: { name: 'workload-high' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }], resourceRules: [{ apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] }], subjects: [{ kind: 'ServiceAccount', serviceAccount: { name: '*', namespace: 'kube-system' } }] }] },
  'probes': { matchingPrecedence: 2, priorityLevelConfiguration: { name: 'exempt' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['/healthz', '/readyz', '/livez'], verbs: ['get'] }], subjects: [{ group: { name: 'system:unauthenticated' }, kind: 'Group' }, { group: { name: 'system:authenticated' }, kind: 'Group' }] }] },
  'service-accounts': { distinguisherMethod: { type: 'ByUser' }, matchingPrecedence: 9000, priorityLevelConfiguration: { name: 'workload-low' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }], resourceRules: [{ apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] }], subjects: [{ group: { name: 'system:serviceaccounts' }, kind: 'Group' }] }] },
  'system-leader-election': { distinguisherMethod: { type: 'ByUser' }, matchingPrecedence: 100, priorityLevelConfiguration: { name: 'leader-election' }, rules: [{ resourceRules: [{ apiGroups: ['coordination.k8s.io'], namespaces: ['*'], resources: ['leases'], verbs: ['get', 'create', 'update'] }], subjects: [{ kind: 'User', user: { name: 'system:kube-controller-manager' } }, { kind: 'User', user: { name: 'system:kube-scheduler' } }, { kind: 'ServiceAccount', serviceAccount: { name: '*', namespace: 'kube-system' } }] }] },
  'system-node-high': { distinguisherMethod: { type: 'ByUser' }, matchingPrecedence: 400, priorityLevelConfiguration: { name: 'node-high' }, rules: [{ resourceRules: [{ apiGroups: [''], clusterScope: true, namespaces: ['*'], resources: ['nodes', 'nodes/status'], verbs: ['*'] }, { apiGroups: ['coordination.k8s.io'], namespaces: ['*'], resources: ['leases'], verbs: ['*'] }], subjects: [{ group: { name: 'system:nodes' }, kind: 'Group' }] }] },
  'system-nodes': { distinguisherMethod: { type: 'ByUser' }, matchingPrecedence: 500, priorityLevelConfiguration: { name: 'system' }, rules: [{ nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }], resourceRules: [{ apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] }], subjects: [{ group: { name: 'system:nodes' }, kind: 'Group' }] }] },
  'workload-leader-election': { distinguisherMethod: { type: 'ByUser' }, matchingPrecedence: 200, priorityLevelConfiguration: { name: 'leader-election' }, rules: [{ resourceRules: [{ apiGroups: [''], namespaces: ['*'], resources: ['endpoints', 'configmaps'], verbs: ['get', 'create', 'update'] }, { apiGroups: ['coordination.k8s.io'], namespaces: ['*'], resources: ['leases'], verbs: ['get', 'create', 'update'] }], subjects: [{ kind: 'ServiceAccount', serviceAccount: { name: '*', namespace: 'kube-system' } }] }] },
};

/** Group, version, groupPriorityMinimum, versionPriority. */
export const apiServices: readonly (readonly [string, string, number, number])[] = [
  ['', 'v1', 18000, 1],
  ['admissionregistration.k8s.io', 'v1', 16700, 15],
  ['apiextensions.k8s.io', 'v1', 16700, 15],
  ['apps', 'v1', 17800, 15],
  ['authentication.k8s.io', 'v1', 17700, 15],
  ['authorization.k8s.io', 'v1', 17600, 15],
  ['autoscaling', 'v1', 17500, 15],
  ['batch', 'v1', 17400, 15],
  ['certificates.k8s.io', 'v1', 17300, 15],
  ['coordination.k8s.io', 'v1', 16500, 15],
  ['discovery.k8s.io', 'v1', 16200, 15],
  ['events.k8s.io', 'v1', 17750, 15],
  ['flowcontrol.apiserver.k8s.io', 'v1', 16100, 21],
  ['networking.k8s.io', 'v1', 17200, 15],
  ['node.k8s.io', 'v1', 16300, 15],
  ['policy', 'v1', 17100, 15],
  ['rbac.authorization.k8s.io', 'v1', 17000, 15],
  ['scheduling.k8s.io', 'v1', 16600, 15],
  ['storage.k8s.io', 'v1', 16800, 15],
  ['autoscaling', 'v2', 17500, 30],
];
