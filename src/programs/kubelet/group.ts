/** The runtime's flat lists, sorted by pod. Pure. */
import { LABEL } from '../../lib/cri/index.ts';
import type { ContainerStatus, PodSandbox } from '../../lib/cri/index.ts';
import type { RuntimePod } from './types.ts';

type Sandbox = PodSandbox & { readonly ip: string };

/** The runtime's lists, sorted by pod; newest first within each. */
export function groupPods(sandboxes: readonly Sandbox[], containers: readonly ContainerStatus[]): Readonly<Record<string, RuntimePod>> {
  const pods: Record<string, { uid: string; name: string; namespace: string; sandboxes: Sandbox[]; containers: ContainerStatus[] }> = {};
  const of = (uid: string, name: string, namespace: string) => (pods[uid] ??= { uid, name, namespace, sandboxes: [], containers: [] });
  for (const it of sandboxes) of(it.metadata.uid, it.metadata.name, it.metadata.namespace).sandboxes.push(it);
  for (const it of containers) of(it.labels[LABEL.podUid] ?? '', it.labels[LABEL.podName] ?? '', it.labels[LABEL.podNamespace] ?? '').containers.push(it);
  for (const pod of Object.values(pods)) {
    pod.sandboxes.sort((a, b) => b.createdAt - a.createdAt || b.metadata.attempt - a.metadata.attempt);
    pod.containers.sort((a, b) => b.createdAt - a.createdAt || b.metadata.attempt - a.metadata.attempt);
  }
  return pods;
}
