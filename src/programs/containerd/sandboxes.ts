/** Pod sandboxes: the shim, the pause process that holds the namespaces, and the pod's network. */
import { attempt, dropFs, dropNetns, newFs, now, poll, random, rmdir, self, sleep, thread, unlink, view, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { CriError, logrus } from '../../lib/cri/index.ts';
import type { PodSandboxConfig } from '../../lib/cri/index.ts';
import { CniError, setUpNetwork, tearDownNetwork } from './cni.ts';
import { dirs, newId, readConfig } from './common.ts';
import { removeRecord, stopNow } from './containers.ts';
import { findImage, pullImage } from './images.ts';
import type { ContainerRecord, SandboxRecord } from './records.ts';
import { askShim, shimLost, startShim } from './shims.ts';
import { dropSandbox, findSandbox, putSandbox, sandbox } from './store.ts';

/** Where a sandbox's hostname and resolv.conf lie, to be mounted into its containers. */
export const sandboxDir = (id: string): string => `/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${id}`;

const nameOf = ({ metadata: m }: PodSandboxConfig): string => `${m.name}_${m.namespace}_${m.uid}_${m.attempt}`;

function* reserve(config: PodSandboxConfig): Coroutine<void> {
  const name = nameOf(config);
  for (const other of (yield* view<SandboxRecord>('sandboxes')).values()) {
    if (nameOf(other.config) === name) throw new CriError('Unknown', `failed to reserve sandbox name "${name}": name "${name}" is reserved for "${other.id}"`);
  }
}

function* pauseImage(): Coroutine<string> {
  const { sandboxImage } = yield* readConfig();
  const found = yield* findImage(sandboxImage);
  if (found !== undefined) return found.id;
  try {
    return yield* pullImage(sandboxImage);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    throw new CriError(caught.code, `failed to get sandbox image "${sandboxImage}": failed to pull image "${sandboxImage}": ${caught.desc}`);
  }
}

/** What containers of the pod see as /etc/hostname and /etc/resolv.conf. */
function* writeFiles(id: string, config: PodSandboxConfig): Coroutine<void> {
  const dir = sandboxDir(id);
  yield* dirs(dir, 0o755);
  const { hostname } = yield* self();
  yield* writeFile(`${dir}/hostname`, `${config.hostname || hostname}\n`, 0o644);
  const dns = config.dnsConfig;
  if (dns === null) return;
  const lines = [...(dns.searches.length > 0 ? [`search ${dns.searches.join(' ')}`] : []), ...dns.servers.map((ip) => `nameserver ${ip}`), ...(dns.options.length > 0 ? [`options ${dns.options.join(' ')}`] : [])];
  yield* writeFile(`${dir}/resolv.conf`, `${lines.join('\n')}\n`, 0o644);
}

function* network(id: string, config: PodSandboxConfig): Coroutine<{ readonly netns: number; readonly ip: string }> {
  if (config.network === 'NODE') return { netns: (yield* self()).netns, ip: '' };
  try {
    return yield* setUpNetwork(id);
  } catch (caught) {
    if (!(caught instanceof CniError)) throw caught;
    throw new CriError('Unknown', `failed to setup network for sandbox "${id}": ${caught.message}`);
  }
}

/** RunPodSandbox → the sandbox's id. */
export function* runPodSandbox(config: PodSandboxConfig): Coroutine<string> {
  const { metadata: m } = config;
  const label = `RunPodSandbox for &PodSandboxMetadata{Name:${m.name},Uid:${m.uid},Namespace:${m.namespace},Attempt:${m.attempt},}`;
  yield* logrus('info', label);
  try {
    const id = yield* create(config);
    yield* logrus('info', `${label} returns sandbox id "${id}"`);
    return id;
  } catch (caught) {
    if (caught instanceof CriError) yield* logrus('error', `${label} failed, error`, { error: caught.desc });
    throw caught;
  }
}

function* create(config: PodSandboxConfig): Coroutine<string> {
  yield* reserve(config);
  const image = yield* pauseImage();
  const id = yield* newId('sandbox');
  const [jitter = 0] = yield* random('containerd/sandbox');
  yield* sleep(40_000 + (jitter % 60_000));
  const { netns, ip } = yield* network(id, config);
  const rootfs = yield* newFs(`image/${image}`);
  yield* writeFiles(id, config);
  yield* startShim(id);
  const hostname = config.hostname || (yield* self()).hostname;
  const cgroup = `${config.cgroupParent}/cri-containerd-${id}.scope`;
  const reply = yield* askShim(id, { op: 'start', spec: {
    id, argv: ['/pause'], env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }, cwd: '/', uid: 65535, gid: 65535, cgroup, logPath: null,
    container: { rootfs, mounts: [], netns, hostname, newPids: true, readOnlyRoot: true } } });
  if (!('pid' in reply)) {
    yield* askShim(id, { op: 'shutdown' });
    yield* release({ config, ip, netns, rootfs });
    throw new CriError('Unknown', 'failed to create containerd task: failed to start shim');
  }
  yield* putSandbox({ id, config, ready: true, createdAt: yield* now(), pid: reply.pid, ip, netns, rootfs });
  yield* thread('monitor', id);
  return id;
}

function* release({ config, ip, netns, rootfs }: Pick<SandboxRecord, 'config' | 'ip' | 'netns' | 'rootfs'>): Coroutine<void> {
  if (config.network === 'POD') {
    yield* tearDownNetwork(ip);
    yield* dropNetns(netns);
  }
  yield* dropFs(rootfs);
}

function* waitNotReady(id: string, deadline: number): Coroutine<void> {
  for (;;) {
    const sandboxes = yield* view<SandboxRecord>('sandboxes');
    const record = sandboxes.get(id);
    if (record === undefined || !record.ready) return;
    const at = yield* now();
    if (at >= deadline) return yield* putSandbox({ ...record, ready: false, pid: 0 });
    yield* poll({ tables: [{ table: 'sandboxes', since: sandboxes.version }], timeout: deadline - at });
  }
}

/** StopPodSandbox: kills what runs in it, then gives the network back. Stopping twice is no error. */
export function* stopPodSandbox(prefix: string): Coroutine<null> {
  const found = yield* findSandbox(prefix);
  if (found === undefined) return null;
  const { id } = found;
  yield* logrus('info', `StopPodSandbox for "${id}"`);
  for (const record of (yield* view<ContainerRecord>('containers')).values()) if (record.sandboxId === id) yield* stopNow(record);
  if (found.ready) {
    const killed = yield* askShim(id, { op: 'kill', id, signal: 'KILL' });
    yield* waitNotReady(id, (yield* now()) + ('errno' in killed ? 0 : 10_000_000));
    if (found.config.network === 'POD') {
      yield* tearDownNetwork(found.ip);
      yield* logrus('info', `TearDown network for sandbox "${id}" successfully`);
    }
    yield* askShim(id, { op: 'shutdown' });
  }
  yield* logrus('info', `StopPodSandbox for "${id}" returns successfully`);
  return null;
}

export function* removePodSandbox(prefix: string): Coroutine<null> {
  const found = yield* findSandbox(prefix);
  if (found === undefined) return null;
  yield* logrus('info', `RemovePodSandbox for "${found.id}"`);
  if (found.ready) yield* stopPodSandbox(found.id);
  yield* shimLost(found.id);
  for (const record of (yield* view<ContainerRecord>('containers')).values()) if (record.sandboxId === found.id) yield* removeRecord(record);
  const last = yield* sandbox(found.id);
  if (last.config.network === 'POD') yield* dropNetns(last.netns);
  yield* dropFs(last.rootfs);
  for (const file of ['hostname', 'resolv.conf']) yield* attempt(unlink(`${sandboxDir(found.id)}/${file}`), 'ENOENT');
  yield* attempt(rmdir(sandboxDir(found.id)), 'ENOENT', 'ENOTEMPTY');
  yield* dropSandbox(found.id);
  yield* logrus('info', `RemovePodSandbox "${found.id}" returns successfully`);
  return null;
}
