/** kubeadm as a client of the API: kubeconfigs, create-or-update, and waiting. */
import type { Coroutine } from '../../kernel/sys.ts';
import { sleep } from '../../kernel/sys.ts';
import { loadRestConfig, type RestConfig } from '../../lib/kubeconfig/index.ts';
import { create, getObject, isReason, StatusError, update, type KubeObject, type ResourceRef } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';

const AGENT = 'kubeadm/v1.33.0 (linux/amd64) kubernetes/60a317e';
export const ADMIN = '/etc/kubernetes/admin.conf';
export const SUPER_ADMIN = '/etc/kubernetes/super-admin.conf';

export function* connectAs(path: string): Coroutine<RestConfig> {
  return { ...(yield* loadRestConfig(path)), userAgent: AGENT };
}

const PLURALS: Readonly<Record<string, string>> = { ConfigMap: 'configmaps', Secret: 'secrets', ServiceAccount: 'serviceaccounts', Service: 'services', Role: 'roles', RoleBinding: 'rolebindings', ClusterRole: 'clusterroles', ClusterRoleBinding: 'clusterrolebindings', Deployment: 'deployments', DaemonSet: 'daemonsets' };

/** Where an object of the kinds kubeadm makes belongs. */
export function refOf(object: KubeObject): ResourceRef {
  const [group, version] = object.apiVersion!.includes('/') ? (object.apiVersion!.split('/') as [string, string]) : ['', object.apiVersion!];
  return { group, version, resource: PLURALS[object.kind!]!, ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }) };
}

/** Creates an object; one that is there already is replaced. Throws GoError and StatusError. */
export function* apply(config: RestConfig, object: KubeObject): Coroutine<void> {
  const ref = refOf(object);
  try {
    yield* create(config, ref, object);
  } catch (caught) {
    if (!(caught instanceof StatusError) || !isReason(caught, 'AlreadyExists')) throw caught;
    const named = { ...ref, name: object.metadata.name };
    const old = yield* getObject(config, named);
    yield* update(config, named, { ...object, metadata: { ...object.metadata, resourceVersion: old.metadata.resourceVersion } });
  }
}

/** Tries every 500 ms until it works or `limitUs` is over; the last error is thrown then. */
export function* retry<T>(limitUs: number, body: () => Coroutine<T>): Coroutine<T> {
  for (let waited = 0; ; waited += 500_000) {
    try {
      return yield* body();
    } catch (caught) {
      if (!(caught instanceof GoError) && !(caught instanceof StatusError)) throw caught;
      if (waited >= limitUs) throw caught;
      yield* sleep(500_000);
    }
  }
}
