import { expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { program as cat } from '../cat/index.ts';
import { program } from './index.ts';

const NAMES = ['docker-entrypoint.sh', 'mysqld', 'mysqladmin', 'pg_isready', 'memcached'];
function machine() {
  const m = bootMachine({ programs: [program, cat], files: Object.fromEntries([...NAMES.map((name) => [`/usr/bin/${name}`, { type: 'binary', program: 'docker-entrypoint', size: 1 } as const]), ['/var/lib/mysql', { type: 'dir', entries: {} } as const], ['/var/lib/postgresql', { type: 'dir', entries: {} } as const]]) });
  m.start(['/usr/bin/memcached']);   // pid 1, whose end would be everybody's
  m.pass(1000);
  return m;
}
const run = (env: Record<string, string>, ...argv: string[]) => machine().run(['/usr/bin/docker-entrypoint.sh', ...argv], { env, limitUs: 30_000_000 });

test('mysql without a password says what it needs and ends', () => {
  const { stdout, stderr, code } = run({ MYSQL_VERSION: '8.4.6-1.el9' }, 'mysqld');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^2025-08-19 00:19:\d\d\+00:00 \[Note\] \[Entrypoint\]: Entrypoint script for MySQL Server 8\.4\.6-1\.el9 started\.\n/);
  expect(stderr).toMatch(/\[ERROR\] \[Entrypoint\]: Database is uninitialized and password option is not specified\n {4}You need to specify one of the following as an environment variable:\n {4}- MYSQL_ROOT_PASSWORD\n/);
  expect(run({ MARIADB_VERSION: '1:11.8.3' }, 'mariadbd').stderr).toContain('You need to specify one of MARIADB_ROOT_PASSWORD, ');
});
test('mysql with one runs, listens and can be asked', () => {
  const m = machine();
  expect(m.run(['/usr/bin/mysqladmin', 'ping']).code).toBe(1);
  const id = m.start(['/usr/bin/docker-entrypoint.sh', 'mysqld'], { env: { MYSQL_VERSION: '8.4.6-1.el9', MYSQL_ROOT_PASSWORD: 'x' } });
  m.pass(20_000_000);
  expect(m.result(id).code).toBe(-1);
  expect(m.result(id).stderr).toContain("/usr/sbin/mysqld: ready for connections. Version: '8.4.6'");
  expect(m.run(['/usr/bin/mysqladmin', 'ping'])).toMatchObject({ stdout: 'mysqld is alive\n', code: 0 });
});
test('postgres asks for a password, keeps its directory, and says whether it accepts', () => {
  const env = { PG_MAJOR: '17', PG_VERSION: '17.6', PGDATA: '/var/lib/postgresql/data' };
  expect(run(env, 'postgres')).toMatchObject({ code: 1 });
  expect(run(env, 'postgres').stderr).toMatch(/^Error: Database is uninitialized and superuser password is not specified\.\n/);
  const m = machine();
  expect(m.run(['/usr/bin/pg_isready'])).toMatchObject({ stdout: '/var/run/postgresql:5432 - no response\n', code: 2 });
  const id = m.start(['/usr/bin/docker-entrypoint.sh', 'postgres'], { env: { ...env, POSTGRES_PASSWORD: 'x' } });
  m.pass(10_000_000);
  expect(m.result(id)).toMatchObject({ code: -1 });
  expect(m.result(id).stderr).toMatch(/LOG: {2}database system is ready to accept connections\n$/);
  expect(m.run(['/usr/bin/pg_isready', '-h', 'localhost'])).toMatchObject({ stdout: 'localhost:5432 - accepting connections\n', code: 0 });
  expect(m.run(['/usr/bin/cat', '/var/lib/postgresql/data/PG_VERSION']).stdout).toBe('17\n');
});
test('another command is started as it is, or is not there', () => {
  expect(run({ PG_MAJOR: '17' }, 'cat', '/etc/hosts').stdout).toContain('localhost');
  expect(run({ MEMCACHED_VERSION: '1' }, 'nosuch')).toMatchObject({ stderr: '/usr/local/bin/docker-entrypoint.sh: exec: line 9: nosuch: not found\n', code: 127 });
});
