import { describe, expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { write, type Coroutine, type Program } from '../../kernel/sys.ts';
import { clientOf, type Client } from './memory-client.ts';

/** Runs a conversation with a server in memory and gives what it returned. */
function talk<T>(body: (client: Client) => Coroutine<T>): T {
  const program: Program = { name: 'talk', *main() {
    yield* write(1, JSON.stringify(yield* body(clientOf())) ?? 'null');
    return 0;
  } };
  const { stdout, stderr } = bootMachine({ programs: [program] }).run(['talk']);
  expect(stderr.split('\n').filter((line) => line !== '' && !/^I.*(?:allocated clusterIPs|quota admission added evaluator)/.test(line))).toEqual([]);
  return JSON.parse(stdout) as T;
}
const pod = (name: string, more: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'nginx' }], ...more } });
type Made = { spec: { volumes: { name: string }[]; ports: { nodePort: number }[] }; rows: { cells: unknown[] }[] };
const PODS = '/api/v1/namespaces/default/pods';

describe('objects', () => {
  test('are created with what the server adds, read, listed and selected', () => {
    const seen = talk(function* (c) {
      yield* c.seed();
      const made = yield* c.call('POST', PODS, pod('a'));
      yield* c.call('POST', PODS, { ...pod('b'), metadata: { generateName: 'b-' } });
      return { made, list: yield* c.call('GET', `${PODS}?labelSelector=app%3Da`), page: yield* c.call('GET', `${PODS}?limit=1`), none: yield* c.call('GET', `${PODS}?fieldSelector=spec.nodeName%3Dx`) };
    });
    expect(seen.made.status).toBe(201);
    expect(seen.made.body).toMatchObject({ metadata: { name: 'a', namespace: 'default', generation: 1, creationTimestamp: '2025-08-19T00:19:00Z' }, status: { phase: 'Pending', qosClass: 'BestEffort' },
      spec: { serviceAccountName: 'default', priority: 0, preemptionPolicy: 'PreemptLowerPriority', restartPolicy: 'Always', containers: [{ imagePullPolicy: 'Always', volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }] }] } });
    expect((seen.made.body as unknown as Made).spec.volumes[0]!.name).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(seen.made.body.metadata!.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(seen.list.body).toMatchObject({ kind: 'PodList', items: [{ metadata: { name: 'a' } }] });
    expect(seen.page.body.metadata).toMatchObject({ remainingItemCount: 1 });
    expect(seen.none.body.items).toEqual([]);
  });

  test('conflict in upstream’s words', () => {
    const seen = talk(function* (c) {
      yield* c.seed();
      const { body } = yield* c.call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'x' }, data: { a: '1' } });
      const same = yield* c.call('PUT', '/api/v1/namespaces/default/configmaps/x', body);
      const next = yield* c.call('PUT', '/api/v1/namespaces/default/configmaps/x', { ...body, data: { a: '2' } });
      return {
        body, same, next, stale: yield* c.call('PUT', '/api/v1/namespaces/default/configmaps/x', { ...body, data: { a: '3' } }),
        again: yield* c.call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'x' } }),
        missing: yield* c.call('GET', '/apis/apps/v1/namespaces/default/deployments/nope'),
        nowhere: yield* c.call('POST', '/api/v1/namespaces/gone/configmaps', { metadata: { name: 'x' } }),
        unknown: yield* c.call('GET', '/apis/apps/v1/namespaces/default/foos'),
        nameless: yield* c.call('POST', PODS, { metadata: {}, spec: {} }),
      };
    });
    expect(seen.same.body.metadata!.resourceVersion).toBe(seen.body.metadata!.resourceVersion);
    expect(seen.next.body.data).toEqual({ a: '2' });
    expect(seen.stale.body).toMatchObject({ code: 409, reason: 'Conflict', message: 'Operation cannot be fulfilled on configmaps "x": the object has been modified; please apply your changes to the latest version and try again' });
    expect(seen.again.body).toMatchObject({ code: 409, message: 'configmaps "x" already exists', details: { name: 'x', kind: 'configmaps' } });
    expect(seen.missing.body).toMatchObject({ code: 404, message: 'deployments.apps "nope" not found', details: { name: 'nope', group: 'apps', kind: 'deployments' } });
    expect(seen.nowhere.body).toMatchObject({ code: 404, message: 'namespaces "gone" not found' });
    expect(seen.unknown.body).toMatchObject({ code: 404, message: 'the server could not find the requested resource' });
    expect(seen.nameless.body.message).toBe('Pod "" is invalid: metadata.name: Required value: name or generateName is required');
  });

});

describe('changes', () => {
  test('are patched, scaled, and count their generations', () => {
    const seen = talk(function* (c) {
      yield* c.seed();
      const at = '/apis/apps/v1/namespaces/default/deployments';
      const template = { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
      yield* c.call('POST', at, { metadata: { name: 'd' }, spec: { selector: { matchLabels: { app: 'd' } }, template } });
      const scaled = yield* c.call('PATCH', `${at}/d/scale`, { spec: { replicas: 3 } }, 'application/merge-patch+json');
      const image = yield* c.call('PATCH', `${at}/d`, { spec: { template: { spec: { containers: [{ name: 'c', image: 'nginx:2' }] } } } }, 'application/strategic-merge-patch+json');
      const json = yield* c.call('PATCH', `${at}/d`, [{ op: 'add', path: '/metadata/labels', value: { x: 'y' } }], 'application/json-patch+json');
      const status = yield* c.call('PATCH', `${at}/d/status`, { status: { replicas: 2 }, spec: { replicas: 9 } }, 'application/merge-patch+json');
      return { scaled, image, json, status, bad: yield* c.call('PATCH', `${at}/d`, {}, 'text/plain') };
    });
    expect(seen.scaled.body).toMatchObject({ kind: 'Scale', spec: { replicas: 3 }, status: { replicas: 0, selector: 'app=d' } });
    expect(seen.image.body).toMatchObject({ metadata: { generation: 3 }, spec: { replicas: 3, template: { spec: { containers: [{ name: 'c', image: 'nginx:2' }] } } } });
    expect(seen.json.body.metadata).toMatchObject({ generation: 3, labels: { x: 'y' } });
    expect(seen.status.body).toMatchObject({ metadata: { generation: 3 }, spec: { replicas: 3 }, status: { replicas: 2 } });
    expect(seen.bad.status).toBe(415);
  });

});

describe('decoding', () => {
  test('knows Go’s types and what they do not have', () => {
    const seen = talk(function* (c) {
      yield* c.seed();
      const at = '/apis/apps/v1/namespaces/default/deployments';
      const spec = (more: object, container: object = {}) => ({ metadata: { name: 'd' }, spec: { selector: { matchLabels: { app: 'd' } }, template: { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'c', image: 'nginx', ...container }] } }, ...more } });
      const typo = yield* c.call('POST', `${at}?fieldValidation=Strict`, spec({ replica: 2 }, { imagee: 'x' }));
      const type = yield* c.call('POST', at, spec({ replicas: 'two' }));
      const port = yield* c.call('POST', at, spec({}, { ports: [{ containerPort: '80' }] }));
      const label = yield* c.call('POST', at, { ...spec({}), metadata: { name: 'd', labels: { a: 1 } } });
      yield* c.call('POST', at, spec({}));
      const patch = yield* c.call('PATCH', `${at}/d`, { spec: { replicas: 'x' } }, 'application/merge-patch+json');
      return { typo, type, port, label, patch, kind: yield* c.call('POST', at, { ...spec({}), kind: 'Pod', apiVersion: 'v1' }) };
    });
    expect(seen.typo.body.message).toBe('Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.template.spec.containers[0].imagee", unknown field "spec.replica"');
    expect(seen.type.body.message).toBe('Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32');
    expect(seen.port.body.message).toBe('Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field ContainerPort.spec.template.spec.containers.ports.containerPort of type int32');
    expect(seen.label.body.message).toBe('Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string');
    expect(seen.patch.body.message).toBe(' "" is invalid: patch: Invalid value: "map[spec:map[replicas:x]]": unrecognized type: int32');
    expect(seen.kind.body.message).toBe('the API version in the data (v1) does not match the expected API version (apps/v1)');
  });
});

describe('deletes and views', () => {
  test('go at once, after their grace, or when their finalizers are gone', () => {
    const seen = talk(function* (c) {
      yield* c.seed();
      yield* c.call('POST', PODS, pod('unbound'));
      yield* c.call('POST', PODS, pod('bound'));
      yield* c.call('POST', `${PODS}/bound/binding`, { target: { kind: 'Node', name: 'controlplane' } });
      yield* c.call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'held', finalizers: ['x/y'] } });
      const unbound = yield* c.call('DELETE', `${PODS}/unbound`);
      const bound = yield* c.call('DELETE', `${PODS}/bound`);
      const held = yield* c.call('DELETE', '/api/v1/namespaces/default/configmaps/held');
      const rebound = yield* c.call('POST', `${PODS}/bound/binding`, { target: { name: 'other' } });
      const freed = yield* c.call('PATCH', '/api/v1/namespaces/default/configmaps/held', { metadata: { finalizers: null } }, 'application/merge-patch+json');
      const now = yield* c.call('DELETE', `${PODS}/bound`, { gracePeriodSeconds: 0 });
      return { unbound, bound, held, rebound, freed, now, left: yield* c.call('GET', PODS), configmaps: yield* c.call('GET', '/api/v1/namespaces/default/configmaps'), immortal: yield* c.call('DELETE', '/api/v1/namespaces/default'),
        foreground: yield* c.call('POST', '/api/v1/namespaces', { metadata: { name: 'foo' } }), going: yield* c.call('DELETE', '/api/v1/namespaces/foo'), inside: yield* c.call('POST', '/api/v1/namespaces/foo/configmaps', { metadata: { name: 'x' } }) };
    });
    expect(seen.bound.body.metadata).toMatchObject({ deletionTimestamp: '2025-08-19T00:19:30Z', deletionGracePeriodSeconds: 30 });
    expect(seen.rebound.body.message).toBe('Operation cannot be fulfilled on pods/binding "bound": pod bound is being deleted, cannot be assigned to a host');
    expect(seen.held.body.metadata!.deletionTimestamp).toBe('2025-08-19T00:19:00Z');
    expect(seen.left.body.items).toEqual([]);
    expect(seen.configmaps.body.items).toEqual([]);
    expect(seen.immortal.body.message).toBe('namespaces "default" is forbidden: this namespace may not be deleted');
    expect(seen.going.body).toMatchObject({ kind: 'Namespace', status: { phase: 'Terminating' } });
    expect(seen.inside.body).toMatchObject({ message: 'configmaps "x" is forbidden: unable to create new content in namespace foo because it is being terminated', details: { causes: [{ reason: 'NamespaceTerminating' }] } });
  });

  test('are shown as tables, and services get addresses and ports', () => {
    const seen = talk(function* (c) {
      yield* c.seed();
      yield* c.call('POST', PODS, pod('a'));
      const services = '/api/v1/namespaces/default/services';
      const one = yield* c.call('POST', services, { metadata: { name: 's' }, spec: { type: 'NodePort', ports: [{ port: 80 }] } });
      const taken = yield* c.call('POST', services, { metadata: { name: 't' }, spec: { clusterIP: one.body.spec!.clusterIP, ports: [{ port: 80 }] } });
      yield* c.call('DELETE', `${services}/s`);
      return { one, taken, free: yield* c.call('POST', services, { metadata: { name: 't' }, spec: { clusterIP: one.body.spec!.clusterIP, ports: [{ port: 80 }] } }),
        outside: yield* c.call('POST', services, { metadata: { name: 'u' }, spec: { clusterIP: '192.168.1.1', ports: [{ port: 80 }] } }),
        table: yield* c.call('GET', PODS, undefined, '', 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json') };
    });
    expect(seen.one.body.spec).toMatchObject({ clusterIPs: [seen.one.body.spec!.clusterIP], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', sessionAffinity: 'None' });
    expect((seen.one.body as unknown as Made).spec.ports[0]!.nodePort).toBeGreaterThanOrEqual(30000);
    expect(seen.taken.body.message).toContain('provided IP is already allocated');
    expect(seen.free.status).toBe(201);
    expect(seen.outside.body.message).toBe('Service "u" is invalid: spec.clusterIPs: Invalid value: []string{"192.168.1.1"}: failed to allocate IP 192.168.1.1: the provided network does not match the current range');
    expect(seen.table.body).toMatchObject({ kind: 'Table', rows: [{ object: { kind: 'PartialObjectMetadata' } }] });
    expect((seen.table.body as unknown as Made).rows[0]!.cells.slice(0, 3)).toEqual(['a', '0/1', 'Pending']);
  });
});
