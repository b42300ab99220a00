/**
 * How much room the store takes: every revision that is kept counts, compaction makes pages free, and only defragmenting gives
 * them back. A quota is held against the file, free pages included. Models etcd server/storage/quota.go and bbolt's file.
 */
import type { Json } from '../../kernel/sys.ts';
import type { Alarm, EtcdDb, KeyValue, Operation, TxnRequest } from './db.ts';
import { walk } from '../../base/tree.ts';

/** What a revision costs besides its key and value (upstream's estimate, too). */
const KV_OVERHEAD = 256;
const LEASE_OVERHEAD = 64;
const PAGE = 4096;
/** Buckets, members and the free list of an empty store. */
const EMPTY_BYTES = 20 * PAGE;
/** What `--quota-backend-bytes` is when nothing is said, and the most that is advised. */
export const DEFAULT_QUOTA = 2 * 1024 * 1024 * 1024;
export const MAX_QUOTA = 8 * 1024 * 1024 * 1024;

/** Bytes of a value: of JSON about what its protobuf would have, which has no names of fields. */
function valueBytes(value: Json | undefined): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 4;
  let bytes = 2;
  for (const part of Object.values(value as Record<string, Json>)) bytes += valueBytes(part);
  return bytes;
}
export const revisionBytes = ({ key, value }: Pick<KeyValue, 'key' | 'value'>): number => KV_OVERHEAD + key.length + valueBytes(value);
export const tombstoneBytes = (key: string): number => KV_OVERHEAD + key.length;

const pages = (bytes: number): number => EMPTY_BYTES + Math.ceil(bytes / PAGE) * PAGE;
/** Bytes of the file. */
export const fileSize = (db: EtcdDb): number => pages(db.peak);
/** Bytes of the pages that are not free. */
export const sizeInUse = (db: EtcdDb): number => pages(db.bytes);
/** The store in a file without free pages. */
export const defragment = (db: EtcdDb): EtcdDb => ({ ...db, peak: db.bytes });

const puts = (operations: readonly Operation[]): number => operations.reduce((sum, op) => sum + ('put' in op ? revisionBytes({ key: op.put, value: op.value }) : 0), 0);
/** What a transaction may add; reads and deletes cost nothing, so that one can always make room. */
export const txnCost = ({ success, failure }: TxnRequest): number => Math.max(puts(success), puts(failure));
export const leaseCost = LEASE_OVERHEAD;

export const hasRoom = (db: EtcdDb, cost: number, quota: number): boolean => cost === 0 || fileSize(db) + cost < quota;
export const raise = (db: EtcdDb): EtcdDb => (db.alarms.length > 0 ? db : { ...db, alarms: [{ memberId: db.memberId, alarm: 'NOSPACE' }] });
export const disarm = (db: EtcdDb): EtcdDb => (db.alarms.length === 0 ? db : { ...db, alarms: [] });
/** `memberID:2761… alarm:NOSPACE `, as protobuf prints an alarm. */
export const alarmText = ({ memberId, alarm }: Alarm): string => `memberID:${BigInt(`0x${memberId}`)} alarm:${alarm} `;

type Uncounted = Omit<EtcdDb, 'bytes' | 'peak'>;
/** The store with the bytes of what it holds now, in a file of its own. */
export function recount(db: Uncounted): EtcdDb {
  let bytes = 0;
  walk(db.keys, '', null, (_, kv) => { bytes += revisionBytes(kv); });
  return { ...db, bytes, peak: bytes };
}
/** A database as it lies in a file: an earlier build did not count its bytes. */
export const stored = (value: unknown): EtcdDb => ((value as Partial<EtcdDb>).bytes === undefined ? recount({ ...(value as Uncounted), alarms: [] }) : (value as EtcdDb));
