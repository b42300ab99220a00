import { expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { ETCD, pkiFiles as files } from '../../testing/controlplane.ts';
import { sleep, type Program } from '../../kernel/sys.ts';
import { program as etcd } from '../etcd/index.ts';
import { program } from './index.ts';

const init: Program = { name: 'init', *main() {
  yield* sleep(1e15);
  return 0;
} };
const P = '/etc/kubernetes/pki/etcd';
const certs = ['--endpoints=https://127.0.0.1:2379', `--cacert=${P}/ca.crt`, `--cert=${P}/server.crt`, `--key=${P}/server.key`];

test('etcdctl looks into etcd as recorded', () => {
  const m = bootMachine({ programs: [init, etcd, program], files });
  m.start(['init']);
  m.start(ETCD);
  m.pass(3e6);
  const ctl = (...args: string[]) => m.run(['etcdctl', ...certs, ...args]);
  expect(ctl('endpoint', 'health').stdout).toMatch(/^https:\/\/127\.0\.0\.1:2379 is healthy: successfully committed proposal: took = \d/);
  expect(ctl('member', 'list', '-w', 'table').stdout).toBe(`+------------------+---------+--------------+-------------------------+-------------------------+------------+
|        ID        | STATUS  |     NAME     |       PEER ADDRS        |      CLIENT ADDRS       | IS LEARNER |
+------------------+---------+--------------+-------------------------+-------------------------+------------+
| 264d7b068180479b | started | controlplane | https://172.30.1.2:2380 | https://172.30.1.2:2379 |      false |
+------------------+---------+--------------+-------------------------+-------------------------+------------+
`);
  expect(ctl('put', '/registry/a', '1').stdout).toBe('OK\n');
  expect(ctl('put', '/registry/b', '2').stdout).toBe('OK\n');
  expect(ctl('get', '/registry/', '--prefix', '--keys-only').stdout).toBe('/registry/a\n\n/registry/b\n\n');
  expect(ctl('get', '/registry/b').stdout).toBe('/registry/b\n2\n');
  expect(ctl('get', '/registry/a', '/registry/b', '--keys-only').stdout).toBe('/registry/a\n\n');
  expect(ctl('get', '/registry/', '--prefix', '--order=DESCEND', '--limit=1').stdout).toBe('/registry/b\n2\n');
  expect(ctl('get', '/registry/', '--prefix', '--sort-by=size').stderr).toBe('Error: bad sort target size\n');
  expect(m.run(['etcdctl', ...certs, 'put', '/x', '--prev-kv'], { stdin: 'from stdin' }).stdout).toBe('OK\n');
  expect(ctl('put', '/x', 'two', '--prev-kv').stdout).toBe('OK\n/x\nfrom stdin\n');
  expect(ctl('del', '/x', '/y', '--prev-kv').stdout).toBe('1\n/x\ntwo\n');
  expect(ctl('snapshot', 'save', '/root/snap.db').stdout).toBe('Snapshot saved at /root/snap.db\n');
  expect(m.run(['etcdctl', 'snapshot', 'restore', '/root/snap.db', '--data-dir', '/root/restored']).code).toBe(0);
  expect(m.run(['etcdctl', 'snapshot', 'restore', '/root/snap.db', '--data-dir', '/root/restored']).stderr).toContain('Error: data-dir "/root/restored" not empty or could not be read');
  expect(m.run(['etcdctl', 'version']).stdout).toBe('etcdctl version: 3.5.21\nAPI version: 3.5\n');
  const bare = m.run(['etcdctl', 'endpoint', 'health']);
  expect(bare).toMatchObject({ code: 1, tookUs: expect.closeTo(5e6, -5) });
  expect(bare.stderr).toMatch(/"error":"rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: connection error: desc = \\"error reading server preface: EOF\\""}\n127\.0\.0\.1:2379 is unhealthy: failed to commit proposal: context deadline exceeded\nError: unhealthy cluster\n$/);
});

test('a store that is full says so until it is compacted, defragmented and disarmed', () => {
  const m = bootMachine({ programs: [init, etcd, program], files });
  m.start(['init']);
  m.start([...ETCD, '--quota-backend-bytes=400000']);
  m.pass(3e6);
  const ctl = (...args: string[]) => m.run(['etcdctl', ...certs, ...args]);
  const big = 'x'.repeat(100_000);
  for (let n = 0; n < 3; n++) expect(ctl('put', '/a', big)).toMatchObject({ code: 0, stdout: 'OK\n' });
  expect(ctl('put', '/a', big)).toMatchObject({ code: 1, stderr: 'Error: etcdserver: mvcc: database space exceeded\n' });
  expect(ctl('put', '/b', 'small').stderr).toBe('Error: etcdserver: mvcc: database space exceeded\n');
  expect(ctl('alarm', 'list').stdout).toBe('memberID:2759997414520670107 alarm:NOSPACE \n');
  expect(ctl('endpoint', 'health').stderr).toBe('https://127.0.0.1:2379 is unhealthy: failed to commit proposal: Active Alarm(s): NOSPACE \nError: unhealthy cluster\n');
  expect(ctl('endpoint', 'status', '-w', 'table').stdout).toContain(`|            ERRORS            |
+------------------------+------------------+---------+---------+-----------+------------+-----------+------------+--------------------+------------------------------+
| https://127.0.0.1:2379 | 264d7b068180479b |  3.5.21 |  385 kB |      true |      false |         2 |          8 |                  8 | memberID:2759997414520670107 |
|                        |                  |         |         |           |            |           |            |                    |                alarm:NOSPACE |
`);
  // Without room, disarming is in vain; deleting is always allowed.
  expect(ctl('alarm', 'disarm').stdout).toBe('memberID:2759997414520670107 alarm:NOSPACE \n');
  expect(ctl('put', '/a', big).code).toBe(1);
  expect(ctl('del', '/a').stdout).toBe('1\n');
  expect(ctl('compact', '5').stdout).toBe('compacted revision 5\n');
  expect(ctl('compact', '5').stderr).toBe('Error: etcdserver: mvcc: required revision has been compacted\n');
  ctl('alarm', 'disarm');
  expect(ctl('put', '/a', big).code).toBe(1);
  expect(ctl('defrag').stdout).toBe('Finished defragmenting etcd member[https://127.0.0.1:2379]\n');
  expect(ctl('put', '/b', 'small').code).toBe(1);
  expect(ctl('alarm', 'disarm').stdout).toBe('memberID:2759997414520670107 alarm:NOSPACE \n');
  expect(ctl('put', '/b', 'small').stdout).toBe('OK\n');
  expect(ctl('alarm', 'list').stdout).toBe('');
});
