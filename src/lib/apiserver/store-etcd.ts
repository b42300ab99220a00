/** The database in etcd, over its socket. Models apiserver pkg/storage/etcd3: transactions on one key, leases for what expires. */
import { get, now, put, sleep, type Coroutine } from '../../kernel/sys.ts';
import { etcdCall, type EtcdConfig } from '../etcd/client.ts';
import { EtcdError, type Operation } from '../etcd/db.ts';
import type { Method, Rpcs } from '../etcd/rpc.ts';
import { pageExpired } from './list.ts';
import { unknown, type ApiError } from './status.ts';
import { storedFrom } from './store-memory.ts';
import { asJson, type ListOptions, type Listed, type Obj, type Store, type Stored } from './store.ts';

const LEASES = 'etcd/leases';
/** Objects written within this time share a lease. */
const REUSE_SECONDS = 60;
/** What etcd's client spends on trying a read again before it gives up: about 100 times 25 ms. */
const READ_ATTEMPTS = 5;
const READ_PAUSE_US = 500_000;

const asApiError = (error: EtcdError): ApiError => (error.code === 'OutOfRange' && error.message.includes('compacted') ? pageExpired() : unknown(error.message));

export class EtcdStore implements Store {
  readonly #config: EtcdConfig;
  constructor(config: EtcdConfig) { this.#config = config; }

  *#call<M extends Method>(method: M, body: Rpcs[M][0], attempts: number): Coroutine<Rpcs[M][1]> {
    for (let n = 1; ; n++) {
      try {
        return yield* etcdCall(this.#config, method, body);
      } catch (caught) {
        if (!(caught instanceof EtcdError)) throw caught;
        if (caught.code !== 'Unavailable' || n >= attempts) throw asApiError(caught);
        yield* sleep(READ_PAUSE_US);
      }
    }
  }

  *get(key: string): Coroutine<{ revision: number; item: Stored | null }> {
    const { revision, kvs: [kv] } = yield* this.#call('/etcdserverpb.KV/Range', { key }, READ_ATTEMPTS);
    return { revision, item: kv === undefined ? null : storedFrom(kv) };
  }
  *list(prefix: string, options: ListOptions = {}): Coroutine<Listed> {
    const got = yield* this.#call('/etcdserverpb.KV/Range', { key: prefix, prefix: true, ...options }, READ_ATTEMPTS);
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
    const { id } = yield* this.#call('/etcdserverpb.Lease/LeaseGrant', { ttlSeconds: ttlSeconds + extra }, 1);
    yield* put(LEASES, String(ttlSeconds), { id, until: at + extra * 1e6 });
    return { lease: id };
  }

  *#write(key: string, modRevision: number, op: Operation): Coroutine<{ ok: boolean; revision: number; current: Stored | null }> {
    const done = yield* this.#call('/etcdserverpb.KV/Txn', { compare: [{ key, modRevision }], success: [op], failure: [{ range: { key } }] }, 1);
    const kv = done.responses[0]?.kvs[0];
    return { ok: done.succeeded, revision: done.revision, current: kv === undefined ? null : storedFrom(kv) };
  }
}
