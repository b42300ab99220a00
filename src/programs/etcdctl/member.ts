/** etcdctl member list. */
import { write, type Coroutine } from '../../kernel/sys.ts';
import { call } from './call.ts';
import { table, type Ctl } from '../../lib/etcdtool/output.ts';

export function* memberList({ endpoints, format, timeoutUs }: Ctl): Coroutine<number> {
  const { clusterId, members } = yield* call(endpoints[0]!, '/etcdserverpb.Cluster/MemberList', {}, timeoutUs);
  const rows = members.map(({ id, name, peerUrls, clientUrls, learner }) => [id, name === '' ? 'unstarted' : 'started', name, peerUrls.join(','), clientUrls.join(','), String(learner)]);
  if (format === 'table') yield* write(1, table(['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER'], rows));
  else if (format === 'json') yield* write(1, `${JSON.stringify({ header: { cluster_id: clusterId, member_id: members[0]?.id }, members: members.map(({ id, name, peerUrls, clientUrls }) => ({ ID: id, name, peerURLs: peerUrls, clientURLs: clientUrls })) })}\n`);
  else for (const row of rows) yield* write(1, `${row.join(', ')}\n`);
  return 0;
}
