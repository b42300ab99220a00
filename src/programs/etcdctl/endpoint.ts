/** etcdctl endpoint health and status. */
import { cpu, now, write, type Coroutine } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { formatDuration } from '../../base/duration.ts';
import { call } from './call.ts';
import { CtlError, humanBytes, log, table, toJson, uint64, type Ctl } from '../../lib/etcdtool/output.ts';

/** What a TLS handshake with a 2048 bit key costs the client: most of what the check takes. */
const HANDSHAKE_US = 6_000;

export function* endpointHealth({ endpoints, format, timeoutUs }: Ctl): Coroutine<number> {
  const rows: { endpoint: string; took: string; error: string }[] = [];
  for (const config of endpoints) {
    const start = yield* now();
    yield* cpu(HANDSHAKE_US);
    let error = '';
    try {
      yield* call(config, '/etcdserverpb.KV/Range', { key: 'health' }, timeoutUs);
      const { alarms } = yield* call(config, '/etcdserverpb.Maintenance/Alarm', { action: 'get' }, timeoutUs);
      if (alarms.length > 0) error = `Active Alarm(s): ${alarms.map(({ alarm }) => `${alarm} `).join('')}`;
    } catch (caught) {
      if (!(caught instanceof CtlError)) throw caught;
      error = caught.message;
    }
    rows.push({ endpoint: config.shown, took: encodeUtf8(formatDuration((yield* now()) - start)), error });
  }
  if (format === 'table') yield* write(1, table(['ENDPOINT', 'HEALTH', 'TOOK', 'ERROR'], rows.map(({ endpoint, took, error }) => [endpoint, String(error === ''), took, error])));
  else if (format === 'json') yield* write(1, `${JSON.stringify(rows.map(({ endpoint, took, error }) => ({ endpoint, health: error === '', took, ...(error === '' ? {} : { error }) })))}\n`);
  else {
    for (const { endpoint, took, error } of rows) {
      if (error === '') yield* write(1, `${endpoint} is healthy: successfully committed proposal: took = ${took}\n`);
      else yield* write(2, `${endpoint} is unhealthy: failed to commit proposal: ${error}\n`);
    }
  }
  if (rows.some(({ error }) => error !== '')) throw new CtlError('unhealthy cluster');
  return 0;
}

export function* endpointStatus({ endpoints, format, timeoutUs }: Ctl): Coroutine<number> {
  const rows: string[][] = [];
  const found: unknown[] = [];
  for (const config of endpoints) {
    try {
      const status = yield* call(config, '/etcdserverpb.Maintenance/Status', {}, timeoutUs);
      const { memberId, version, dbSize, dbSizeInUse, leader, raftTerm, raftIndex, revision, errors } = status;
      rows.push([config.shown, memberId, version, humanBytes(dbSize), String(leader === memberId), 'false', String(raftTerm), String(raftIndex), String(raftIndex), errors.join(', ')]);
      found.push({ Endpoint: config.shown, Status: { header: { member_id: uint64(memberId), revision, raft_term: raftTerm }, version, dbSize, leader: uint64(leader), raftIndex, raftTerm, raftAppliedIndex: raftIndex, ...(errors.length === 0 ? {} : { errors }), dbSizeInUse } });
    } catch (caught) {
      if (!(caught instanceof CtlError)) throw caught;
      yield* log('warn', 'endpoint_status.go:141', 'failed to get the status of endpoint', { endpoint: config.shown, error: caught.message });
    }
  }
  if (format === 'table') yield* write(1, table(['ENDPOINT', 'ID', 'VERSION', 'DB SIZE', 'IS LEADER', 'IS LEARNER', 'RAFT TERM', 'RAFT INDEX', 'RAFT APPLIED INDEX', 'ERRORS'], rows));
  else if (format === 'json') yield* write(1, toJson(found));
  else for (const row of rows) yield* write(1, `${row.join(', ')}\n`);
  return rows.length === endpoints.length ? 0 : 1;
}
