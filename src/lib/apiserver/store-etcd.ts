/**
 * The database in etcd, over its socket: transactions on one key, leases for what expires. A call waits for the connection as
 * long as the request it serves may last, since etcd's client asks gRPC to wait for it. Models apiserver pkg/storage/etcd3.
 */
import { get, now, poll, put, view, type Coroutine, type VTime } from '../../kernel/sys.ts';
import { etcdCall, type EtcdConfig } from '../etcd/client.ts';
import { EtcdError, type Operation } from '../etcd/db.ts';
import type { Method, Rpcs } from '../etcd/rpc.ts';
import { pageExpired } from './list.ts';
import { deadlineExceeded, unknown, type ApiError } from './status.ts';
import { storedFrom } from './store-memory.ts';
import { asJson, type ListOptions, type Listed, type Obj, type Store, type Stored } from './store.ts';

const LEASES = 'etcd/leases';
/** Objects written within this time share a lease. */
const REUSE_SECONDS = 60;
/** A connection that still counts as up may have been lost at this instant: look again after this time. */
const LOOK_AGAIN_US = 1_000_000;
/** How long an answer may take when nobody limits it. */
const UNLIMITED_US = 3_600_000_000;

const asApiError = (error: EtcdError): ApiError => (error.code === 'OutOfRange' && error.message.includes('compacted') ? pageExpired() : unknown(error.message));

/** One call, which waits for a connection until `until`; null: as long as it takes. Throws EtcdError. */
export function* etcdPatient<M extends Method>(config: EtcdConfig, method: M, body: Rpcs[M][0], until: VTime | null = null): Coroutine<Rpcs[M][1]> {
  for (;;) {
    const connection = yield* view<boolean>('etcd');
    const left = until === null ? UNLIMITED_US : until - (yield* now());
    if (left <= 0) throw new EtcdError('DeadlineExceeded', 'context deadline exceeded');
    try {
      return yield* etcdCall(config, method, body, left);
    } catch (caught) {
      if (!(caught instanceof EtcdError) || caught.code !== 'Unavailable') throw caught;
    }
    // The watch cache's thread is the one that dials, with gRPC's back-off.
    yield* poll({ tables: [{ table: 'etcd', since: connection.version }], timeout: connection.get('watching') === true ? LOOK_AGAIN_US : left });
  }
}

export class EtcdStore implements Store {
  readonly #config: EtcdConfig;
  readonly #until: VTime | null;
  /** `until` ends what a call may wait for; null: nothing does. */
  constructor(config: EtcdConfig, until: VTime | null = null) {
    this.#config = config;
    this.#until = until;
  }

  *#call<M extends Method>(method: M, body: Rpcs[M][0]): Coroutine<Rpcs[M][1]> {
    try {
      return yield* etcdPatient(this.#config, method, body, this.#until);
    } catch (caught) {
      if (!(caught instanceof EtcdError)) throw caught;
      throw caught.code === 'DeadlineExceeded' ? deadlineExceeded() : asApiError(caught);
    }
  }

  *get(key: string): Coroutine<{ revision: number; item: Stored | null }> {
    const { revision, kvs: [kv] } = yield* this.#call('/etcdserverpb.KV/Range', { key });
    return { revision, item: kv === undefined ? null : storedFrom(kv) };
  }
  *list(prefix: string, options: ListOptions = {}): Coroutine<Listed> {
    const got = yield* this.#call('/etcdserverpb.KV/Range', { key: prefix, prefix: true, ...options });
    return { revision: options.revision ?? got.revision, items: got.kvs.map(storedFrom), more: got.more, remaining: got.count - got.kvs.length };
  }
  *create(key: string, object: Obj, ttlSeconds?: number): Coroutine<Stored | null> {
    const wrote = yield* this.#write(key, 0, { put: key, value: asJson(object), ...(yield* this.#lease(ttlSeconds)) });
    return wrote.ok ? { key, object, revision: wrote.revision } : null;
  }
  *update(key: string, object: Obj, revision: number, ttlSeconds?: number): Coroutine<{ item: Stored } | { current: Stored | null }> {
    const wrote = yield* this.#write(key, revision, { put: key, value: asJson(object), ...(yield* this.#lease(ttlSeconds)) });
    return wrote.ok ? { item: { key, object, revision: wrote.revision } } : { current: wrote.current };
  }
  *remove(key: string, revision: number): Coroutine<{ revision: number } | { current: Stored | null }> {
    const wrote = yield* this.#write(key, revision, { delete: key });
    return wrote.ok ? { revision: wrote.revision } : { current: wrote.current };
  }

  *#lease(ttlSeconds: number | undefined): Coroutine<{ lease?: number }> {
    if (ttlSeconds === undefined) return {};
    const held = yield* get<{ id: number; until: number }>(LEASES, String(ttlSeconds));
    const at = yield* now();
    if (held !== undefined && at < held.until) return { lease: held.id };
    const extra = Math.min(REUSE_SECONDS, Math.floor(ttlSeconds / 20));
    const { id } = yield* this.#call('/etcdserverpb.Lease/LeaseGrant', { ttlSeconds: ttlSeconds + extra });
    yield* put(LEASES, String(ttlSeconds), { id, until: at + extra * 1e6 });
    return { lease: id };
  }

  *#write(key: string, modRevision: number, op: Operation): Coroutine<{ ok: boolean; revision: number; current: Stored | null }> {
    const done = yield* this.#call('/etcdserverpb.KV/Txn', { compare: [{ key, modRevision }], success: [op], failure: [{ range: { key } }] });
    const kv = done.responses[0]?.kvs[0];
    return { ok: done.succeeded, revision: done.revision, current: kv === undefined ? null : storedFrom(kv) };
  }
}
