import { describe, expect, test } from 'vitest';
import { bootControlPlane, CONTROLLER_MANAGER } from '../../testing/controlplane.ts';
import { program } from './index.ts';

const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', namespace: 'default', labels: { app: 'app' } },
  spec: { replicas, selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'nginx', image: 'nginx:alpine', imagePullPolicy: 'IfNotPresent' }] } } },
});

describe('kube-controller-manager over a real API server', () => {
  const plane = bootControlPlane([program]);
  const id = plane.m.start(CONTROLLER_MANAGER);
  plane.m.pass(10e6);
  const log = () => plane.m.result(id).stderr;

  test('takes the lease and starts its controllers', () => {
    expect(log()).toContain('successfully acquired lease kube-system/kube-controller-manager');
    expect(log()).toContain('Started controller');
    expect(log()).not.toContain('forbidden');
  });

  test('makes pods for a deployment', () => {
    plane.ask('POST', '/apis/apps/v1/namespaces/default/deployments', deployment(2));
    plane.m.pass(3e6);
    const sets = plane.list('/apis/apps/v1/namespaces/default/replicasets');
    expect(sets.map((rs) => rs.metadata!.name)).toEqual(['app-7f9667c9d9']);
    const pods = plane.list('/api/v1/namespaces/default/pods');
    expect(pods).toHaveLength(2);
    const events = plane.list('/api/v1/namespaces/default/events').map((event) => String(event.message));
    expect(events).toContain('Scaled up replica set app-7f9667c9d9 from 0 to 2');
  });
});
