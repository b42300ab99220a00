/** The database in memory: the same etcd store without its process, for tests and for readers of a database file. */
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { emptyDb, range, txn, type EtcdDb, type KeyValue, type Operation } from '../etcd/db.ts';
import { asJson, type ListOptions, type Listed, type Obj, type Store, type Stored } from './store.ts';

export const storedFrom = (kv: KeyValue): Stored => ({ key: kv.key, object: kv.value as Obj, revision: kv.modRevision });

export class MemoryStore implements Store {
  db: EtcdDb;
  constructor(db: EtcdDb = emptyDb('', '', '')) { this.db = db; }

  *get(key: string): Coroutine<{ revision: number; item: Stored | null }> {
    const { revision, kvs: [kv] } = range(this.db, { key });
    return { revision, item: kv === undefined ? null : storedFrom(kv) };
  }
  *list(prefix: string, options: ListOptions = {}): Coroutine<Listed> {
    const got = range(this.db, { key: prefix, prefix: true, ...options });
    return { revision: options.revision ?? got.revision, items: got.kvs.map(storedFrom), more: got.more, remaining: got.count - got.kvs.length };
  }
  *create(key: string, object: Obj): Coroutine<Stored | null> {
    const wrote = this.#write(key, 0, { put: key, value: asJson(object) as Json });
    return wrote.ok ? { key, object, revision: wrote.revision } : null;
  }
  *update(key: string, object: Obj, revision: number): Coroutine<{ item: Stored } | { current: Stored | null }> {
    const wrote = this.#write(key, revision, { put: key, value: asJson(object) });
    return wrote.ok ? { item: { key, object, revision: wrote.revision } } : { current: wrote.current };
  }
  *remove(key: string, revision: number): Coroutine<{ revision: number } | { current: Stored | null }> {
    const wrote = this.#write(key, revision, { delete: key });
    return wrote.ok ? { revision: wrote.revision } : { current: wrote.current };
  }

  #write(key: string, modRevision: number, op: Operation): { ok: boolean; revision: number; current: Stored | null } {
    const { db, response } = txn(this.db, { compare: [{ key, modRevision }], success: [op], failure: [{ range: { key } }] });
    this.db = db;
    const kv = response.responses[0]?.kvs[0];
    return { ok: response.succeeded, revision: response.revision, current: kv === undefined ? null : storedFrom(kv) };
  }
}
