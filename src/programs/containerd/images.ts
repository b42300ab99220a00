/** Image service: what is on the node, and pulling from the simulated registries of the rom. */
import { now, random, rom, sleep, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { completeReference, CriError, logrus, parseReference, registryOf } from '../../lib/cri/index.ts';
import type { Image, Reference } from '../../lib/cri/index.ts';
import { imageOf } from './records.ts';
import type { ImageRecord } from './records.ts';
import { dropImage, putImage } from './store.ts';

const BYTES_PER_SECOND = 30_000_000;
/** Registries that exist outside; any other host name does not resolve. */
const REGISTRIES = ['docker.io', 'registry.k8s.io', 'k8s.gcr.io', 'ghcr.io', 'quay.io', 'gcr.io', 'mcr.microsoft.com', 'public.ecr.aws'];
/** Where a registry's images are held: the old address of Kubernetes' registry leads to the new one. */
const heldAt = (reference: string): string => reference.replace(/^k8s\.gcr\.io\//, 'registry.k8s.io/');

/** Finds by id, id prefix, tag or digest. */
export function* findImage(name: string): Coroutine<ImageRecord | undefined> {
  const images = yield* view<ImageRecord>('images');
  const exact = images.get(name) ?? images.get(`sha256:${name}`);
  if (exact !== undefined) return exact;
  const bare = name.replace(/^sha256:/, '');
  if (/^[0-9a-f]{5,64}$/.test(bare)) for (const it of images.values()) if (it.id.startsWith(`sha256:${bare}`)) return it;
  const ref = parseReference(name);
  if (ref === null) return undefined;
  const full = completeReference(ref);
  for (const it of images.values()) if (it.repoTags.includes(full) || it.repoDigests.includes(full)) return it;
  return undefined;
}

export function* listImages(): Coroutine<readonly Image[]> {
  return [...(yield* view<ImageRecord>('images')).values()].map(imageOf);
}

/** Why a registry does not give this reference. */
function refusal(ref: Reference, name: string, repoKnown: boolean): CriError {
  const head = `failed to pull and unpack image "${name}": failed to resolve reference "${name}": `;
  if (!REGISTRIES.includes(ref.domain)) return new CriError('Unknown', `${head}failed to do request: Head "https://${ref.domain}/v2/${ref.path}/manifests/${ref.tag}": dial tcp: lookup ${ref.domain}: no such host`);
  const at = `https://${ref.domain}/v2/${ref.path}/manifests/${ref.tag || ref.digest}`;
  if (ref.domain === 'quay.io' && !repoKnown) return new CriError('Unknown', `${head}unexpected status from HEAD request to ${at}: 401 UNAUTHORIZED`);
  if (ref.domain === 'ghcr.io' && !repoKnown) return new CriError('Unknown', `${head}failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3A${ref.path.replaceAll('/', '%2F')}%3Apull&service=ghcr.io: 403 Forbidden`);
  if (ref.domain !== 'docker.io' || repoKnown) return new CriError('NotFound', `${head}${name}: not found`);
  return new CriError('Unknown', `${head}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`);
}

/** Pulls; takes virtual time by size. Returns the image's id. */
export function* pullImage(name: string): Coroutine<string> {
  yield* logrus('info', `PullImage "${name}"`);
  const ref = parseReference(name);
  if (ref === null) throw new CriError('Unknown', `failed to parse image reference "${name}": invalid reference format`);
  const full = completeReference(ref);
  const from = yield* now();
  const registry = registryOf(yield* rom('images'));
  const [jitter = 0] = yield* random('containerd/pull');
  // A name that does not resolve is known at once; a registry takes its time.
  yield* sleep(REGISTRIES.includes(ref.domain) ? 350_000 + (jitter % 400_000) : 20_000 + (jitter % 20_000));
  const spec = registry[heldAt(full)];
  if (spec === undefined) {
    const error = refusal(ref, full, Object.keys(registry).some((key) => key.startsWith(heldAt(`${ref.domain}/${ref.path}:`))));
    yield* logrus('error', `PullImage "${name}" failed`, { error: error.message });
    throw error;
  }
  const known = (yield* view<ImageRecord>('images')).get(spec.id);
  if (known === undefined) yield* sleep(Math.round((spec.size / BYTES_PER_SECOND) * 1_000_000));
  const digest = `${ref.domain}/${ref.path}@${spec.digest}`;
  const tags = ref.tag === '' ? [] : [full];
  yield* putImage({
    id: spec.id, size: spec.size, user: spec.config.user, entrypoint: spec.config.entrypoint, cmd: spec.config.cmd, env: spec.config.env, workingDir: spec.config.workingDir,
    repoTags: [...new Set([...(known?.repoTags ?? []), ...tags])].sort(), repoDigests: [...new Set([...(known?.repoDigests ?? []), digest])],
  });
  const took = ((yield* now()) - from) / 1_000_000;
  yield* logrus('info', `Pulled image "${name}" with image id "${spec.id}", repo tag "${full}", repo digest "${digest}", size "${spec.size}" in ${took.toFixed(9).replace(/0+$/, '')}s`);
  yield* logrus('info', `PullImage "${name}" returns image reference "${spec.id}"`);
  return spec.id;
}

export function* removeImage(name: string): Coroutine<null> {
  const found = yield* findImage(name);
  yield* logrus('info', `RemoveImage "${name}"`);
  if (found !== undefined) yield* dropImage(found.id);
  return null;
}
