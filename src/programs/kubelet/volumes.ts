/**
 * A pod's volumes: set up before its containers start, with growing pauses after failures; taken down after its end.
 * Models pkg/kubelet/volumemanager and the atomic writer of pkg/volume/util. Not modelled: attachable volumes, quotas.
 */
import { attempt, chmod, del, get, mkdir, now, poll, put, random, readDir, readFile, readLink, rename, rmdir, symlink, unlink, view, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { formatDuration } from '../../base/duration.ts';
import { civil } from '../../base/time.ts';
import { goTimeNano, nanosOf } from '../../lib/cri/index.ts';
import type { Volume } from '../../api/types.ts';
import { klogErrorf, klogInfo, klogInfof } from '../../lib/klog/index.ts';
import { podEvent, settings } from './bus.ts';
import { checkHostPath, makeDirs } from './hostpath.ts';
import { payloadOf, VolumeError } from './payload.ts';
import type { Payload } from './payload.ts';
import { fullName } from './types.ts';
import type { Pod } from './types.ts';

const FIRST_RETRY = 500_000;
const LAST_RETRY = 122_000_000;
const PATIENCE = 123_000_000;
const SETTLE = 100_000;

export const podDir = (uid: string): string => `/var/lib/kubelet/pods/${uid}`;
const PLUGINS: Readonly<Partial<Record<keyof Volume, string>>> = { hostPath: 'host-path', emptyDir: 'empty-dir', configMap: 'configmap', secret: 'secret', projected: 'projected', downwardAPI: 'downward-api', persistentVolumeClaim: 'persistentVolumeClaim' };
const pluginOf = (volume: Volume): string => (Object.entries(PLUGINS).find(([key]) => volume[key as keyof Volume] !== undefined)?.[1] ?? 'empty-dir');

/** Where a volume's contents are on the host. */
export const volumePath = (uid: string, volume: Volume): string => (volume.hostPath !== undefined ? volume.hostPath.path : `${podDir(uid)}/volumes/kubernetes.io~${pluginOf(volume)}/${volume.name}`);
const uniqueName = (uid: string, volume: Volume): string => `kubernetes.io/${pluginOf(volume)}/${uid}-${volume.name}`;

interface Mounted { readonly mounted: boolean; readonly delay: number; readonly retryAt: number }

function* removeTree(path: string): Coroutine<void> {
  const entries = yield* attempt(readDir(path), 'ENOENT', 'ENOTDIR');
  if ('errno' in entries) return;
  for (const { name, type } of entries) {
    if (type === 'dir') yield* removeTree(`${path}/${name}`);
    else yield* attempt(unlink(`${path}/${name}`), 'ENOENT');
  }
  yield* attempt(rmdir(path), 'ENOENT', 'ENOTEMPTY', 'EBUSY');
}
export { removeTree };

function* sameFiles(dir: string, payload: Payload): Coroutine<boolean> {
  for (const [path, { data }] of Object.entries(payload)) if ((yield* attempt(readFile(`${dir}/..data/${path}`), 'ENOENT', 'ENOTDIR')) !== data) return false;
  const entries = yield* attempt(readDir(dir), 'ENOENT');
  return !('errno' in entries) && entries.filter(({ name }) => !name.startsWith('..')).every(({ name }) => Object.keys(payload).some((path) => path.split('/')[0] === name));
}

/** Writes a payload behind `..data`, so that readers see the old files or the new ones, never a mixture. */
function* atomicWrite(dir: string, payload: Payload): Coroutine<void> {
  yield* makeDirs(dir);
  if (yield* sameFiles(dir, payload)) return;
  const at = yield* now();
  const c = civil(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const stamp = `..${c.year}_${two(c.month)}_${two(c.day)}_${two(c.hour)}_${two(c.minute)}_${two(c.second)}.${String(c.micros * 1000 + nanosOf(at)).padStart(9, '0')}`;
  const old = yield* attempt(readLink(`${dir}/..data`), 'ENOENT');
  yield* mkdir(`${dir}/${stamp}`, 0o755);
  for (const [path, { data, mode }] of Object.entries(payload)) {
    if (path.includes('/')) yield* makeDirs(`${dir}/${stamp}/${path.slice(0, path.lastIndexOf('/'))}`);
    yield* writeFile(`${dir}/${stamp}/${path}`, data, mode);
    yield* chmod(`${dir}/${stamp}/${path}`, mode);
  }
  yield* symlink(stamp, `${dir}/..data_tmp`);
  yield* rename(`${dir}/..data_tmp`, `${dir}/..data`);
  for (const path of Object.keys(payload)) yield* attempt(symlink(`..data/${path.split('/')[0]}`, `${dir}/${path.split('/')[0]}`), 'EEXIST');
  if (typeof old === 'string') yield* removeTree(`${dir}/${old}`);
}

function* setUp(pod: Pod, volume: Volume): Coroutine<void> {
  if (volume.hostPath !== undefined) return yield* checkHostPath(volume.hostPath.path, volume.hostPath.type ?? '');
  if (volume.persistentVolumeClaim !== undefined) throw new VolumeError(`persistentvolumeclaim "${volume.persistentVolumeClaim.claimName}" not found`);
  const dir = volumePath(pod.metadata.uid, volume);
  const payload = yield* payloadOf(pod, volume);
  if (payload !== null) return yield* atomicWrite(dir, payload);
  yield* makeDirs(dir.slice(0, dir.lastIndexOf('/')));
  yield* attempt(mkdir(dir, 0o777), 'EEXIST');
  yield* chmod(dir, 0o777);
}

/** One try. → whether it is set up now. */
function* tryVolume(pod: Pod, volume: Volume, before: Mounted | undefined): Coroutine<boolean> {
  const { uid } = pod.metadata;
  const key = `${uid}/${volume.name}`;
  try {
    yield* setUp(pod, volume);
    if (before?.mounted !== true) yield* put('volumes', key, { mounted: true, delay: 0, retryAt: 0 } satisfies Mounted);
    return true;
  } catch (caught) {
    if (!(caught instanceof VolumeError)) throw caught;
    const at = yield* now();
    const delay = before === undefined || before.delay === 0 ? FIRST_RETRY : Math.min(before.delay * 2, LAST_RETRY);
    yield* put('volumes', key, { mounted: false, delay, retryAt: at + delay } satisfies Mounted);
    const { startedAt } = yield* settings();
    const until = at + delay;
    yield* klogErrorf('nestedpendingoperations.go:348', `Operation for "{volumeName:${uniqueName(uid, volume)} podName:${uid} nodeName:}" failed. No retries permitted until ${goTimeNano(until)} m=+${((until - startedAt) / 1e6).toFixed(6)}${String(nanosOf(until)).padStart(3, '0')} (durationBeforeRetry ${formatDuration(delay)}). Error: MountVolume.SetUp failed for volume "${volume.name}" (UniqueName: "${uniqueName(uid, volume)}") pod "${pod.metadata.name}" (UID: "${uid}") : ${caught.message}`);
    yield* podEvent(pod, 'Warning', 'FailedMount', `MountVolume.SetUp failed for volume "${volume.name}" : ${caught.message}`);
    return false;
  }
}

function* announce(pod: Pod, volumes: readonly Volume[]): Coroutine<void> {
  const { uid, name } = pod.metadata;
  for (const volume of volumes) {
    yield* klogInfo('reconciler_common.go:251', `operationExecutor.VerifyControllerAttachedVolume started for volume "${volume.name}" (UniqueName: "${uniqueName(uid, volume)}") pod "${name}" (UID: "${uid}") `, 'pod', fullName(pod));
  }
}

/** Has the reconciler look at a pod's volumes, once: as soon as the pod is wanted, even while a static pod waits for its turn. */
export function* attachVolumes(pod: Pod): Coroutine<void> {
  const { uid } = pod.metadata;
  if ((yield* get('attached', uid)) !== undefined) return;
  yield* put('attached', uid, true);
  yield* poll({ timeout: SETTLE });
  yield* announce(pod, usedVolumes(pod));
  yield* poll({ timeout: SETTLE });
}

/** The volumes that the pod's containers mount, in the order of the spec. */
export function usedVolumes(pod: Pod): readonly Volume[] {
  const named = new Set([...pod.spec.containers, ...(pod.spec.initContainers ?? [])].flatMap((it) => (it.volumeMounts ?? []).map((mount) => mount.name)));
  return (pod.spec.volumes ?? []).filter((it) => named.has(it.name));
}

/** Waits until all volumes are set up. → null, or why not (`context deadline exceeded` after 2m3s); `canceled` when the pod is to end. */
export function* mountVolumes(pod: Pod): Coroutine<string | null> {
  const volumes = usedVolumes(pod);
  const { uid } = pod.metadata;
  if (volumes.length > 0) yield* attachVolumes(pod);
  const deadline = (yield* now()) + PATIENCE;
  for (;;) {
    const missing: Volume[] = [];
    let wake = deadline;
    for (const volume of volumes) {
      const before = yield* get<Mounted>('volumes', `${uid}/${volume.name}`);
      const due = before === undefined || before.mounted || (yield* now()) >= before.retryAt;
      if (due && (yield* tryVolume(pod, volume, before))) continue;
      missing.push(volume);
      wake = Math.min(wake, (yield* get<Mounted>('volumes', `${uid}/${volume.name}`))?.retryAt ?? wake);
    }
    if (missing.length === 0) return null;
    const at = yield* now();
    if (at >= deadline) return `unmounted volumes=[${missing.map((it) => it.name).sort().join(' ')}], unattached volumes=[], failed to process volumes=[]: context deadline exceeded`;
    const canceled = yield* view('cancel');
    if (canceled.has(uid)) return 'context canceled';
    yield* poll({ tables: [{ table: 'cancel', since: canceled.version }], timeout: Math.max(0, wake - at) });
  }
}

/** The reconciler and the populator look each 100 ms, of their own: an ended pod's volumes go within two beats. */
function* nextBeat(): Coroutine<void> {
  const [draw = 0] = yield* random('kubelet/volumes');
  yield* poll({ timeout: 20_000 + (draw % 100_000) });
}

/** Thread `unmounter`: takes the volumes of an ended pod down, with the reconciler's lines. */
export function* unmounter(arg: Json): Coroutine<void> {
  const pod = arg as unknown as Pod;
  const { uid } = pod.metadata;
  const volumes = usedVolumes(pod);
  const known = yield* view<Mounted>('volumes');
  const mounted = volumes.filter((it) => known.get(`${uid}/${it.name}`)?.mounted === true);
  if (mounted.length > 0) yield* nextBeat();
  for (const volume of mounted) yield* klogInfo('reconciler_common.go:162', `operationExecutor.UnmountVolume started for volume "${volume.name}" (UniqueName: "${uniqueName(uid, volume)}") pod "${uid}" (UID: "${uid}") `);
  for (const volume of mounted) {
    if (volume.hostPath === undefined) yield* removeTree(volumePath(uid, volume));
    yield* klogInfof('operation_generator.go:781', `UnmountVolume.TearDown succeeded for volume "${uniqueName(uid, volume)}" (OuterVolumeSpecName: "${volume.name}") pod "${uid}" (UID: "${uid}"). InnerVolumeSpecName "${volume.name}". PluginName "kubernetes.io/${pluginOf(volume)}", VolumeGIDValue ""`);
  }
  for (const volume of volumes) yield* del('volumes', `${uid}/${volume.name}`);
  yield* del('attached', uid);
  const { nodeName } = yield* settings();
  if (mounted.length > 0) yield* poll({ timeout: SETTLE });
  for (const volume of mounted) yield* klogInfo('reconciler_common.go:299', `Volume detached for volume "${volume.name}" (UniqueName: "${uniqueName(uid, volume)}") on node "${nodeName}" DevicePath ""`);
}

/** Waits until the volumes of an ended pod are down. */
export function* waitForUnmount(pod: Pod): Coroutine<void> {
  for (;;) {
    const attached = yield* view('attached');
    if (!attached.has(pod.metadata.uid)) return;
    yield* poll({ tables: [{ table: 'attached', since: attached.version }] });
  }
}
