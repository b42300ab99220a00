/** Getting a container's image: pull policy, back-off, events. Models pkg/kubelet/images/image_manager.go. */
import { del, get, now, put } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { formatDuration } from '../../base/duration.ts';
import { CriError, parseReference } from '../../lib/cri/index.ts';
import type { Image } from '../../lib/cri/index.ts';
import { klogError } from '../../lib/klog/index.ts';
import { inBackoffSinceUpdate, nextBackoff, RESTART_LIMITS } from './backoff.ts';
import type { BackoffEntry } from './backoff.ts';
import { containerEvent, runtimeCall } from './bus.ts';
import { pulled, pulling } from './startup.ts';
import type { Container, Pod, Reason } from './types.ts';

export type ImageOutcome = { readonly image: Image } | Reason;

interface PullFailure extends BackoffEntry { readonly last: string }

/** `1.234s` with Go's rounding to ms. */
const took = (us: number): string => formatDuration(Math.round(us / 1000) * 1000);

function* pull(pod: Pod, container: Container, name: string, full: string): Coroutine<ImageOutcome> {
  const key = `${pod.metadata.uid}_${full}`;
  const failure = yield* get<PullFailure>('pullbackoff', key);
  if (inBackoffSinceUpdate(failure, yield* now(), RESTART_LIMITS)) {
    yield* containerEvent(pod, container, 'Normal', 'BackOff', `Back-off pulling image "${name}"`);
    return { reason: 'ImagePullBackOff', message: `Back-off pulling image "${name}": ErrImagePull: ${failure!.last}` };
  }
  const from = yield* now();
  yield* pulling(pod.metadata.uid);
  yield* containerEvent(pod, container, 'Normal', 'Pulling', `Pulling image "${name}"`);
  try {
    const id = yield* runtimeCall('PullImage', full, 'PullImage', 'image', name);
    const image = yield* runtimeCall('ImageStatus', id, 'ImageStatus', 'image', id);
    yield* pulled(pod.metadata.uid);
    const spent = took((yield* now()) - from);
    yield* containerEvent(pod, container, 'Normal', 'Pulled', `Successfully pulled image "${name}" in ${spent} (${spent} including waiting). Image size: ${image?.size ?? 0} bytes.`);
    yield* del('pullbackoff', key);
    return { image: image! };
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    // A code that says nothing is dropped, as remote_image.go has it.
    const message = caught.code === 'Unknown' ? caught.desc : caught.message;
    yield* klogError('kuberuntime_image.go:42', message, 'Failed to pull image', 'image', name);
    yield* containerEvent(pod, container, 'Warning', 'Failed', `Failed to pull image "${name}": ${message}`);
    const at = yield* now();
    yield* put('pullbackoff', key, { ...nextBackoff(failure, at, at, RESTART_LIMITS), last: message } satisfies PullFailure);
    return { reason: 'ErrImagePull', message };
  }
}

/** → the image, or why the container waits. */
export function* ensureImage(pod: Pod, container: Container): Coroutine<ImageOutcome> {
  const name = container.image ?? '';
  const reference = parseReference(name);
  if (reference === null) {
    const message = `Failed to apply default image tag "${name}": couldn't parse image name "${name}": invalid reference format`;
    yield* containerEvent(pod, container, 'Warning', 'InspectFailed', message);
    return { reason: 'InvalidImageName', message };
  }
  // Only the tag is defaulted here; the registry is the runtime's affair.
  const full = reference.digest !== '' || /:[^/]*$/.test(name) ? name : `${name}:latest`;
  let present: Image | null;
  try {
    present = yield* runtimeCall('ImageStatus', full, 'ImageStatus', 'image', full);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    const message = `Failed to inspect image "${full}": ${caught.message}`;
    yield* containerEvent(pod, container, 'Warning', 'InspectFailed', message);
    return { reason: 'ImageInspectError', message };
  }
  const policy = container.imagePullPolicy ?? 'IfNotPresent';
  if (policy !== 'Always' && present !== null) {
    yield* containerEvent(pod, container, 'Normal', 'Pulled', `Container image "${name}" already present on machine`);
    return { image: present };
  }
  if (policy === 'Never') {
    const message = `Container image "${name}" is not present with pull policy of Never`;
    yield* containerEvent(pod, container, 'Warning', 'ErrImageNeverPull', message);
    return { reason: 'ErrImageNeverPull', message };
  }
  return yield* pull(pod, container, name, full);
}
