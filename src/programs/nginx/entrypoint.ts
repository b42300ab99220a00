/** The official image's /docker-entrypoint.sh: what its scripts do to the configuration before nginx starts, and say of it. */
import { attempt, environ, readFile, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { DEFAULT_CONF } from './default.ts';

const DEFAULT = '/etc/nginx/conf.d/default.conf';
const IPV6 = '10-listen-on-ipv6-by-default.sh: info: ';

/** Lets the packaged server listen on IPv6, too, where the file is still the package's and can be written. */
function* listenOnIpv6(): Coroutine<string[]> {
  const text = yield* attempt(readFile(DEFAULT), 'ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES');
  if (typeof text !== 'string') return [`${IPV6}${DEFAULT} is not a file or does not exist`];
  const written = yield* attempt(writeFile(DEFAULT, text), 'EROFS', 'EACCES', 'EPERM');
  if (written !== null) return [`${IPV6}can not modify ${DEFAULT} (read-only file system?)`];
  if (text.includes('[::]:80')) return [`${IPV6}IPv6 listen already enabled`];
  const checking = `${IPV6}Getting the checksum of ${DEFAULT}`;
  if (text !== DEFAULT_CONF) return [checking, `${IPV6}${DEFAULT} differs from the packaged version`];
  yield* writeFile(DEFAULT, text.replace('    listen       80;\n', '    listen       80;\n    listen  [::]:80;\n'));
  return [checking, `${IPV6}Enabled listen on IPv6 in ${DEFAULT}`];
}

/** All of it, unless it is to be quiet. */
export function* configure(): Coroutine<void> {
  const head = '/docker-entrypoint.sh: ';
  const lines = [`${head}/docker-entrypoint.d/ is not empty, will attempt to perform configuration`, `${head}Looking for shell scripts in /docker-entrypoint.d/`, `${head}Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh`, ...(yield* listenOnIpv6()),
    `${head}Sourcing /docker-entrypoint.d/15-local-resolvers.envsh`, `${head}Launching /docker-entrypoint.d/20-envsubst-on-templates.sh`, `${head}Launching /docker-entrypoint.d/30-tune-worker-processes.sh`, `${head}Configuration complete; ready for start up`];
  const quiet = ((yield* environ())['NGINX_ENTRYPOINT_QUIET_LOGS'] ?? '') !== '';
  if (!quiet) yield* write(1, `${lines.join('\n')}\n`);
}
