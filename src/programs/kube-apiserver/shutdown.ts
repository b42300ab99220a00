/** What the server says while it goes: its controllers first, then the listener. Models apiserver pkg/server/genericapiserver.go. */
import type { Coroutine } from '../../kernel/sys.ts';
import { klogInfof } from '../../lib/klog/index.ts';

const LINES: readonly (readonly [string, string])[] = [
  ['controller.go:128', 'Shutting down kubernetes service endpoint reconciler'], ['autoregister_controller.go:168', 'Shutting down autoregister controller'], ['crd_finalizer.go:281', 'Shutting down CRDFinalizer'],
  ['apiapproval_controller.go:201', 'Shutting down KubernetesAPIApprovalPolicyConformantConditionController'], ['nonstructuralschema_controller.go:207', 'Shutting down NonStructuralSchemaConditionController'], ['establishing_controller.go:92', 'Shutting down EstablishingController'],
  ['naming_controller.go:310', 'Shutting down NamingConditionController'], ['controller.go:120', 'Shutting down OpenAPI V3 controller'], ['controller.go:170', 'Shutting down OpenAPI controller'], ['crdregistration_controller.go:146', 'Shutting down crd-autoregister controller'],
  ['customresource_discovery_controller.go:332', 'Shutting down DiscoveryController'], ['controller.go:86', 'Shutting down OpenAPI V3 AggregationController'], ['controller.go:84', 'Shutting down OpenAPI AggregationController'],
  ['apf_controller.go:389', 'Shutting down API Priority and Fairness config worker'], ['controller.go:132', 'Ending legacy_token_tracking_controller'], ['controller.go:133', 'Shutting down legacy_token_tracking_controller'],
  ['local_available_controller.go:172', 'Shutting down LocalAvailability controller'], ['remote_available_controller.go:449', 'Shutting down RemoteAvailability controller'], ['apiservice_controller.go:134', 'Shutting down APIServiceRegistrationController'],
  ['system_namespaces_controller.go:76', 'Shutting down system namespaces controller'], ['gc_controller.go:91', 'Shutting down apiserver lease garbage collector'],
];

export function* shuttingDown(address: string): Coroutine<void> {
  for (const [fileLine, message] of LINES) yield* klogInfof(fileLine, message);
  yield* klogInfof('secure_serving.go:259', `Stopped listening on ${address}`);
}
