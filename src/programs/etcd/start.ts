/** From flags to a serving member: certificates, listeners, data, election; what it logs on the way. */
import { listen, put, random, readFile, sleep, thread, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import type { EtcdDb } from '../../lib/etcd/db.ts';
import { DEFAULT_QUOTA } from '../../lib/etcd/space.ts';
import { GoError, isIp, joinHostPort } from '../../lib/net/index.ts';
import { checkKeyPair, type TlsServerOptions } from '../../lib/tls/index.ts';
import { parseCertificates } from '../../lib/x509/index.ts';
import { bootstrapFault, type Config, type Listener, type TlsFiles } from './config.ts';
import { createDb, DataError, inodeOf, isMember, loadDb, touchDataDir } from './data.ts';
import { announceQuota } from './quota.ts';
import { diskWork, info, raft, warn, zap } from './log.ts';
import { change, share } from './state.ts';

/** Why the server did not start, as the fatal line says it. */
export class StartError extends Error {}

function* readPem(path: string): Coroutine<string> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new StartError(errno === 'EISDIR' ? `read ${path}: is a directory` : `open ${path}: ${goErrno(errno)}`);
  }
}

function* loadTls(files: TlsFiles, urls: readonly Listener[]): Coroutine<TlsServerOptions | null> {
  if (!urls.some(({ scheme }) => scheme === 'https')) return null;
  if (files.cert === '' || files.key === '') throw new StartError(`TLS key/cert (--cert-file, --key-file) must be provided for client url ${urls[0]!.url} with HTTPS scheme`);
  const [certPem, keyPem] = [yield* readPem(files.cert), yield* readPem(files.key)];
  try { checkKeyPair(certPem, keyPem); } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new StartError(caught.message);
  }
  const ca = files.ca === '' ? null : yield* readPem(files.ca);
  if (ca !== null && parseCertificates(ca).length === 0) throw new StartError(`could not parse certificate: no PEM data is found in ${files.ca}`);
  return { certPem, keyPem, clientCaPem: ca, require: files.clientAuth || ca !== null };
}

function* bind(at: Listener): Coroutine<number> {
  const host = isIp(at.host) ? at.host : '127.0.0.1';
  try {
    return yield* listen({ net: 'tcp', host, port: at.port });
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new StartError(`listen tcp ${joinHostPort(host, at.port)}: bind: ${goErrno(errno)}`);
  }
}

const urlsOf = (listeners: readonly Listener[]): string[] => listeners.map(({ url }) => url);
const tlsInfo = (files: TlsFiles) => ({ 'tls-info': `cert = ${files.cert}, key = ${files.key}, client-cert=, client-key=, trusted-ca = ${files.ca}, client-cert-auth = ${files.clientAuth}, crl-file = `, 'cipher-suites': [] });

function* openDb(config: Config, member: boolean): Coroutine<EtcdDb> {
  const db = yield* loadDb(config.dataDir);
  const path = `${config.dataDir}/member/snap/db`;
  if (db === 'corrupt') {
    yield* zap('panic', 'backend/backend.go:189', 'failed to open database', { path, error: 'invalid database' });
    throw new DataError('invalid database');
  }
  yield* info('etcdserver/backend.go:81', 'opened backend db', { path, took: yield* diskWork(member && db !== null ? 3000 : 8000) });
  if (db === null) {
    const fault = bootstrapFault(config);
    if (fault !== null) throw new StartError(fault);
    return yield* createDb(config);
  }
  return db;
}

function* announce(config: Config, member: boolean): Coroutine<void> {
  yield* info('embed/etcd.go:311', 'starting an etcd server', {
    'etcd-version': '3.5.21', 'git-sha': 'a17edfd59', 'go-version': 'go1.23.7', 'go-os': 'linux', 'go-arch': 'amd64', 'max-cpu-set': 2, 'max-cpu-available': 2, 'member-initialized': member, name: config.name,
    'data-dir': config.dataDir, 'wal-dir': '', 'wal-dir-dedicated': '', 'member-dir': `${config.dataDir}/member`, 'force-new-cluster': false, 'heartbeat-interval': '100ms', 'election-timeout': '1s', 'initial-election-tick-advance': true,
    'snapshot-count': config.snapshotCount, 'max-wals': 5, 'max-snapshots': 5, 'snapshot-catchup-entries': 5000, 'initial-advertise-peer-urls': config.advertisePeer, 'listen-peer-urls': urlsOf(config.peer), 'advertise-client-urls': config.advertiseClient,
    'listen-client-urls': urlsOf(config.client), 'listen-metrics-urls': urlsOf(config.metrics), cors: ['*'], 'host-whitelist': ['*'], 'initial-cluster': member ? '' : config.initialCluster, 'initial-cluster-state': 'new', 'initial-cluster-token': member ? '' : 'etcd-cluster',
    'quota-backend-bytes': config.quota === 0 ? DEFAULT_QUOTA : config.quota, 'max-request-bytes': 1572864, 'max-concurrent-streams': 4294967295, 'pre-vote': true, 'initial-corrupt-check': config.corruptCheck, 'corrupt-check-time-interval': '0s', 'compact-check-time-enabled': false,
    'compact-check-time-interval': '1m0s', 'auto-compaction-mode': 'periodic', 'auto-compaction-retention': '0s', 'auto-compaction-interval': '0s', 'discovery-url': '', 'discovery-proxy': '', 'downgrade-check-interval': '5s',
  });
}

function* announceMember({ memberId, clusterId, corruptCheck, dataDir, quota }: Config, db: EtcdDb, member: boolean): Coroutine<void> {
  const id = { 'local-member-id': memberId };
  const decimal = BigInt(`0x${memberId}`).toString();
  if (member) yield* info('etcdserver/raft.go:541', 'restarting local member', { 'cluster-id': clusterId, ...id, 'commit-index': db.revision + 4 });
  else yield* info('etcdserver/raft.go:505', 'starting local member', { ...id, 'cluster-id': clusterId });
  yield* raft(`${memberId} switched to configuration voters=()`);
  yield* raft(`${memberId} became follower at term ${db.term}`);
  yield* raft(`newRaft ${memberId} [peers: [], term: ${db.term}, commit: ${member ? db.revision + 4 : 0}, applied: 0, lastindex: ${member ? db.revision + 4 : 0}, lastterm: ${member ? db.term : 0}]`);
  yield* warn('auth/store.go:1241', 'simple token is not cryptographically signed');
  if (db.compacted > 0) yield* info('mvcc/kvstore.go:341', 'restored last compact revision', { 'meta-bucket-name': 'meta', 'meta-bucket-name-key': 'finishedCompactRev', 'restored-compact-revision': db.compacted });
  yield* info('mvcc/kvstore.go:407', 'kvstore restored', { 'current-rev': db.revision });
  yield* announceQuota(quota);
  if (corruptCheck) {
    yield* info('etcdserver/corrupt.go:96', 'starting initial corruption check', { ...id, timeout: '7s' });
    yield* info('etcdserver/corrupt.go:177', 'initial corruption checking passed; no corruption', id);
  }
  yield* info('etcdserver/server.go:873', 'starting etcd server', { ...id, 'local-server-version': '3.5.21', 'cluster-version': 'to_be_decided' });
  yield* info('etcdserver/server.go:773', 'starting initial election tick advance', { 'election-ticks': 10 });
  for (const [where, suffix] of [['snap', 'snap.db'], ['snap', 'snap'], ['wal', 'wal']]) yield* info('fileutil/purge.go:50', 'started to purge file', { dir: `${dataDir}/member/${where}`, suffix, max: 5, interval: '30s' });
  yield* raft(`${memberId} switched to configuration voters=(${decimal})`);
}

/** Opens everything. Throws StartError and DataError. → the listening descriptors by port. */
export function* startServer(config: Config): Coroutine<void> {
  const member = yield* isMember(config.dataDir);
  yield* info('embed/etcd.go:128', 'configuring peer listeners', { 'listen-peer-urls': urlsOf(config.peer) });
  if (config.peerTls.cert !== '') yield* info('embed/etcd.go:497', 'starting with peer TLS', tlsInfo(config.peerTls));
  const peerTls = yield* loadTls(config.peerTls, config.peer);
  const fds: { fd: number; port: string; secure: boolean; at: Listener }[] = [];
  for (const at of config.peer) fds.push({ fd: yield* bind(at), port: 'peer', secure: at.scheme === 'https', at });
  yield* info('embed/etcd.go:136', 'configuring client listeners', { 'listen-client-urls': urlsOf(config.client) });
  for (const at of config.client) fds.push({ fd: yield* bind(at), port: 'client', secure: at.scheme === 'https', at });
  yield* touchDataDir(config.dataDir);
  yield* announce(config, member);
  const db = yield* openDb(config, member);
  yield* announceMember(config, db, member);
  if (config.clientTls.cert !== '') yield* info('embed/etcd.go:729', 'starting with client TLS', tlsInfo(config.clientTls));
  const clientTls = yield* loadTls(config.clientTls, config.client);
  for (const at of config.metrics) fds.push({ fd: yield* bind(at), port: 'metrics', secure: false, at });
  yield* share({ config, ino: yield* inodeOf(config.dataDir), clientTls, peerTls }, db);
  for (const { at, port } of fds) if (port === 'peer') yield* info('embed/etcd.go:600', 'serving peer traffic', { address: joinHostPort(at.host, at.port) });
  yield* info('embed/etcd.go:280', 'now serving peer/client/metrics', { 'local-member-id': config.memberId, 'initial-advertise-peer-urls': config.advertisePeer, 'listen-peer-urls': urlsOf(config.peer), 'advertise-client-urls': config.advertiseClient, 'listen-client-urls': urlsOf(config.client), 'listen-metrics-urls': urlsOf(config.metrics) });
  for (const { url } of config.metrics) yield* info('embed/etcd.go:871', 'serving metrics', { address: url });
  for (const { fd, port } of fds) if (port !== 'client') yield* thread('accept', { fd, port });
  yield* elect(config, db);
  for (const { fd, port, secure, at } of fds) {
    if (port !== 'client') continue;
    yield* thread('accept', { fd, port });
    yield* info(secure ? 'embed/serve.go:251' : 'embed/serve.go:187', `serving client traffic ${secure ? 'securely' : 'insecurely'}`, { traffic: 'grpc+http', address: joinHostPort(at.host, at.port) });
  }
}

/** A single voter elects itself when its randomised timeout passes. */
function* elect({ memberId, clusterId, name, advertiseClient }: Config, { term }: EtcdDb): Coroutine<void> {
  const [ticks = 0] = yield* random('etcd/election');
  yield* sleep(100_000 * (1 + (ticks % 10)));
  yield* raft(`${memberId} is starting a new election at term ${term}`);
  yield* raft(`${memberId} became pre-candidate at term ${term}`);
  yield* raft(`${memberId} received MsgPreVoteResp from ${memberId} at term ${term}`);
  yield* raft(`${memberId} became candidate at term ${term + 1}`);
  yield* raft(`${memberId} received MsgVoteResp from ${memberId} at term ${term + 1}`);
  yield* raft(`${memberId} became leader at term ${term + 1}`);
  yield* raft(`raft.node: ${memberId} elected leader ${memberId} at term ${term + 1}`);
  yield* info('etcdserver/server.go:2144', 'published local member to cluster through raft', { 'local-member-id': memberId, 'local-member-attributes': `{Name:${name} ClientURLs:[${advertiseClient.join(' ')}]}`, 'request-path': `/0/members/${memberId}/attributes`, 'cluster-id': clusterId, 'publish-timeout': '7s' });
  yield* info('embed/serve.go:124', 'ready to serve client requests');
  yield* change((db) => ({ db: { ...db, term: term + 1 }, result: null }));
  yield* put('server', 'ready', true);
  yield* info('v3rpc/health.go:61', 'grpc service status changed', { service: '', status: 'SERVING' });
}
