/**
 * What the server says as it begins to serve, in the recorded order where one was recorded: its files, its listener, its controllers,
 * and a moment later that their caches are filled. Models apiserver pkg/server/secure_serving.go and the controllers' own lines.
 */
import { random, sleep, type Coroutine, type Json } from '../../kernel/sys.ts';
import { klogInfo, klogInfof } from '../../lib/klog/index.ts';
import { graphPending } from '../../lib/apiserver/auth/authorize.ts';
import { joinHostPort } from '../../lib/net/index.ts';
import type { Options } from './options.ts';
import { shared } from './state.ts';

/** A line: where it is said, and what; a name alone is a shared informer's controller. */
type Line = readonly [fileLine: string, message: string];

const STARTING: readonly Line[] = [
  ['controller.go:78', 'Starting OpenAPI AggregationController'], ['controller.go:80', 'Starting OpenAPI V3 AggregationController'], ['customresource_discovery_controller.go:294', 'Starting DiscoveryController'],
  ['aggregator.go:169', 'waiting for initial CRD sync...'], ['local_available_controller.go:156', 'Starting LocalAvailability controller'], ['cache.go:32', 'Waiting for caches to sync for LocalAvailability controller'],
  ['remote_available_controller.go:425', 'Starting RemoteAvailability controller'], ['cache.go:32', 'Waiting for caches to sync for RemoteAvailability controller'], ['apiservice_controller.go:100', 'Starting APIServiceRegistrationController'],
  ['cache.go:32', 'Waiting for caches to sync for APIServiceRegistrationController controller'], ['system_namespaces_controller.go:66', 'Starting system namespaces controller'], ['controller.go:119', 'Starting legacy_token_tracking_controller'],
  ['shared_informer.go:350', 'configmaps'], ['cluster_authentication_trust_controller.go:459', 'Starting cluster_authentication_trust_controller controller'], ['shared_informer.go:350', 'cluster_authentication_trust_controller'],
  ['apf_controller.go:377', 'Starting API Priority and Fairness config controller'], ['gc_controller.go:78', 'Starting apiserver lease garbage collector'], ['crdregistration_controller.go:114', 'Starting crd-autoregister controller'], ['shared_informer.go:350', 'crd-autoregister'],
  ['repairip.go:200', 'Starting ipallocator-repair-controller'], ['shared_informer.go:350', 'ipallocator-repair-controller'], ['default_servicecidr_controller.go:136', 'Starting kubernetes-service-cidr-controller'], ['shared_informer.go:350', 'kubernetes-service-cidr-controller'],
  ['controller.go:142', 'Starting OpenAPI controller'], ['controller.go:90', 'Starting OpenAPI V3 controller'], ['naming_controller.go:299', 'Starting NamingConditionController'], ['establishing_controller.go:81', 'Starting EstablishingController'],
  ['nonstructuralschema_controller.go:195', 'Starting NonStructuralSchemaConditionController'], ['apiapproval_controller.go:189', 'Starting KubernetesAPIApprovalPolicyConformantConditionController'], ['crd_finalizer.go:269', 'Starting CRDFinalizer'],
];

const SYNCED: readonly Line[] = [
  ['cache.go:39', 'Caches are synced for RemoteAvailability controller'], ['shared_informer.go:357', 'configmaps'], ['apf_controller.go:382', 'Running API Priority and Fairness config worker'],
  ['apf_controller.go:385', 'Running API Priority and Fairness periodic rebalancing process'], ['cache.go:39', 'Caches are synced for LocalAvailability controller'], ['shared_informer.go:357', 'kubernetes-service-cidr-controller'],
  ['shared_informer.go:357', 'cluster_authentication_trust_controller'], ['cache.go:39', 'Caches are synced for APIServiceRegistrationController controller'], ['handler_discovery.go:451', 'Starting ResourceDiscoveryManager'],
  ['shared_informer.go:357', 'ipallocator-repair-controller'], ['shared_informer.go:357', 'crd-autoregister'], ['aggregator.go:171', 'initial CRD sync complete...'], ['autoregister_controller.go:144', 'Starting autoregister controller'],
  ['cache.go:32', 'Waiting for caches to sync for autoregister controller'], ['cache.go:39', 'Caches are synced for autoregister controller'],
];

export const POLICY_SOURCE = '*generic.policySource[*k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicy,*k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicyBinding,k8s.io/apiserver/pkg/admission/plugin/policy/validating.Validator]';

function* say(lines: readonly Line[]): Coroutine<void> {
  for (const [fileLine, message] of lines) {
    if (!fileLine.startsWith('shared_informer')) yield* klogInfof(fileLine, message);
    else yield* klogInfo(fileLine, fileLine.endsWith(':350') ? 'Waiting for caches to sync' : 'Caches are synced', 'controller', message);
  }
}

/** The listener is up and the controllers begin. */
export function* logServing({ requestHeaderCa, clientCa, tlsCert, tlsKey, bindAddress, port }: Options): Coroutine<void> {
  const starting = (fileLine: string, name: string) => klogInfo(fileLine, 'Starting controller', 'name', name);
  if (requestHeaderCa !== '') yield* starting('dynamic_cafile_content.go:161', `request-header::${requestHeaderCa}`);
  if (clientCa !== '') yield* starting('dynamic_cafile_content.go:161', `client-ca-bundle::${clientCa}`);
  yield* starting('dynamic_serving_content.go:135', `serving-cert::${tlsCert}::${tlsKey}`);
  yield* klogInfof('secure_serving.go:211', `Serving securely on ${bindAddress === '0.0.0.0' ? `[::]:${port}` : joinHostPort(bindAddress, port)}`);
  yield* klogInfo('tlsconfig.go:243', 'Starting DynamicServingCertificateController');
  yield* say(STARTING);
}

const SYNC_US = 60_000;
/** Recorded: eight and eighteen seconds after the start the allocator hears of the cluster's range. */
const CIDR_US = 8_000_000;

/** Thread `synced`: their caches are filled. `arg`: whether nodes are authorised as such. */
export function* synced(arg: Json): Coroutine<void> {
  yield* sleep(SYNC_US);
  yield* say(SYNCED);
  yield* graphPending(false);
  if (arg === true) yield* klogInfo('shared_informer.go:357', 'Caches are synced', 'controller', 'node_authorizer');
  yield* klogInfo('shared_informer.go:357', 'Caches are synced', 'controller', POLICY_SOURCE);
  yield* klogInfof('policy_source.go:240', 'refreshing policies');
  const [draw = 0] = yield* random('apiserver/cidrallocator');
  yield* sleep(CIDR_US + (draw % CIDR_US));
  yield* klogInfof('cidrallocator.go:277', `updated ClusterIP allocator for Service CIDR ${(yield* shared()).options.serviceCidr}`);
}
