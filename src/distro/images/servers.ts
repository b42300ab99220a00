/** Images of servers that Kubernetes' documents and exercises deploy. */
import { official } from './entry.ts';
import type { Entry } from './entry.ts';
import { nginxFiles } from './nginx.ts';
import { alpine, binary, debian, dir, distroless, file } from './trees.ts';

const nginx = (version: string, base: 'alpine' | 'debian', size: number, ...tags: readonly string[]): Entry => {
  const minor = Number(version.split('.')[1]);
  // The entrypoint script came with 1.19; the images before it start nginx at once.
  const script = minor >= 19;
  return {
    refs: official('nginx', ...tags), size, files: () => (base === 'alpine' ? alpine('3.22.1', nginxFiles(version)) : debian({ ...nginxFiles(version), ...(script ? { '/usr/bin/curl': binary('curl', 280_688) } : {}) }, minor >= 23 ? ['12', 'bookworm'] : minor >= 19 ? ['10', 'buster'] : ['9', 'stretch'])),
    entrypoint: script ? ['/docker-entrypoint.sh'] : [], cmd: ['nginx', '-g', 'daemon off;'], env: [`NGINX_VERSION=${version}`, `PKG_RELEASE=1${base === 'alpine' ? '' : minor >= 23 ? '~bookworm' : minor >= 19 ? '~buster' : '~stretch'}`, ...(minor >= 27 ? ['DYNPKG_RELEASE=1'] : [])],
  };
};
const redis = (version: string, size: number, ...tags: readonly string[]): Entry => ({
  refs: official('redis', ...tags), size, entrypoint: ['docker-entrypoint.sh'], cmd: ['redis-server'], workingDir: '/data', env: [`REDIS_VERSION=${version}`],
  files: () => alpine('3.22.1', { '/usr/local/bin/docker-entrypoint.sh': binary('redis-server', 730), '/usr/local/bin/redis-server': binary('redis-server', 4_100_000), '/data': dir() }),
});

const script = (extra: readonly string[]) => ({ '/usr/local/bin/docker-entrypoint.sh': binary('docker-entrypoint', 14_000), ...Object.fromEntries(extra.map((name) => [`/usr/local/bin/${name}`, binary('docker-entrypoint', 60_000_000)])) });
const sql = (name: 'mysql' | 'mariadb', version: string, size: number, ...tags: readonly string[]): Entry => ({
  refs: official(name, ...tags), size, entrypoint: ['docker-entrypoint.sh'], cmd: [name === 'mysql' ? 'mysqld' : 'mariadbd'], env: [name === 'mysql' ? `MYSQL_VERSION=${version}` : `MARIADB_VERSION=${version}`],
  files: () => debian({ ...script(name === 'mysql' ? ['mysqld', 'mysqladmin'] : ['mariadbd', 'mariadb-admin', 'mysqladmin']), '/usr/bin/mysql': binary('unavailable', 8_000_000), '/var/lib/mysql': dir() }),
});
const postgres = (version: string, size: number, ...tags: readonly string[]): Entry => ({
  refs: official('postgres', ...tags), size, entrypoint: ['docker-entrypoint.sh'], cmd: ['postgres'], env: [`PG_MAJOR=${version.split('.')[0]}`, `PG_VERSION=${version}`, 'PGDATA=/var/lib/postgresql/data'],
  files: () => alpine('3.22.1', { ...script(['postgres', 'pg_isready']), '/usr/local/bin/psql': binary('unavailable', 700_000), '/var/lib/postgresql': dir({ data: dir() }) }),
});

export const SERVERS: readonly Entry[] = [
  sql('mysql', '9.4.0-1.el9', 262_144_000, 'latest', '9', '9.4'), sql('mysql', '8.4.6-1.el9', 241_172_480, '8', '8.4', 'lts'), sql('mysql', '8.0.43-1.el9', 233_832_448, '8.0'), sql('mysql', '5.7.44-1.el7', 147_849_216, '5.7', '5'), sql('mysql', '5.6.51-1debian9', 96_468_992, '5.6'),
  sql('mariadb', '1:12.0.2+maria~ubu2404', 106_954_752, 'latest', '12'), sql('mariadb', '1:11.8.3+maria~ubu2404', 106_000_384, '11', '11.8', 'lts'), sql('mariadb', '1:10.11.14+maria~ubu2204', 103_809_024, '10', '10.11'),
  postgres('17.6', 108_003_328, 'latest', '17', '17.6', 'alpine', '17-alpine'), postgres('16.10', 105_906_176, '16', '16-alpine'), postgres('15.14', 104_857_600, '15', '15-alpine'), postgres('14.19', 103_809_024, '14', '14-alpine'), postgres('13.22', 101_711_872, '13', '13-alpine'),
  { refs: official('memcached', 'latest', '1', '1.6', 'alpine', '1.6-alpine'), size: 5_242_880, user: 'memcache', entrypoint: ['docker-entrypoint.sh'], cmd: ['memcached'], env: ['MEMCACHED_VERSION=1.6.39'], files: () => alpine('3.22.1', script(['memcached'])) },
  nginx('1.29.1', 'alpine', 22_477_192, 'alpine', '1.29-alpine', '1.29.1-alpine', 'mainline-alpine'),
  nginx('1.28.0', 'alpine', 20_991_488, '1.28-alpine', '1.28.0-alpine', 'stable-alpine'),
  nginx('1.27.5', 'alpine', 20_982_144, '1.27-alpine', '1.27.5-alpine'),
  nginx('1.25.5', 'alpine', 17_743_872, '1.25-alpine', '1.25.5-alpine'), nginx('1.23.4', 'alpine', 16_388_096, '1.23-alpine', '1.23.4-alpine'),
  nginx('1.19.10', 'alpine', 9_868_288, '1.19-alpine', '1.19.10-alpine'), nginx('1.18.0', 'alpine', 8_474_624, '1.18-alpine', '1.18.0-alpine'), nginx('1.16.1', 'alpine', 8_167_424, '1.16-alpine', '1.16.1-alpine'), nginx('1.14.2', 'alpine', 7_145_472, '1.14-alpine', '1.14.2-alpine'),
  nginx('1.29.1', 'debian', 72_319_182, 'latest', '1', '1.29', '1.29.1', 'mainline'),
  nginx('1.28.0', 'debian', 72_404_038, '1.28', '1.28.0', 'stable'), nginx('1.27.5', 'debian', 72_404_038, '1.27', '1.27.5'), nginx('1.27.0', 'debian', 70_990_594, '1.27.0'),
  nginx('1.26.3', 'debian', 72_098_571, '1.26', '1.26.3'), nginx('1.25.5', 'debian', 71_005_258, '1.25', '1.25.5'), nginx('1.24.0', 'debian', 56_730_452, '1.24', '1.24.0'),
  nginx('1.23.4', 'debian', 57_001_984, '1.23', '1.23.4'), nginx('1.22.1', 'debian', 56_868_864, '1.22', '1.22.1'), nginx('1.21.6', 'debian', 56_747_008, '1.21', '1.21.6'), nginx('1.20.2', 'debian', 56_702_976, '1.20', '1.20.2'),
  nginx('1.19.10', 'debian', 53_695_488, '1.19', '1.19.10'), nginx('1.18.0', 'debian', 53_606_400, '1.18', '1.18.0'), nginx('1.17.10', 'debian', 51_030_016, '1.17', '1.17.10'), nginx('1.17.3', 'debian', 51_025_920, '1.17.3'),
  nginx('1.16.1', 'debian', 51_030_528, '1.16', '1.16.1'), nginx('1.15.12', 'debian', 44_750_848, '1.15', '1.15.12'), nginx('1.14.2', 'debian', 44_710_204, '1.14', '1.14.2'), nginx('1.13.12', 'debian', 44_687_360, '1.13', '1.13.12'),
  nginx('1.12.2', 'debian', 44_445_696, '1.12', '1.12.2'), nginx('1.9.1', 'debian', 51_344_384, '1.9.1'), nginx('1.7.9', 'debian', 39_910_912, '1.7.9'),
  { refs: official('httpd', 'latest', '2', '2.4', '2.4.65', 'alpine', '2.4-alpine', 'alpine3.22'), size: 45_194_880, cmd: ['httpd-foreground'], workingDir: '/usr/local/apache2', env: ['HTTPD_PREFIX=/usr/local/apache2', 'HTTPD_VERSION=2.4.65'],
    files: () => alpine('3.22.1', { '/usr/local/bin/httpd-foreground': binary('httpd', 138), '/usr/local/apache2/htdocs/index.html': file('<html><body><h1>It works!</h1></body></html>\n') }) },
  redis('8.2.1', 30_122_496, 'latest', 'alpine', '8', '8-alpine', '8.2'), redis('7.4.5', 17_350_656, '7', '7-alpine', '7.4', '7.4-alpine'), redis('6.2.19', 13_107_200, '6', '6-alpine', '6.2', '6.2-alpine'), redis('5.0.14', 11_141_120, '5', '5.0', '5.0.14', '5-alpine'), redis('5.0.4', 11_100_160, '5.0.4'),
  { refs: ['docker.io/hashicorp/http-echo:latest', 'docker.io/hashicorp/http-echo:1.0', 'docker.io/hashicorp/http-echo:1.0.0', 'docker.io/hashicorp/http-echo:0.2.3'], size: 2_970_000, entrypoint: ['/http-echo'], user: '65532:65532', files: () => distroless({ '/http-echo': binary('http-echo', 7_000_000) }) },
];
