/** What a container's first process is, from its configuration and its image; and runc's words when it cannot be. */
import type { ContainerConfig, Mount } from '../../lib/cri/index.ts';
import type { ContainerRecord, ImageRecord } from './records.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** The users that our images' /etc/passwd name. */
const USERS: Readonly<Record<string, number>> = { root: 0, nginx: 101, redis: 999, nobody: 65534, nonroot: 65532, 'www-data': 82, curl_user: 100, mysql: 999, postgres: 70, memcache: 11211 };
/** Their groups, where the number is another. */
const GROUPS: Readonly<Record<string, number>> = { ...USERS, curl_user: 101 };

/** Kubernetes' rule: a command replaces entrypoint and cmd, arguments alone replace cmd. */
export function argvOf(config: Pick<ContainerConfig, 'command' | 'args'>, image: Pick<ImageRecord, 'entrypoint' | 'cmd'>): readonly string[] {
  if (config.command.length > 0) return [...config.command, ...config.args];
  return [...image.entrypoint, ...(config.args.length > 0 ? config.args : image.cmd)];
}

/** The image's variables, then the container's, then HOSTNAME; later ones win. */
export function envOf(config: Pick<ContainerConfig, 'envs'>, image: Pick<ImageRecord, 'env'>, hostname: string): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  const set = (row: string): void => { env[row.slice(0, row.indexOf('='))] = row.slice(row.indexOf('=') + 1); };
  for (const row of [PATH, `HOSTNAME=${hostname}`, ...image.env]) set(row);
  for (const { key, value } of config.envs) env[key] = value;
  return env;
}

/** The user to run as; null when the image names one that nobody knows. */
export function uidOf(config: Pick<ContainerConfig, 'runAsUser'>, image: Pick<ImageRecord, 'user'>): number | null {
  if (config.runAsUser !== null) return config.runAsUser;
  const user = image.user.split(':')[0]!;
  if (user === '') return 0;
  return /^\d+$/.test(user) ? Number(user) : USERS[user] ?? null;
}

/** The primary group: as asked for, else the image's, else that of its user, else root's. A bare number has no group of its own. */
export function gidOf(config: Pick<ContainerConfig, 'runAsUser' | 'runAsGroup'>, image: Pick<ImageRecord, 'user'>): number {
  if (config.runAsGroup !== null) return config.runAsGroup;
  const [user = '', group = ''] = config.runAsUser === null ? image.user.split(':') : [];
  if (/^\d+$/.test(group)) return Number(group);
  return GROUPS[group] ?? GROUPS[user] ?? 0;
}

const OCI = 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

/** Why a program does not start, as exec.LookPath and execve say it. */
export function execFailure(errno: string, program: string): string {
  const quoted = `exec: "${program}"`;
  if (errno === 'EACCES') return `${quoted}: permission denied: unknown`;
  if (errno === 'ENOEXEC') return `exec ${program}: exec format error`;
  if (errno === 'ENOENT' || errno === 'ENOSYS') return program.includes('/') ? `${quoted}: stat ${program}: no such file or directory: unknown` : `${quoted}: executable file not found in $PATH: unknown`;
  if (errno === 'ENOTDIR') return `${quoted}: stat ${program}: not a directory: unknown`;
  return `${quoted}: ${errno}: unknown`;
}

export const startFailure = (errno: string, program: string): string => `${OCI}${execFailure(errno, program)}`;

/** The kernel's mounts: the kubelet's, and the sandbox's files where the kubelet gave none. */
export function mountsOf(record: Pick<ContainerRecord, 'config'>, sandboxDir: string, hasResolvConf: boolean): readonly { readonly source: string; readonly target: string; readonly readOnly: boolean }[] {
  const given = record.config.mounts.map(({ hostPath, containerPath, readOnly }: Mount) => ({ source: hostPath, target: containerPath, readOnly }));
  const own = [{ source: `${sandboxDir}/hostname`, target: '/etc/hostname', readOnly: false }, ...(hasResolvConf ? [{ source: `${sandboxDir}/resolv.conf`, target: '/etc/resolv.conf', readOnly: false }] : [])];
  return [...own.filter(({ target }) => !given.some((it) => it.target === target)), ...given];
}
