/** The thread that keeps the watch cache: lists everything once, then follows one etcd watch; connects again when etcd went away. */
import { checkpoint, put, random, sleep, type Coroutine, type Json } from '../../kernel/sys.ts';
import { applyEvents, resetCache } from '../../lib/apiserver/watchcache.ts';
import { etcdCall, etcdWatch, etcdWatchNext, type EtcdConfig } from '../../lib/etcd/client.ts';
import { EtcdError } from '../../lib/etcd/db.ts';
import { closeConn, type HttpConn } from '../../lib/http/index.ts';
import { backoffUs, dialWarning } from './dial.ts';
import { shared } from './state.ts';

const ROOT = '/registry/';
/** `conn` null: not connected; `failures` counts towards the back-off. */
interface State { readonly conn: HttpConn | null; readonly revision: number; readonly failures: number }

function* connect(etcd: EtcdConfig, state: State): Coroutine<State> {
  try {
    const all = yield* etcdCall(etcd, '/etcdserverpb.KV/Range', { key: ROOT, prefix: true });
    // A database that went back is another one: nobody may go on from what they saw.
    const fresh = state.revision === 0 || all.revision < state.revision;
    const from = fresh ? all.revision : state.revision;
    const conn = yield* etcdWatch(etcd, { prefix: ROOT, from: from + 1 });
    if (fresh) yield* resetCache(all.kvs, all.revision);
    yield* put('etcd', 'watching', true);
    yield* put('etcd', 'synced', true);
    return { conn, revision: from, failures: 0 };
  } catch (caught) {
    if (!(caught instanceof EtcdError)) throw caught;
    yield* dialWarning(etcd.endpoint, '#1 SubChannel #2', caught.message);
    const [word = 0] = yield* random('apiserver/grpc');
    yield* sleep(backoffUs(state.failures, word));
    return { ...state, failures: state.failures + 1 };
  }
}

export function* cacher(_arg: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as State | undefined) ?? { conn: null, revision: 0, failures: 0 };
  for (;;) {
    yield* checkpoint(state);
    if (state.conn === null) {
      state = yield* connect((yield* shared()).etcd, state);
      continue;
    }
    const message = yield* etcdWatchNext(state.conn);
    if (message !== null && message.compacted === undefined) {
      yield* applyEvents(message.events, message.revision);
      state = { ...state, revision: message.revision };
      continue;
    }
    yield* closeConn(state.conn);
    yield* put('etcd', 'watching', false);
    state = { conn: null, revision: message?.compacted === undefined ? state.revision : 0, failures: 0 };
  }
}

