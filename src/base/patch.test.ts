import { describe, expect, it } from 'vitest';
import { createMergePatch, jsonPatch, mergePatch } from './patch.ts';
import { createStrategicPatch, createThreeWayPatch, strategicMergePatch } from './strategic.ts';

describe('merge patch', () => {
  it('merges, replaces and deletes', () => {
    expect(mergePatch({ a: 1, b: { c: 2, d: 3 } }, { b: { c: null, e: [1] }, f: 'x' })).toEqual({ a: 1, b: { d: 3, e: [1] }, f: 'x' });
    expect(createMergePatch({ a: 1, b: { c: 2 } }, { b: { c: 3 }, d: 4 })).toEqual({ a: null, b: { c: 3 }, d: 4 });
  });
});
describe('JSON patch', () => {
  it('applies operations in order', () => {
    expect(jsonPatch({ a: [1, 2], b: { 'c/d': 1 } }, [{ op: 'add', path: '/a/-', value: 3 }, { op: 'remove', path: '/a/0' }, { op: 'replace', path: '/b/c~1d', value: 2 }, { op: 'copy', from: '/a/0', path: '/e' }])).toEqual({ a: [2, 3], b: { 'c/d': 2 }, e: 2 });
    expect(() => jsonPatch({}, [{ op: 'remove', path: '/x' }])).toThrow('remove operation does not apply: doc is missing path: "/x": missing value');
  });
});
describe('strategic merge patch', () => {
  const pod = { spec: { containers: [{ name: 'a', image: 'x', env: [{ name: 'E', value: '1' }] }, { name: 'b', image: 'y' }], tolerations: [{ key: 't' }] } };
  it('merges lists by key and replaces the others', () => {
    expect(strategicMergePatch(pod, { spec: { containers: [{ name: 'b', image: 'z' }, { name: 'c', image: 'w' }], tolerations: [] } })).toEqual({
      spec: { containers: [{ name: 'a', image: 'x', env: [{ name: 'E', value: '1' }] }, { name: 'b', image: 'z' }, { name: 'c', image: 'w' }], tolerations: [] } });
    expect(strategicMergePatch(pod, { spec: { containers: [{ name: 'a', $patch: 'delete' }] } }).spec).toMatchObject({ containers: [{ name: 'b' }] });
    expect(strategicMergePatch({ spec: { strategy: { type: 'RollingUpdate', rollingUpdate: {} } } }, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } })).toEqual({ spec: { strategy: { type: 'Recreate' } } });
  });
  it('the created patch turns one into the other', () => {
    const to = { spec: { containers: [{ name: 'b', image: 'y2' }, { name: 'c', image: 'w' }], tolerations: [{ key: 't' }] } };
    const patch = createStrategicPatch(pod, to);
    expect(patch).toEqual({ spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'c' }], containers: [{ image: 'y2', name: 'b' }, { name: 'c', image: 'w' }, { $patch: 'delete', name: 'a' }] } });
    expect(strategicMergePatch(pod, patch)).toEqual(to);
  });
  it('apply keeps what others set and deletes what it once set', () => {
    const last = { metadata: { labels: { a: '1', b: '2' } }, spec: { replicas: 1 } };
    const live = { metadata: { labels: { a: '1', b: '2', other: 'x' } }, spec: { replicas: 5, paused: false } };
    const patch = createThreeWayPatch(last, { metadata: { labels: { a: '9' } }, spec: { replicas: 1 } }, live);
    expect(patch).toEqual({ metadata: { labels: { a: '9', b: null } }, spec: { replicas: 1 } });
  });
});
