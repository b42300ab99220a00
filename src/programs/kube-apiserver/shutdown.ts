/**
 * What the server says while it goes, as recorded: its controllers, the files it watched, the listener, and the quota workers at
 * last. Models apiserver pkg/server/genericapiserver.go; upstream's controllers end at once and in no fixed order.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import { klogInfo, klogInfof } from '../../lib/klog/index.ts';
import type { Options } from './options.ts';

/** The files the server watched, by the names of their controllers. */
export interface WatchedFiles { readonly clientCa: string; readonly requestHeaderCa: string; readonly serving: string; readonly proxy: string }

const CONTROLLERS: readonly (readonly [string, string])[] = [
  ['autoregister_controller.go:168', 'Shutting down autoregister controller'], ['apiservice_controller.go:134', 'Shutting down APIServiceRegistrationController'],
  ['cluster_authentication_trust_controller.go:482', 'Shutting down cluster_authentication_trust_controller controller'], ['gc_controller.go:91', 'Shutting down apiserver lease garbage collector'],
  ['remote_available_controller.go:449', 'Shutting down RemoteAvailability controller'], ['controller.go:132', 'Ending legacy_token_tracking_controller'], ['controller.go:133', 'Shutting down legacy_token_tracking_controller'],
  ['storage_flowcontrol.go:172', 'APF bootstrap ensurer is exiting'], ['object_count_tracker.go:151', '"StorageObjectCountTracker pruner is exiting"'], ['controller.go:120', 'Shutting down OpenAPI V3 controller'],
  ['apf_controller.go:389', 'Shutting down API Priority and Fairness config worker'], ['customresource_discovery_controller.go:332', 'Shutting down DiscoveryController'], ['local_available_controller.go:172', 'Shutting down LocalAvailability controller'],
  ['system_namespaces_controller.go:76', 'Shutting down system namespaces controller'], ['crd_finalizer.go:281', 'Shutting down CRDFinalizer'], ['nonstructuralschema_controller.go:207', 'Shutting down NonStructuralSchemaConditionController'],
  ['apiapproval_controller.go:201', 'Shutting down KubernetesAPIApprovalPolicyConformantConditionController'], ['establishing_controller.go:92', 'Shutting down EstablishingController'], ['naming_controller.go:310', 'Shutting down NamingConditionController'],
  ['controller.go:170', 'Shutting down OpenAPI controller'], ['crdregistration_controller.go:146', 'Shutting down crd-autoregister controller'], ['controller.go:84', 'Shutting down OpenAPI AggregationController'], ['controller.go:86', 'Shutting down OpenAPI V3 AggregationController'],
];
const QUOTA_WORKERS = 5;

export const watchedFiles = (it: Options): WatchedFiles => ({ clientCa: it.clientCa, requestHeaderCa: it.requestHeaderCa, serving: `${it.tlsCert}::${it.tlsKey}`, proxy: it.proxyClient.cert === '' ? '' : `${it.proxyClient.cert}::${it.proxyClient.key}` });

export function* shuttingDown(address: string, files: WatchedFiles): Coroutine<void> {
  const over = function* (fileLine: string, kind: string, file: string): Coroutine<void> {
    if (file !== '') yield* klogInfo(fileLine, 'Shutting down controller', 'name', `${kind}::${file}`);
  };
  yield* over('dynamic_cafile_content.go:175', 'request-header', files.requestHeaderCa);
  for (const [fileLine, message] of CONTROLLERS) yield* klogInfof(fileLine, message);
  yield* over('dynamic_cafile_content.go:175', 'client-ca-bundle', files.clientCa);
  yield* over('dynamic_serving_content.go:149', 'aggregator-proxy-cert', files.proxy);
  yield* klogInfof('secure_serving.go:259', `Stopped listening on ${address}`);
  yield* klogInfo('tlsconfig.go:258', 'Shutting down DynamicServingCertificateController');
  yield* klogInfof('repairip.go:246', 'Shutting down ipallocator-repair-controller');
  yield* over('dynamic_serving_content.go:149', 'serving-cert', files.serving);
  yield* over('dynamic_cafile_content.go:175', 'client-ca-bundle', files.clientCa);
  yield* klogInfof('controller.go:157', 'Shutting down quota evaluator');
  for (let i = 0; i < QUOTA_WORKERS; i++) yield* klogInfof('controller.go:176', 'quota evaluator worker shutdown');
}
