import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { changesSince, compact, emptyDb, expireLeases, grantLease, nextExpiry, range, txn, type EtcdDb } from './db.ts';
import { defragment, fileSize, recount, sizeInUse } from './space.ts';
import { insert, lookup, remove, size, walk, type Tree } from '../../base/tree.ts';

const put = (db: EtcdDb, key: string, value: string, lease = 0) => txn(db, { compare: [], success: [{ put: key, value, lease }], failure: [] }).db;

describe('the tree', () => {
  test('agrees with a map and stays balanced', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 60 })), { maxLength: 400 }), (steps) => {
      let tree: Tree<number> = null;
      const map = new Map<string, number>();
      for (const [add, n] of steps) {
        const key = `k${n}`;
        if (add) { tree = insert(tree, key, n); map.set(key, n); } else { tree = remove(tree, key); map.delete(key); }
      }
      const seen: string[] = [];
      walk(tree, '', null, (key) => { seen.push(key); });
      expect(seen).toEqual([...map.keys()].sort());
      expect(size(tree)).toBe(map.size);
      for (const [key, value] of map) expect(lookup(tree, key)).toBe(value);
      const from: string[] = [];
      walk(tree, 'k2', 'k4', (key) => { from.push(key); });
      expect(from).toEqual([...map.keys()].filter((key) => key >= 'k2' && key < 'k4').sort());
    }));
    let tree: Tree<number> = null;
    for (let i = 0; i < 5000; i++) tree = insert(tree, String(i).padStart(6, '0'), i);
    const depth = (t: Tree<number>): number => (t === null ? 0 : 1 + Math.max(depth(t.l), depth(t.r)));
    expect(depth(tree)).toBeLessThan(26);
  });
});

describe('the store', () => {
  const empty = emptyDb('c', 'm', 'controlplane');
  test('revisions grow with each write and are kept per key', () => {
    const db = put(put(put(empty, '/a', '1'), '/b', '1'), '/a', '2');
    expect(db.revision).toBe(4);
    expect(range(db, { key: '/a' }).kvs[0]).toEqual({ key: '/a', value: '2', createRevision: 2, modRevision: 4, version: 2, lease: 0 });
    expect(range(db, { key: '/', prefix: true, limit: 1 })).toMatchObject({ count: 2, more: true });
    expect(range(db, { key: '/', prefix: true, revision: 2 }).kvs.map((kv) => [kv.key, kv.value])).toEqual([['/a', '1']]);
  });
  test('a transaction compares before it writes', () => {
    const db = put(empty, '/a', '1');
    const lost = txn(db, { compare: [{ key: '/a', modRevision: 0 }], success: [{ put: '/a', value: 'x' }], failure: [{ range: { key: '/a' } }] });
    expect(lost.db).toBe(db);
    expect(lost.response).toMatchObject({ succeeded: false, responses: [{ kvs: [{ value: '1' }] }] });
    const won = txn(db, { compare: [{ key: '/a', modRevision: 2 }], success: [{ delete: '/a' }], failure: [] });
    expect(won.response).toMatchObject({ succeeded: true, revision: 3 });
    expect(range(won.db, { key: '/a' }).kvs).toEqual([]);
  });
  test('changes can be read until they are compacted', () => {
    const db = put(put(put(empty, '/a', '1'), '/b', '1'), '/a', '2');
    expect(changesSince(db, 3, '/a').map((c) => [c.key, c.kv?.value, c.prev?.value])).toEqual([['/a', '2', '1']]);
    const small = compact(db, 3);
    expect(() => changesSince(small, 3, '')).toThrow('etcdserver: mvcc: required revision has been compacted');
    expect(changesSince(small, 4, '')).toHaveLength(1);
    expect(() => range(small, { key: '/a', revision: 2 })).toThrow('compacted');
    expect(() => range(small, { key: '/a', revision: 9 })).toThrow('future');
  });
  test('what is replaced takes room until it is compacted, and its pages until they are defragmented', () => {
    const big = 'x'.repeat(100_000);
    const twice = put(put(empty, '/a', big), '/a', big);
    expect(fileSize(twice)).toBeGreaterThan(fileSize(empty) + 200_000);
    const compacted = compact(twice, twice.revision);
    expect([fileSize(compacted), sizeInUse(compacted)]).toEqual([fileSize(twice), sizeInUse(put(empty, '/a', big))]);
    expect(fileSize(defragment(compacted))).toBe(sizeInUse(compacted));
    const gone = txn(compacted, { compare: [], success: [{ delete: '/a' }], failure: [] }).db;
    expect(compact(gone, gone.revision).bytes).toBe(0);
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('/a', '/b', '/c'), fc.nat(3000)), { maxLength: 30 }), (steps) => {
      let db = empty;
      for (const [key, n] of steps) db = n === 0 ? txn(db, { compare: [], success: [{ delete: key }], failure: [] }).db : n > 2900 && db.revision > db.compacted ? compact(db, db.revision) : put(db, key, 'x'.repeat(n));
      if (db.revision > db.compacted) db = compact(db, db.revision);
      expect(db.bytes).toBe(recount(db).bytes);
    }));
  });
  test('a lease takes its keys with it', () => {
    const granted = grantLease(empty, 60, 0);
    const db = put(put(granted.db, '/e', '1', granted.id), '/f', '1');
    expect(nextExpiry(db)).toBe(60e6);
    expect(expireLeases(db, 59e6)).toBe(db);
    const later = expireLeases(db, 60e6);
    expect(range(later, { key: '/', prefix: true }).kvs.map((kv) => kv.key)).toEqual(['/f']);
    expect(nextExpiry(later)).toBeNull();
  });
});
