import fc from 'fast-check';
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
  it('another variant takes its fields along', () => {
    const rolling = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } } } };
    const recreate = { spec: { strategy: { type: 'Recreate' } } };
    const patch = createThreeWayPatch({ spec: {} }, recreate, rolling);
    expect(patch).toEqual({ spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } });
    expect(strategicMergePatch(rolling, patch)).toEqual(recreate);
    expect(createThreeWayPatch({ spec: { strategy: { type: 'RollingUpdate' } } }, { spec: { strategy: { type: 'RollingUpdate' } } }, rolling)).toEqual({});
    const volume = (source: object) => ({ spec: { volumes: [{ name: 'v', ...source }] } });
    expect(strategicMergePatch(volume({ emptyDir: {} }), createStrategicPatch(volume({ emptyDir: {} }), volume({ hostPath: { path: '/a' } })))).toEqual(volume({ hostPath: { path: '/a' } }));
  });
});

describe('laws', () => {
  const container = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), image: fc.constantFrom('x', 'y'), env: fc.uniqueArray(fc.record({ name: fc.constantFrom('E', 'F'), value: fc.constantFrom('1', '2') }), { selector: ({ name }) => name, maxLength: 2 }), args: fc.array(fc.constantFrom('p', 'q'), { maxLength: 2 }) }, { requiredKeys: ['name', 'image'] });
  const pod = fc.record({
    labels: fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom('1', '2')), finalizers: fc.uniqueArray(fc.constantFrom('f', 'g', 'h')),
    spec: fc.record({ containers: fc.uniqueArray(container, { selector: ({ name }) => name, minLength: 1 }), tolerations: fc.array(fc.record({ key: fc.constantFrom('t', 'u') }), { maxLength: 2 }), replicas: fc.integer({ min: 0, max: 2 }) }, { requiredKeys: ['containers'] }),
  }, { requiredKeys: ['spec'] });
  // Equal objects make an empty patch; empty maps and lists are as good as none.
  const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, item) => (item !== null && typeof item === 'object' && Object.keys(item).length === 0 ? undefined : item));
  it('a patch made between two objects turns the one into the other', () => fc.assert(fc.property(pod, pod, (a, b) => {
    const patch = createStrategicPatch(a as never, b as never);
    expect(bare(strategicMergePatch(a as never, patch))).toEqual(bare(b));
    expect(createStrategicPatch(a as never, a as never)).toEqual({});
  }), { seed: 1, numRuns: 1000 }));
  it('applying twice is applying once', () => fc.assert(fc.property(pod, pod, (last, manifest) => {
    const live = strategicMergePatch(last as never, { spec: { other: 1 } });
    const once = strategicMergePatch(live, createThreeWayPatch(last as never, manifest as never, live));
    expect(createThreeWayPatch(manifest as never, manifest as never, once)).toEqual({});
  }), { seed: 1, numRuns: 1000 }));
  it('merge patches likewise', () => fc.assert(fc.property(pod, pod, (a, b) => { expect(mergePatch(a as never, createMergePatch(a as never, b as never))).toEqual(b); }), { seed: 1 }));
});
