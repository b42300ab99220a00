/** Mirror pods: the API's image of static pods. Models kubelet.go tryReconcileMirrorPods and pod/mirror_client.go. */
import { get, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { klogError, klogInfo } from '../../lib/klog/index.ts';
import { create, del, isReason } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';
import type { Node } from '../../api/types.ts';
import { settings } from './bus.ts';
import { CONFIG_HASH, CONFIG_MIRROR, fullName } from './types.ts';
import type { Pod } from './types.ts';

const hashOf = (pod: Pod, key: string): string | undefined => pod.metadata.annotations?.[key];

/** Deletes a mirror pod at once; a uid says which one is meant. → whether it is gone. */
export function* deleteMirror(namespace: string, name: string, uid: string | null): Coroutine<boolean> {
  const { rest } = yield* settings();
  if (rest === null) return false;
  try {
    yield* del(rest, { group: '', resource: 'pods', namespace, name }, { gracePeriodSeconds: 0, ...(uid === null ? {} : { preconditions: { uid } }) });
    return true;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    // Gone already, or replaced meanwhile: nothing to say.
    if (isReason(caught, 'NotFound', 'Conflict')) return false;
    yield* klogError('mirror_client.go:138', caught.message, 'Failed deleting a mirror pod', 'pod', `${namespace}/${name}`);
    return false;
  }
}

function* createMirror(pod: Pod, node: Node): Coroutine<void> {
  const { rest } = yield* settings();
  yield* klogInfo('kubelet.go:3340', 'Creating a mirror pod for static pod', 'pod', fullName(pod));
  const { uid: _uid, resourceVersion: _version, ...metadata } = pod.metadata;
  const mirror = {
    ...pod, status: undefined, metadata: { ...metadata, annotations: { ...pod.metadata.annotations, [CONFIG_MIRROR]: hashOf(pod, CONFIG_HASH) ?? '' }, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node.metadata.name, uid: node.metadata.uid, controller: true }] },
  };
  try {
    yield* create(rest!, { group: '', resource: 'pods', namespace: pod.metadata.namespace! }, mirror);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    // Another version's mirror with the same content is as good.
    const known = yield* get<Pod>('mirrors', fullName(pod));
    if (isReason(caught, 'AlreadyExists') && known !== undefined && hashOf(known, CONFIG_MIRROR) === hashOf(pod, CONFIG_HASH)) return;
    yield* klogError('kubelet.go:3342', caught.message, 'Failed creating a mirror pod', 'pod', fullName(pod));
  }
}

/** Makes the API show this static pod, and not an earlier version of it. */
export function* reconcileMirror(pod: Pod, mirror: Pod | null): Coroutine<void> {
  const { rest, nodeName } = yield* settings();
  if (rest === null) return;
  let deleted = false;
  if (mirror !== null && (mirror.metadata.deletionTimestamp !== undefined || hashOf(mirror, CONFIG_MIRROR) !== hashOf(pod, CONFIG_HASH))) {
    yield* klogInfo('kubelet.go:3323', 'Trying to delete pod', 'pod', fullName(mirror), 'podUID', mirror.metadata.uid);
    deleted = yield* deleteMirror(pod.metadata.namespace!, pod.metadata.name, mirror.metadata.uid);
    if (deleted) yield* klogInfo('kubelet.go:3329', "Deleted mirror pod as it didn't match the static Pod", 'pod', fullName(mirror));
  }
  if (mirror !== null && !deleted) return;
  const node = (yield* view<Node>('cache/nodes')).get(nodeName);
  if (node === undefined) {
    yield* klogError('kubelet.go:3336', `node ${JSON.stringify(nodeName)} not found`, 'No need to create a mirror pod, since failed to get node info from the cluster', 'node', nodeName);
    return;
  }
  if (node.metadata.deletionTimestamp !== undefined) {
    yield* klogInfo('kubelet.go:3338', 'No need to create a mirror pod, since node has been removed from the cluster', 'node', nodeName);
    return;
  }
  yield* createMirror(pod, node);
}
