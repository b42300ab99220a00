/**
 * What every namespace gets: the service account `default` and the config map with the root certificate.
 * Models pkg/controller/serviceaccount and pkg/controller/certificates/rootcacertpublisher.
 */
import type { Cache, ConfigMap, Controller, KubeObject, Namespace, Outcome } from '../../../lib/controller/index.ts';

const isLiving = (namespace: Namespace | undefined): namespace is Namespace => namespace !== undefined && !namespace.metadata.deletionTimestamp && namespace.status?.phase !== 'Terminating';

export const serviceAccountController: Controller = {
  name: 'service-account-controller', caches: ['namespaces', 'serviceaccounts'],
  reconcile(key: string, cache: Cache): Outcome {
    if (!isLiving(cache.get<Namespace>('namespaces', key)) || cache.get<KubeObject>('serviceaccounts', `${key}/default`)) return { actions: [] };
    return { actions: [{
      op: 'create', cache: 'serviceaccounts', ref: { group: '', resource: 'serviceaccounts', namespace: key }, ignore: ['AlreadyExists', 'NotFound'],
      object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: key } },
    }] };
  },
  complaint: (key, error) => ['serviceaccounts_controller.go:184', `sync "${key}" failed with ${error}`],
};

const NAME = 'kube-root-ca.crt';
const WHY = 'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

export const rootCaController: Controller = {
  name: 'root-ca-cert-publisher', caches: ['namespaces', 'configmaps'],
  reconcile(key: string, cache: Cache, _nowUs, settings): Outcome {
    if (!isLiving(cache.get<Namespace>('namespaces', key))) return { actions: [] };
    const ca = (settings as { readonly rootCa?: string }).rootCa ?? '';
    const known = cache.get<ConfigMap>('configmaps', `${key}/${NAME}`);
    if (!known) {
      return { actions: [{
        op: 'create', cache: 'configmaps', ref: { group: '', resource: 'configmaps', namespace: key }, ignore: ['AlreadyExists', 'NotFound'],
        object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME, namespace: key, annotations: { 'kubernetes.io/description': WHY } }, data: { 'ca.crt': ca } },
      }] };
    }
    const keys = Object.keys(known.data ?? {});
    if (keys.length === 1 && known.data!['ca.crt'] === ca && known.metadata.annotations?.['kubernetes.io/description'] === WHY) return { actions: [] };
    const metadata = { ...known.metadata, annotations: { ...known.metadata.annotations, 'kubernetes.io/description': WHY } };
    return { actions: [{ op: 'update', cache: 'configmaps', ref: { group: '', resource: 'configmaps', namespace: key, name: NAME }, object: { ...known, metadata, data: { 'ca.crt': ca } } }] };
  },
  complaint: (key, error) => ['publisher.go:180', `syncing "${key}" failed: ${error}`],
};
