/** One connection to etcd: gRPC calls and watches on client ports, health and metrics over plain paths. */
import { checkpoint, get, now, poll, put, type Coroutine, type Json } from '../../kernel/sys.ts';
import { compact, changesSince, EtcdError, grantLease, range, txn, type EtcdDb } from '../../lib/etcd/db.ts';
import { contentHash } from '../../lib/etcd/hash.ts';
import { size } from '../../base/tree.ts';
import { alarmText, fileSize, leaseCost, sizeInUse, txnCost } from '../../lib/etcd/space.ts';
import { WATCH, type Method, type Rpcs, type WatchRequest } from '../../lib/etcd/rpc.ts';
import { acceptTls, closeConn, endChunks, jsonResponse, readRequest, respond, sendChunk, textResponse, type HttpConn, type HttpRequest, type HttpResponse } from '../../lib/http/index.ts';
import { alarms, changeWithin, defrag } from './quota.ts';
import { change, database, databaseVersion, shared } from './state.ts';
import { diskWork, info, warn } from './log.ts';

export interface Accepted { readonly fd: number; readonly port: 'client' | 'peer' | 'metrics' }
interface Served { readonly conn: HttpConn; readonly watch: WatchRequest | null }

/** crypto/tls' words for a client that begins without TLS; only net/http has others for it. */
const PLAIN = 'tls: first record does not look like a TLS handshake';

/** Serves one accepted descriptor to its end. */
export function* connection(arg: Json, saved?: Json): Coroutine<void> {
  const { fd, port } = arg as unknown as Accepted;
  let served = (saved ?? null) as unknown as Served | null;
  if (served === null) {
    const { clientTls, peerTls } = yield* shared();
    const conn = yield* acceptTls(fd, port === 'client' ? clientTls : port === 'peer' ? peerTls : null);
    if ('refused' in conn) return yield* warn('embed/config_logging.go:170', `rejected connection on ${port} endpoint`, { 'remote-addr': conn.peer, 'server-name': '', error: conn.error.startsWith('client sent an HTTP request') ? PLAIN : conn.error });
    served = { conn, watch: null };
  }
  for (;;) {
    yield* checkpoint(served);
    const { conn, watch }: Served = served;
    const next: Served | null = watch === null ? yield* serveRequest(conn, port) : yield* serveWatch(conn, watch);
    if (next === null) return yield* closeConn(conn);
    served = next;
  }
}

function* serveRequest(conn: HttpConn, port: Accepted['port']): Coroutine<Served | null> {
  const request = yield* readRequest(conn);
  if (request === null) return null;
  if (request.path === WATCH && port === 'client') {
    yield* respond(conn, { status: 200, headers: { 'content-type': 'application/grpc' }, body: null, stream: true });
    return { conn, watch: (request.body as { json: Json }).json as unknown as WatchRequest };
  }
  yield* respond(conn, yield* answer(request, port));
  return { conn, watch: null };
}

/** Sends what happened since, then waits for more or for the client to go. */
function* serveWatch(conn: HttpConn, { prefix, from }: WatchRequest): Coroutine<Served | null> {
  const { db, version } = yield* databaseVersion();
  if (from <= db.compacted) {
    yield* sendChunk(conn, { json: { revision: db.revision, events: [], compacted: db.compacted } });
    yield* endChunks(conn);
    return { conn, watch: null };
  }
  const events = from > db.revision ? [] : changesSince(db, from, prefix);
  if (events.length > 0 && !(yield* sendChunk(conn, { json: { revision: db.revision, events } as unknown as Json }))) return null;
  const { fds } = yield* poll({ fds: [conn.fd], tables: [{ table: 'db', since: version }] });
  if (fds.length > 0) return null;
  return { conn, watch: { prefix, from: Math.max(from, db.revision + 1) } };
}

function* answer(request: HttpRequest, port: Accepted['port']): Coroutine<HttpResponse> {
  const [path = ''] = request.path.split('?');
  if (request.method === 'PRI') return textResponse(200, '');
  if (port !== 'peer' && !path.startsWith('/etcdserverpb.')) {
    const plain = yield* plainPath(path);
    if (plain !== null) return plain;
  }
  if (port !== 'client' || request.body === null || !('json' in request.body)) return textResponse(404, '404 page not found\n');
  try {
    return jsonResponse(200, (yield* call(path as Method, request.body.json as never)) as unknown as Json);
  } catch (caught) {
    if (!(caught instanceof EtcdError)) throw caught;
    return jsonResponse(200, { error: { code: caught.code, message: caught.message } });
  }
}

/** etcd writes these on one line, without an end. */
const compactJson = (status: number, json: Json): HttpResponse => ({ status, headers: { 'content-type': 'application/json' }, body: { text: JSON.stringify(json) }, stream: false });

function* plainPath(path: string): Coroutine<HttpResponse | null> {
  const ready = (yield* get('server', 'ready')) === true;
  const db = yield* database();
  switch (path) {
    case '/health': return db.alarms.length > 0 ? compactJson(503, { health: 'false', reason: `ALARM ${db.alarms[0]!.alarm}` }) : ready ? compactJson(200, { health: 'true', reason: '' }) : compactJson(503, { health: 'false', reason: 'RAFT NO LEADER' });
    case '/livez': return textResponse(200, 'ok\n');
    case '/readyz': return ready ? textResponse(200, 'ok\n') : textResponse(503, '[+]data_corruption ok\n[+]serializable_read ok\n[-]linearizable_read failed: etcdserver: request timed out\nerror\n');
    case '/version': return compactJson(200, { etcdserver: '3.5.21', etcdcluster: '3.5.0' });
    case '/metrics': return textResponse(200, [
      '# HELP etcd_server_has_leader Whether or not a leader exists. 1 is existence, 0 is not.', '# TYPE etcd_server_has_leader gauge', `etcd_server_has_leader ${ready ? 1 : 0}`,
      '# HELP etcd_debugging_mvcc_keys_total Total number of keys.', '# TYPE etcd_debugging_mvcc_keys_total gauge', `etcd_debugging_mvcc_keys_total ${size(db.keys)}`,
      '# HELP etcd_mvcc_db_total_size_in_bytes Total size of the underlying database physically allocated in bytes.', '# TYPE etcd_mvcc_db_total_size_in_bytes gauge', `etcd_mvcc_db_total_size_in_bytes ${fileSize(db)}`,
      '# HELP etcd_mvcc_db_total_size_in_use_in_bytes Total size of the underlying database logically in use.', '# TYPE etcd_mvcc_db_total_size_in_use_in_bytes gauge', `etcd_mvcc_db_total_size_in_use_in_bytes ${sizeInUse(db)}`, '',
    ].join('\n'));
    default: return null;
  }
}

/** One unary call. Throws EtcdError. */
function* call(method: Method, body: never): Coroutine<Rpcs[Method][1]> {
  switch (method) {
    case '/etcdserverpb.KV/Range': return range(yield* database(), body);
    case '/etcdserverpb.KV/Txn': return yield* changeWithin(txnCost(body), (db) => { const done = txn(db, body); return { db: done.db, result: done.response }; });
    case '/etcdserverpb.KV/Compact': {
      const { revision } = body as { revision: number };
      const result = yield* change((db) => ({ db: compact(db, revision), result: { revision: db.revision } }));
      yield* info('mvcc/index.go:214', 'compact tree index', { revision });
      yield* info('mvcc/kvstore_compaction.go:72', 'finished scheduled compaction', { 'compact-revision': revision, took: yield* diskWork(1200), hash: contentHash(yield* database()), 'current-db-size-bytes': fileSize(yield* database()) });
      return result;
    }
    case '/etcdserverpb.Lease/LeaseGrant': {
      const { ttlSeconds } = body as { ttlSeconds: number };
      const at = yield* now();
      const id = yield* changeWithin(leaseCost, (db) => { const done = grantLease(db, ttlSeconds, at); return { db: done.db, result: done.id }; });
      yield* put('lessor', 'granted', id);
      return { id };
    }
    case '/etcdserverpb.Maintenance/Status': {
      const db = yield* database();
      return { version: '3.5.21', dbSize: fileSize(db), dbSizeInUse: sizeInUse(db), memberId: db.memberId, leader: db.memberId, raftTerm: db.term, raftIndex: db.revision + 4, revision: db.revision, errors: db.alarms.map(alarmText) };
    }
    case '/etcdserverpb.Maintenance/Alarm': return yield* alarms(body);
    case '/etcdserverpb.Maintenance/Defragment': return yield* defrag();
    case '/etcdserverpb.Maintenance/Snapshot': return yield* snapshot();
    case '/etcdserverpb.Cluster/MemberList': {
      const { config } = yield* shared();
      return { clusterId: config.clusterId, members: [{ id: config.memberId, name: config.name, peerUrls: config.advertisePeer, clientUrls: config.advertiseClient, learner: false }] };
    }
    default: throw new EtcdError('Unimplemented', `unknown method ${String(method)}`);
  }
}

function* snapshot(): Coroutine<{ readonly db: EtcdDb }> {
  const db = yield* database();
  const total = fileSize(db);
  const human = `${Math.round(total / 1000)} kB`;
  yield* info('v3rpc/maintenance.go:130', 'sending database snapshot to client', { 'total-bytes': total, size: human });
  yield* info('v3rpc/maintenance.go:170', 'sending database sha256 checksum to client', { 'total-bytes': total, 'checksum-size': 32 });
  yield* info('v3rpc/maintenance.go:179', 'successfully sent database snapshot to client', { 'total-bytes': total, size: human, took: 'now' });
  return { db };
}
