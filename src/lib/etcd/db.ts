/**
 * etcd's key-value store as one immutable value: keys with their revisions, the changes since the last
 * compaction (which serve watches and reads at an old revision), and leases. Every operation gives a new
 * version and shares what did not change, so a database can be put into a file by reference.
 * Models etcd server/storage/mvcc. Not modelled: bytes as values (a value is one JSON value), authentication.
 */
import type { Json, VTime } from '../../kernel/sys.ts';
import { revisionBytes, tombstoneBytes } from './space.ts';
import { insert, lookup, prefixEnd, remove, walk, type Tree } from '../../base/tree.ts';

export interface KeyValue {
  readonly key: string; readonly value: Json;
  readonly createRevision: number; readonly modRevision: number; readonly version: number; readonly lease: number;
}
/** One change at one revision; `kv` null is a delete. */
export interface Change { readonly key: string; readonly kv: KeyValue | null; readonly prev: KeyValue | null }
export interface Lease { readonly id: number; readonly ttlSeconds: number; readonly expires: VTime; readonly keys: readonly string[] }
/** Why the store refuses writes, and which member (hexadecimal) said so. */
export interface Alarm { readonly memberId: string; readonly alarm: 'NOSPACE' }
export interface EtcdDb {
  readonly clusterId: string; readonly memberId: string; readonly name: string;
  readonly revision: number;
  /** Revisions up to here are gone. */ readonly compacted: number;
  readonly keys: Tree<KeyValue>;
  /** By `revisionKey`. */ readonly history: Tree<readonly Change[]>;
  /** By `revisionKey` of the lease id. */ readonly leases: Tree<Lease>;
  readonly nextLease: number;
  /** How often the store was opened: raft's term grows with each election. */ readonly term: number;
  /** Bytes of all revisions that are kept. */ readonly bytes: number;
  /** The most that `bytes` has been: pages that became free stay in the file until it is defragmented. */ readonly peak: number;
  readonly alarms: readonly Alarm[];
}

/** An error in etcd's words, as a client sees it. */
export class EtcdError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
export const compactedError = () => new EtcdError('OutOfRange', 'etcdserver: mvcc: required revision has been compacted');
export const futureError = () => new EtcdError('OutOfRange', 'etcdserver: mvcc: required revision is a future revision');
export const spaceError = () => new EtcdError('ResourceExhausted', 'etcdserver: mvcc: database space exceeded');
export const leaseError = () => new EtcdError('NotFound', 'etcdserver: requested lease not found');

/** Revisions as keys: their order as strings is their order as numbers. */
export const revisionKey = (revision: number): string => String(revision).padStart(12, '0');

export function emptyDb(clusterId: string, memberId: string, name: string): EtcdDb {
  return { clusterId, memberId, name, revision: 1, compacted: 0, keys: null, history: null, leases: null, nextLease: 1, term: 1, bytes: 0, peak: 0, alarms: [] };
}

export interface RangeRequest {
  readonly key: string;
  /** Absent: the one key. */ readonly prefix?: boolean;
  /** With `prefix`: start here instead. */ readonly from?: string;
  readonly limit?: number; readonly revision?: number; readonly keysOnly?: boolean; readonly countOnly?: boolean;
}
export interface RangeResponse { readonly revision: number; readonly kvs: readonly KeyValue[]; readonly count: number; readonly more: boolean }

/** The keys as they were at `revision`: today's with the later changes undone. */
function keysAt(db: EtcdDb, revision: number): Tree<KeyValue> {
  if (revision > db.revision) throw futureError();
  if (revision < db.compacted) throw compactedError();
  const undo: Change[] = [];
  walk(db.history, revisionKey(revision + 1), null, (_, changes) => { undo.push(...changes); });
  let keys = db.keys;
  for (const { key, prev } of undo.reverse()) keys = prev === null ? remove(keys, key) : insert(keys, key, prev);
  return keys;
}

export function range(db: EtcdDb, request: RangeRequest): RangeResponse {
  const { key, prefix = false, from = key, limit = 0, revision = 0, keysOnly = false, countOnly = false } = request;
  const keys = revision > 0 && revision !== db.revision ? keysAt(db, revision) : db.keys;
  if (!prefix) {
    const kv = lookup(keys, key);
    return { revision: db.revision, kvs: kv === undefined || countOnly ? [] : [kv], count: kv === undefined ? 0 : 1, more: false };
  }
  const kvs: KeyValue[] = [];
  let count = 0;
  walk(keys, from, prefixEnd(key), (_, kv) => {
    count++;
    if (!countOnly && (limit === 0 || kvs.length < limit)) kvs.push(keysOnly ? { ...kv, value: null } : kv);
  });
  return { revision: db.revision, kvs, count, more: !countOnly && kvs.length < count };
}

/** `modRevision` 0: the key must not exist. */
export interface Compare { readonly key: string; readonly modRevision: number }
export type Operation =
  | { readonly put: string; readonly value: Json; readonly lease?: number }
  | { readonly delete: string; readonly prefix?: boolean }
  | { readonly range: RangeRequest };
export interface TxnRequest { readonly compare: readonly Compare[]; readonly success: readonly Operation[]; readonly failure: readonly Operation[] }
export interface TxnResponse { readonly succeeded: boolean; readonly revision: number; readonly responses: readonly RangeResponse[] }

interface Draft { keys: Tree<KeyValue>; leases: Tree<Lease>; changes: Change[]; bytes: number }

function relabel(draft: Draft, id: number, change: (keys: readonly string[]) => readonly string[]): void {
  const lease = id === 0 ? undefined : lookup(draft.leases, revisionKey(id));
  if (lease !== undefined) draft.leases = insert(draft.leases, revisionKey(id), { ...lease, keys: change(lease.keys) });
}

function put(draft: Draft, revision: number, key: string, value: Json, lease: number): void {
  const prev = lookup(draft.keys, key) ?? null;
  if (lease !== 0 && lookup(draft.leases, revisionKey(lease)) === undefined) throw leaseError();
  const kv: KeyValue = { key, value, createRevision: prev?.createRevision ?? revision, modRevision: revision, version: (prev?.version ?? 0) + 1, lease };
  if (prev?.lease !== lease) {
    relabel(draft, prev?.lease ?? 0, (keys) => keys.filter((k) => k !== key));
    relabel(draft, lease, (keys) => [...keys, key]);
  }
  draft.keys = insert(draft.keys, key, kv);
  draft.changes.push({ key, kv, prev });
  draft.bytes += revisionBytes(kv);
}

function drop(draft: Draft, key: string): void {
  const prev = lookup(draft.keys, key);
  if (prev === undefined) return;
  relabel(draft, prev.lease, (keys) => keys.filter((k) => k !== key));
  draft.keys = remove(draft.keys, key);
  draft.changes.push({ key, kv: null, prev });
  draft.bytes += tombstoneBytes(key);
}

function commit(db: EtcdDb, draft: Draft): EtcdDb {
  if (draft.changes.length === 0) return db;
  const revision = db.revision + 1;
  const bytes = db.bytes + draft.bytes;
  return { ...db, revision, keys: draft.keys, leases: draft.leases, history: insert(db.history, revisionKey(revision), draft.changes), bytes, peak: Math.max(db.peak, bytes) };
}

/** Runs one transaction; the database is the same object when nothing was written. */
export function txn(db: EtcdDb, request: TxnRequest): { readonly db: EtcdDb; readonly response: TxnResponse } {
  const succeeded = request.compare.every(({ key, modRevision }) => (lookup(db.keys, key)?.modRevision ?? 0) === modRevision);
  const draft: Draft = { keys: db.keys, leases: db.leases, changes: [], bytes: 0 };
  const reads: RangeRequest[] = [];
  for (const op of succeeded ? request.success : request.failure) {
    if ('put' in op) put(draft, db.revision + 1, op.put, op.value, op.lease ?? 0);
    else if ('range' in op) reads.push(op.range);
    else if (op.prefix === true) for (const { key } of range(db, { key: op.delete, prefix: true, keysOnly: true }).kvs) drop(draft, key);
    else drop(draft, op.delete);
  }
  const next = commit(db, draft);
  return { db: next, response: { succeeded, revision: next.revision, responses: reads.map((read) => range(next, read)) } };
}

/** Forgets the changes up to `revision`, and with them the values that they replaced. */
export function compact(db: EtcdDb, revision: number): EtcdDb {
  if (revision > db.revision) throw futureError();
  if (revision <= db.compacted) throw compactedError();
  let { history, bytes } = db;
  const old: string[] = [];
  walk(history, '', revisionKey(revision + 1), (at, changes) => {
    old.push(at);
    for (const { key, kv, prev } of changes) bytes -= (prev === null ? 0 : revisionBytes(prev)) + (kv === null ? tombstoneBytes(key) : 0);
  });
  for (const key of old) history = remove(history, key);
  return { ...db, compacted: revision, history, bytes };
}

/** What a watcher is told: a change and its revision. */
export interface WatchEvent extends Change { readonly revision: number }

/** Changes at revision `from` and later to keys that begin with `prefix`, oldest first. */
export function changesSince(db: EtcdDb, from: number, prefix: string): readonly WatchEvent[] {
  if (from <= db.compacted) throw compactedError();
  const found: WatchEvent[] = [];
  walk(db.history, revisionKey(from), null, (at, changes) => {
    for (const change of changes) if (change.key.startsWith(prefix)) found.push({ ...change, revision: Number(at) });
  });
  return found;
}

export function grantLease(db: EtcdDb, ttlSeconds: number, now: VTime): { readonly db: EtcdDb; readonly id: number } {
  const id = db.nextLease;
  const lease: Lease = { id, ttlSeconds, expires: now + ttlSeconds * 1e6, keys: [] };
  return { db: { ...db, nextLease: id + 1, leases: insert(db.leases, revisionKey(id), lease) }, id };
}

/** Ends leases that are over and deletes their keys, each lease in a revision of its own. */
export function expireLeases(db: EtcdDb, now: VTime): EtcdDb {
  const over: Lease[] = [];
  walk(db.leases, '', null, (_, lease) => { if (lease.expires <= now) over.push(lease); });
  for (const lease of over) {
    const draft: Draft = { keys: db.keys, leases: remove(db.leases, revisionKey(lease.id)), changes: [], bytes: 0 };
    for (const key of lease.keys) drop(draft, key);
    const next = commit(db, draft);
    db = next === db ? { ...db, leases: draft.leases } : next;
  }
  return db;
}

/** When the next lease is over, or null. */
export function nextExpiry(db: EtcdDb): VTime | null {
  let at: VTime | null = null;
  walk(db.leases, '', null, (_, lease) => { if (at === null || lease.expires < at) at = lease.expires; });
  return at;
}

