/**
 * The post-start hooks: what the server itself writes into a new cluster, and finds there in an old one.
 * Models pkg/controlplane/instance.go and pkg/registry/rbac/rest/storage_rbac.go.
 */
import { cpu, sleep, type Coroutine } from '../../kernel/sys.ts';
import { rfc3339 } from '../../base/time.ts';
import { clusterRoleBindings, roleBindings } from '../../lib/apiserver/bootstrap/bindings.ts';
import { apiServices, flowSchemas, priorityLevels } from '../../lib/apiserver/bootstrap/flowcontrol.ts';
import { parseRule, parseSubject } from '../../lib/apiserver/bootstrap/parse.ts';
import { clusterRoles, roles, type BootstrapRole } from '../../lib/apiserver/bootstrap/roles.ts';
import { ApiError } from '../../lib/apiserver/status.ts';
import { klogErrorf, klogInfof } from '../../lib/klog/index.ts';
import { HOOKS } from './health.ts';
import { loopback } from './loopback.ts';
import { hookDone, shared, type Shared } from './state.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** Creates what is not there; → whether it was created. */
function* ensure(path: string, object: { readonly metadata: { readonly name: string } }): Coroutine<boolean> {
  try {
    yield* loopback('POST', path, object);
    return true;
  } catch (caught) {
    if (!(caught instanceof ApiError) || caught.status.reason !== 'AlreadyExists') throw caught;
    return false;
  }
}
/** What creating one bootstrap object takes: a new cluster's roles are there before clients that were refused ask again. */
const CREATE_US = 2_000;
/** The first writes of all find a cold server. */
const FIRST_CREATE_US = 8_000;

/** Of many objects, creates those that a list does not show. */
function* ensureAll(path: string, objects: readonly { readonly metadata: { readonly name: string; readonly namespace?: string } }[], cost = CREATE_US): Coroutine<void> {
  const listed = (yield* loopback('GET', path)).items as readonly { metadata: { name: string; namespace?: string } }[];
  const have = new Set(listed.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`));
  for (const object of objects) {
    const { name, namespace } = object.metadata;
    if (have.has(`${namespace ?? ''}/${name}`)) continue;
    yield* cpu(cost);
    yield* ensure(namespace === undefined ? path : path.replace(/\/([a-z]+)$/, `/namespaces/${namespace}/$1`), object);
  }
}

export function* systemNamespaces(): Coroutine<void> {
  yield* ensureAll('/api/v1/namespaces', ['kube-system', 'kube-public', 'kube-node-lease', 'default'].map((name) => ({ metadata: { name } })), FIRST_CREATE_US);
}

function* registerApis(): Coroutine<void> {
  const at = (yield* shared()).startedAt;
  const conditions = [{ lastTransitionTime: rfc3339(at), message: 'Local APIServices are always available', reason: 'Local', status: 'True', type: 'Available' }];
  yield* ensureAll('/apis/apiregistration.k8s.io/v1/apiservices', apiServices.map(([group, version, groupPriorityMinimum, versionPriority]) => ({
    metadata: { name: `${version}.${group}`, labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } }, spec: { ...(group === '' ? {} : { group }), groupPriorityMinimum, version, versionPriority }, status: { conditions },
  })));
}

function* authenticationInfo({ authority, requestHeaderCaPem, requestHeader }: Shared): Coroutine<void> {
  const json = (list: readonly string[]) => JSON.stringify(list);
  const data = {
    ...(authority.clientCaPem === null ? {} : { 'client-ca-file': authority.clientCaPem }),
    ...(requestHeaderCaPem === null ? {} : { 'requestheader-allowed-names': json(requestHeader.names), 'requestheader-client-ca-file': requestHeaderCaPem, 'requestheader-extra-headers-prefix': json(requestHeader.extra), 'requestheader-group-headers': json(requestHeader.group), 'requestheader-username-headers': json(requestHeader.user) }),
  };
  const path = '/api/v1/namespaces/kube-system/configmaps';
  const made = yield* ensure(path, { metadata: { name: 'extension-apiserver-authentication' }, data } as { metadata: { name: string } });
  if (!made) yield* loopback('PATCH', `${path}/extension-apiserver-authentication`, { data }, 'application/merge-patch+json');
}

function* priorityClasses(): Coroutine<void> {
  const rows = [['system-node-critical', 2000001000, 'Used for system critical pods that must not be moved from their current node.'],
    ['system-cluster-critical', 2000000000, 'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.']] as const;
  for (const [name, value, description] of rows) {
    const object = { metadata: { name }, value, description, preemptionPolicy: 'PreemptLowerPriority' };
    if (yield* ensure('/apis/scheduling.k8s.io/v1/priorityclasses', object)) yield* klogInfof('storage_scheduling.go:95', `created PriorityClass ${name} with value ${value}`);
  }
  yield* klogInfof('storage_scheduling.go:111', 'all system priority classes are created successfully or already exist.');
}

const standard = { annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' }, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } };
function roleObject({ name, namespace, to = [], from, rules }: BootstrapRole) {
  const labels = { ...standard.labels, ...Object.fromEntries(to.map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true'])) };
  return { metadata: { name, ...(namespace === undefined ? {} : { namespace }), annotations: standard.annotations, labels }, rules: rules.map(parseRule),
    ...(from === undefined ? {} : { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`rbac.authorization.k8s.io/aggregate-to-${from}`]: 'true' } }] } }) };
}

function* bootstrapRbac(): Coroutine<void> {
  yield* ensureAll(`${RBAC}/clusterroles`, clusterRoles.map(roleObject));
  const binding = (kind: string) => ({ name, namespace, role, subjects }: (typeof roleBindings)[number]) => ({
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...standard }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role }, ...(subjects.length === 0 ? {} : { subjects: subjects.map(parseSubject) }) });
  yield* ensureAll(`${RBAC}/clusterrolebindings`, clusterRoleBindings.map(binding('ClusterRole')));
  yield* ensureAll(`${RBAC}/roles`, roles.map(roleObject));
  yield* ensureAll(`${RBAC}/rolebindings`, roleBindings.map(binding('Role')));
}

function* flowControl(): Coroutine<void> {
  const at = rfc3339((yield* shared()).startedAt);
  const annotations = { 'apf.kubernetes.io/autoupdate-spec': 'true' };
  yield* ensureAll('/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations', Object.entries(priorityLevels).map(([name, spec]) => ({ metadata: { name, annotations }, spec, status: {} })));
  yield* ensureAll('/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas', Object.entries(flowSchemas).map(([name, spec]) => {
    const message = `This FlowSchema references the PriorityLevelConfiguration object named ${JSON.stringify(spec.priorityLevelConfiguration.name)} and it exists`;
    return { metadata: { name, annotations }, spec, status: { conditions: [{ lastTransitionTime: at, message, reason: 'Found', status: 'False', type: 'Dangling' }] } };
  }));
}

function* tokenTracking({ startedAt }: Shared): Coroutine<void> {
  yield* ensure('/api/v1/namespaces/kube-system/configmaps', { metadata: { name: 'kube-apiserver-legacy-service-account-token-tracking' }, data: { since: rfc3339(startedAt).slice(0, 10) } } as { metadata: { name: string } });
}

function* serviceCidr({ options, startedAt }: Shared): Coroutine<void> {
  const conditions = [{ lastTransitionTime: rfc3339(startedAt), message: 'Kubernetes Service CIDR is ready', reason: '', status: 'True', type: 'Ready' }];
  const made = yield* ensure('/apis/networking.k8s.io/v1/servicecidrs', { metadata: { name: 'kubernetes', finalizers: ['networking.k8s.io/service-cidr-finalizer'] }, spec: { cidrs: [options.serviceCidr] } } as { metadata: { name: string } });
  if (made) yield* loopback('PATCH', '/apis/networking.k8s.io/v1/servicecidrs/kubernetes/status', { status: { conditions } }, 'application/merge-patch+json');
}

/** Runs one hook until it succeeds; upstream's retry at once or die. */
function* hook(name: string, body: Coroutine<void>): Coroutine<void> {
  try {
    yield* body;
    yield* hookDone(name);
  } catch (caught) {
    if (!(caught instanceof ApiError)) throw caught;
    yield* klogErrorf('hooks.go:212', `PostStartHook ${JSON.stringify(name)} failed: ${caught.message}`);
  }
}

/** A thread: everything once, then it ends. What has no work here is done at once. */
export function* bootstrap(): Coroutine<void> {
  const server = yield* shared();
  const working = ['start-system-namespaces-controller', 'start-cluster-authentication-info-controller', 'start-legacy-token-tracking-controller', 'rbac/bootstrap-roles', 'scheduling/bootstrap-system-priority-classes', 'priority-and-fairness-config-producer',
    'start-kubernetes-service-cidr-controller', 'apiservice-registration-controller', 'bootstrap-controller', 'start-kube-apiserver-identity-lease-controller', 'autoregister-completion'];
  for (const name of HOOKS) if (!working.includes(name)) yield* hookDone(name);
  yield* hook('start-system-namespaces-controller', systemNamespaces());
  yield* hook('apiservice-registration-controller', registerApis());
  yield* hookDone('autoregister-completion');
  yield* hook('start-legacy-token-tracking-controller', tokenTracking(server));
  yield* hook('start-cluster-authentication-info-controller', authenticationInfo(server));
  yield* sleep(400_000);
  yield* hook('priority-and-fairness-config-producer', flowControl());
  yield* hook('scheduling/bootstrap-system-priority-classes', priorityClasses());
  yield* hook('start-kubernetes-service-cidr-controller', serviceCidr(server));
  yield* hook('rbac/bootstrap-roles', bootstrapRbac());
}
