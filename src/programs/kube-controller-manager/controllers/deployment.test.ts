import { describe, expect, test } from 'vitest';
import type { Action, Cache, KubeObject, Pod, ReplicaSet } from '../../../lib/controller/index.ts';
import { cacheFrom } from '../../../lib/controller/index.ts';
import { deploymentController } from './deployment.ts';
import { replicaSetController } from './replicaset.ts';

const NOW = 1_755_562_740_000_000;

/** A tiny cluster: applies what controllers ask for to plain lists, and lets pods become ready. */
class Cluster {
  lists: Record<string, KubeObject[]> = { deployments: [], replicasets: [], pods: [] };
  events: string[] = [];
  now = NOW;
  #next = 1;
  cache(): Cache { return cacheFrom(this.lists); }
  apply(action: Action): void {
    if (action.op === 'event') { this.events.push(action.event.message); return; }
    const list = this.lists[action.cache ?? ''] ?? [];
    const meta = () => ({ resourceVersion: String(this.#next++), creationTimestamp: new Date(this.now / 1000).toISOString() });
    let stored: KubeObject = { metadata: { name: '' } };
    if (action.op === 'create') {
      const object = action.object as KubeObject;
      const name = object.metadata.name ?? `${object.metadata.generateName}${this.#next}`;
      stored = { ...object, metadata: { ...object.metadata, name, uid: `uid-${this.#next}`, generation: 1, ...meta() } };
      list.push(stored);
    } else {
      const at = list.findIndex((one) => one.metadata.name === action.ref.name);
      if (action.op === 'delete') stored = list.splice(at, 1)[0]!;
      else if (action.op === 'update' || action.op === 'updateStatus') {
        const object = action.object as ReplicaSet;
        stored = list[at] = action.op === 'update'
          ? { ...object, metadata: { ...object.metadata, generation: (object.metadata.generation ?? 0) + 1 } }
          : { ...list[at]!, ...({ status: object.status } as object) };
      }
    }
    const event = action.done?.(stored);
    if (event) this.events.push(event.message);
  }
  /** Reconciles until nothing is asked for. */
  settle(ready = true): void {
    for (let round = 0; round < 200; round++) {
      const actions = [...this.lists.deployments!.map((d) => deploymentController.reconcile(`default/${d.metadata.name}`, this.cache(), this.now, null)),
      ].flatMap((outcome) => outcome.actions);
      actions.forEach((action) => this.apply(action));
      const more = this.lists.replicasets!.flatMap((rs) => replicaSetController.reconcile(`default/${rs.metadata.name}`, this.cache(), this.now, null).actions);
      more.forEach((action) => this.apply(action));
      let changed = false;
      if (ready) this.lists.pods = this.lists.pods!.map((pod) => { if ((pod as Pod).status) return pod; changed = true; return { ...pod, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2025-08-19T00:19:00Z' }] } } as KubeObject; });
      if (actions.length + more.length === 0 && !changed) return;
    }
    throw new Error('does not settle');
  }
  replicas(): Record<string, number> { return Object.fromEntries(this.lists.replicasets!.map((rs) => [rs.metadata.name, (rs as ReplicaSet).spec.replicas ?? 0])); }
}

const deployment = (image: string, replicas: number): KubeObject => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', namespace: 'default', uid: 'd', generation: 1, resourceVersion: '1', labels: { app: 'app' } },
  spec: {
    replicas, selector: { matchLabels: { app: 'app' } }, progressDeadlineSeconds: 600, revisionHistoryLimit: 10, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    template: {
      metadata: { creationTimestamp: null, labels: { app: 'app' } },
      spec: {
        containers: [{ image, imagePullPolicy: 'IfNotPresent', name: 'nginx', resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }],
        dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler', securityContext: {}, terminationGracePeriodSeconds: 30,
      },
    },
  },
} as unknown as KubeObject);

describe('a deployment', () => {
  test('creates its ReplicaSet and pods under the recorded name', () => {
    const cluster = new Cluster();
    cluster.lists.deployments!.push(deployment('nginx:alpine', 1));
    cluster.settle();
    expect(cluster.replicas()).toEqual({ 'app-7f9667c9d9': 1 });
    expect(cluster.events[0]).toBe('Scaled up replica set app-7f9667c9d9 from 0 to 1');
    expect(cluster.events[1]).toMatch(/^Created pod: app-7f9667c9d9-/);
    const d = cluster.lists.deployments![0] as unknown as { status: { conditions: { type: string; reason: string; message: string }[]; availableReplicas: number } ; metadata: { annotations: Record<string, string> } };
    expect(d.metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
    expect(d.status.availableReplicas).toBe(1);
    expect(d.status.conditions.map((one) => `${one.type} ${one.reason} ${one.message}`)).toEqual([
      'Available MinimumReplicasAvailable Deployment has minimum availability.', 'Progressing NewReplicaSetAvailable ReplicaSet "app-7f9667c9d9" has successfully progressed.',
    ]);
    const rs = cluster.lists.replicasets![0]!;
    expect(rs.metadata.annotations).toEqual({ 'deployment.kubernetes.io/desired-replicas': '1', 'deployment.kubernetes.io/max-replicas': '2', 'deployment.kubernetes.io/revision': '1' });
  });

  test('rolls to a new template and back, keeping its promises on the way', () => {
    const cluster = new Cluster();
    cluster.lists.deployments!.push(deployment('nginx:alpine', 4));
    cluster.settle();
    const change = (image: string) => { const d = cluster.lists.deployments![0]!; cluster.lists.deployments![0] = { ...deployment(image, 4), metadata: { ...d.metadata, generation: (d.metadata.generation ?? 0) + 1 }, ...({ status: (d as unknown as { status: object }).status } as object) }; };
    change('nginx:1.27');
    cluster.settle();
    const sizes = cluster.replicas();
    expect(sizes['app-7f9667c9d9']).toBe(0);
    expect(Object.values(sizes)).toContain(4);
    change('nginx:alpine');
    cluster.settle();
    expect(cluster.replicas()['app-7f9667c9d9']).toBe(4);
    expect(cluster.lists.deployments![0]!.metadata.annotations!['deployment.kubernetes.io/revision']).toBe('3');
    expect(cluster.lists.replicasets![0]!.metadata.annotations!['deployment.kubernetes.io/revision-history']).toBe('1');
  });

  test('scales, and tells a rollout that hangs', () => {
    const cluster = new Cluster();
    cluster.lists.deployments!.push(deployment('nginx:alpine', 1));
    cluster.settle(false);
    cluster.lists.deployments![0] = { ...cluster.lists.deployments![0]!, ...({ spec: { ...(deployment('nginx:alpine', 3) as unknown as { spec: object }).spec } } as object) };
    cluster.settle(false);
    expect(cluster.replicas()).toEqual({ 'app-7f9667c9d9': 3 });
    expect(cluster.events).toContain('Scaled up replica set app-7f9667c9d9 from 1 to 3');
    cluster.now += 605_000_000;
    cluster.settle(false);
    const d = cluster.lists.deployments![0] as unknown as { status: { conditions: { reason: string }[] } };
    expect(d.status.conditions.map((one) => one.reason)).toContain('ProgressDeadlineExceeded');
  });
});
