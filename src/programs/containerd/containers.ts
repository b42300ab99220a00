/** Containers: created, started, stopped, removed. */
import { access, attempt, del, dropFs, get, newFs, now, poll, random, self, sleep, stat, view, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Signal } from '../../kernel/sys.ts';
import { CriError, logrus } from '../../lib/cri/index.ts';
import type { ContainerConfig, PodSandboxConfig } from '../../lib/cri/index.ts';
import { dirs, newId } from './common.ts';
import { findImage } from './images.ts';
import { stateOf } from './records.ts';
import type { ContainerRecord, SandboxRecord } from './records.ts';
import { askShim } from './shims.ts';
import { argvOf, envOf, gidOf, mountsOf, startFailure, uidOf } from './start.ts';
import { container, dropContainer, findContainer, putContainer, sandbox } from './store.ts';

const sandboxDir = (id: string): string => `/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${id}`;
const nameOf = (config: ContainerConfig, { config: { metadata: m } }: SandboxRecord): string => `${config.metadata.name}_${m.name}_${m.namespace}_${m.uid}_${config.metadata.attempt}`;

function* reserve(config: ContainerConfig, owner: SandboxRecord): Coroutine<void> {
  const name = nameOf(config, owner);
  for (const other of (yield* view<ContainerRecord>('containers')).values()) {
    const of = yield* get<SandboxRecord>('sandboxes', other.sandboxId);
    if (of !== undefined && nameOf(other.config, of) === name) throw new CriError('Unknown', `failed to reserve container name "${name}": name "${name}" is reserved for "${other.id}"`);
  }
}

export function* createContainer(sandboxId: string, config: ContainerConfig, sandboxConfig: PodSandboxConfig): Coroutine<string> {
  const owner = yield* sandbox(sandboxId);
  const meta = `&ContainerMetadata{Name:${config.metadata.name},Attempt:${config.metadata.attempt},}`;
  yield* logrus('info', `CreateContainer within sandbox "${owner.id}" for container ${meta}`);
  if (!owner.ready) throw new CriError('Unknown', `sandbox container "${owner.id}" is not running`);
  yield* reserve(config, owner);
  const image = yield* findImage(config.image);
  if (image === undefined) throw new CriError('NotFound', `failed to resolve image "${config.image}": not found`);
  const id = yield* newId('container');
  if (argvOf(config, image).length === 0) throw new CriError('Unknown', `failed to generate container "${id}" spec: failed to generate spec: no command specified`);
  // What containerd does for a source that is not there: a directory, even where a file was meant.
  for (const { hostPath } of config.mounts) if ('errno' in (yield* attempt(stat(hostPath), 'ENOENT'))) yield* dirs(hostPath, 0o755);
  yield* sleep(6_000);
  const rootfs = yield* newFs(`image/${image.id}`);
  const createdAt = yield* now();
  yield* putContainer({ id, sandboxId: owner.id, config, image, rootfs, logPath: config.logPath === '' ? '' : `${sandboxConfig.logDirectory}/${config.logPath}`, createdAt,
    startedAt: 0, finishedAt: 0, pid: 0, exitCode: 0, reason: '', message: '', unknown: false });
  yield* logrus('info', `CreateContainer within sandbox "${owner.id}" for ${meta} returns container id "${id}"`);
  return id;
}

/** Asks the shim to start it; the reply names a pid, or the errno of the exec. */
function* launch(record: ContainerRecord, owner: SandboxRecord): Coroutine<{ readonly pid: number } | { readonly errno: string; readonly program: string }> {
  const argv = argvOf(record.config, record.image);
  const dir = sandboxDir(owner.id);
  const mounts = mountsOf(record, dir, yield* access(`${dir}/resolv.conf`, 'f'));
  const hostname = owner.config.hostname || (yield* self()).hostname;
  const uid = uidOf(record.config, record.image) ?? 0;
  const reply = yield* askShim(owner.id, { op: 'start', spec: {
    id: record.id, argv, env: { ...(record.config.tty ? { TERM: 'xterm' } : {}), ...envOf(record.config, record.image, hostname) }, cwd: record.config.workingDir || record.image.workingDir || '/', uid, gid: gidOf(record.config, record.image),
    cgroup: `${owner.config.cgroupParent}/cri-containerd-${record.id}.scope`, logPath: record.logPath === '' ? null : record.logPath, stdin: record.config.stdin, stdinOnce: record.config.stdinOnce === true, tty: record.config.tty,
    container: { rootfs: record.rootfs, mounts, netns: owner.netns, hostname, newPids: true, readOnlyRoot: record.config.readOnlyRootfs } } });
  return 'pid' in reply ? reply : { errno: 'errno' in reply ? reply.errno : 'EIO', program: argv[0]! };
}

export function* startContainer(prefix: string): Coroutine<null> {
  const record = yield* container(prefix);
  yield* logrus('info', `StartContainer for "${record.id}"`);
  if (stateOf(record) !== 'CONTAINER_CREATED') throw new CriError('Unknown', `container "${record.id}" is in ${stateOf(record)} state`);
  const owner = yield* sandbox(record.sandboxId);
  if (record.logPath !== '') {
    yield* dirs(record.logPath.slice(0, record.logPath.lastIndexOf('/')), 0o755);
    if (!(yield* access(record.logPath, 'f'))) yield* writeFile(record.logPath, '', 0o640);
  }
  const [jitter = 0] = yield* random('containerd/start');
  yield* sleep(55_000 + (jitter % 50_000));
  const started = yield* launch(record, owner);
  const at = yield* now();
  if ('errno' in started) {
    const message = startFailure(started.errno, started.program);
    yield* putContainer({ ...record, finishedAt: at, exitCode: 128, reason: 'StartError', message });
    yield* logrus('error', `StartContainer for "${record.id}" failed`, { error: message });
    throw new CriError('Unknown', message);
  }
  // It may have ended already: then its exit was written down before this.
  const latest = yield* container(record.id);
  yield* putContainer({ ...latest, startedAt: at, pid: latest.finishedAt > 0 ? 0 : started.pid });
  yield* logrus('info', `StartContainer for "${record.id}" returns successfully`);
  return null;
}

/** Waits for the end of a container, at most until `deadline` (null: as long as it takes). */
function* waitExit(id: string, deadline: number | null): Coroutine<boolean> {
  for (;;) {
    const { version } = yield* view('exits');
    const record = yield* findContainer(id);
    if (record === undefined || record.finishedAt > 0) return true;
    const at = yield* now();
    if (deadline !== null && at >= deadline) return false;
    yield* poll({ tables: [{ table: 'exits', since: version }], ...(deadline === null ? {} : { timeout: deadline - at }) });
  }
}

function* signal(record: ContainerRecord, name: Signal): Coroutine<void> {
  yield* askShim(record.sandboxId, { op: 'kill', id: record.id, signal: name });
}

export function* stopContainer(prefix: string, timeoutSeconds: number): Coroutine<null> {
  const record = yield* findContainer(prefix);
  if (record === undefined) return null;
  if (stateOf(record) !== 'CONTAINER_RUNNING') return null;
  yield* logrus('info', `StopContainer for "${record.id}" with timeout ${timeoutSeconds} (s)`);
  if (timeoutSeconds > 0) {
    yield* logrus('info', `Stop container "${record.id}" with signal terminated`);
    yield* signal(record, 'TERM');
    const until = (yield* now()) + timeoutSeconds * 1_000_000;
    if (yield* waitExit(record.id, until)) return yield* stopped(record);
  }
  yield* logrus('info', `Kill container "${record.id}"`);
  yield* stopNow(record);
  return yield* stopped(record);
}

function* stopped({ id }: ContainerRecord): Coroutine<null> {
  yield* logrus('info', `StopContainer for "${id}" returns successfully`);
  return null;
}

/** SIGKILL, and waits. */
export function* stopNow(record: ContainerRecord): Coroutine<void> {
  const latest = yield* findContainer(record.id);
  if (latest === undefined || stateOf(latest) !== 'CONTAINER_RUNNING') return;
  yield* signal(latest, 'KILL');
  yield* waitExit(latest.id, (yield* now()) + 10_000_000);
}

export function* removeRecord(record: ContainerRecord): Coroutine<void> {
  yield* stopNow(record);
  yield* askShim(record.sandboxId, { op: 'forget', id: record.id });
  yield* dropFs(record.rootfs);
  yield* del('exits', record.id);
  yield* dropContainer(record.id);
}

export function* removeContainer(prefix: string): Coroutine<null> {
  const record = yield* findContainer(prefix);
  if (record === undefined) return null;
  yield* logrus('info', `RemoveContainer for "${record.id}"`);
  yield* removeRecord(record);
  yield* logrus('info', `RemoveContainer for "${record.id}" returns successfully`);
  return null;
}
