/** etcdctl member list. */
import { write, type Coroutine } from '../../kernel/sys.ts';
import { call } from './call.ts';
import { table, toJson, uint64, type Ctl } from '../../lib/etcdtool/output.ts';

export function* memberList({ endpoints, format, timeoutUs }: Ctl): Coroutine<number> {
  const { clusterId, members } = yield* call(endpoints[0]!, '/etcdserverpb.Cluster/MemberList', {}, timeoutUs);
  const rows = members.map(({ id, name, peerUrls, clientUrls, learner }) => [id, name === '' ? 'unstarted' : 'started', name, peerUrls.join(','), clientUrls.join(','), String(learner)]);
  if (format === 'table') yield* write(1, table(['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER'], rows));
  else if (format === 'json') yield* write(1, toJson({ header: { cluster_id: uint64(clusterId), member_id: uint64(members[0]!.id) }, members: members.map(({ id, name, peerUrls, clientUrls }) => ({ ID: uint64(id), name, peerURLs: peerUrls, clientURLs: clientUrls })) }));
  else for (const row of rows) yield* write(1, `${row.join(', ')}\n`);
  return 0;
}
