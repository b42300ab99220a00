/** etcd's calls as they cross a connection: the gRPC methods' paths, requests and answers as JSON. */
import type { Alarm, RangeRequest, RangeResponse, TxnRequest, TxnResponse, WatchEvent, EtcdDb } from './db.ts';

export interface Member { readonly id: string; readonly name: string; readonly peerUrls: readonly string[]; readonly clientUrls: readonly string[]; readonly learner: boolean }
export interface StatusResponse { readonly version: string; readonly dbSize: number; readonly dbSizeInUse: number; readonly memberId: string; readonly leader: string; readonly raftTerm: number; readonly raftIndex: number; readonly revision: number; readonly errors: readonly string[] }

/** method → [request, answer]. */
export interface Rpcs {
  '/etcdserverpb.KV/Range': [RangeRequest, RangeResponse];
  '/etcdserverpb.KV/Txn': [TxnRequest, TxnResponse];
  '/etcdserverpb.KV/Compact': [{ readonly revision: number }, { readonly revision: number }];
  '/etcdserverpb.Lease/LeaseGrant': [{ readonly ttlSeconds: number }, { readonly id: number }];
  '/etcdserverpb.Maintenance/Status': [Record<string, never>, StatusResponse];
  /** Tells the alarms, or ends them and tells which they were. */
  '/etcdserverpb.Maintenance/Alarm': [{ readonly action: 'get' | 'deactivate' }, { readonly alarms: readonly Alarm[] }];
  '/etcdserverpb.Maintenance/Defragment': [Record<string, never>, Record<string, never>];
  '/etcdserverpb.Maintenance/Snapshot': [Record<string, never>, { readonly db: EtcdDb }];
  '/etcdserverpb.Cluster/MemberList': [Record<string, never>, { readonly clusterId: string; readonly members: readonly Member[] }];
}
export type Method = keyof Rpcs;

export const WATCH = '/etcdserverpb.Watch/Watch';
export interface WatchRequest { readonly prefix: string; /** The first revision wanted. */ readonly from: number }
/** A message of a watch. `compacted`: the wanted revision is gone and the watch over. */
export interface WatchResponse { readonly revision: number; readonly events: readonly WatchEvent[]; readonly compacted?: number }

/** A failed call: gRPC's code name and the message. */
export interface RpcError { readonly error: { readonly code: string; readonly message: string } }
