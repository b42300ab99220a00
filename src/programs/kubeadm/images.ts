/** `kubeadm config images list|pull`: what a control plane of a version consists of. Models cmd/kubeadm/app/images. */
import { write, type Coroutine } from '../../kernel/sys.ts';
import { criCall, CriError } from '../../lib/cri/index.ts';
import type { ParsedFlags } from '../../lib/flags/index.ts';
import { fetchVersion, VERSION } from './upgrade.ts';

const IMAGES = [`kube-apiserver:${VERSION}`, `kube-controller-manager:${VERSION}`, `kube-scheduler:${VERSION}`, `kube-proxy:${VERSION}`, 'coredns/coredns:v1.12.0', 'pause:3.10', 'etcd:3.5.24-0'];

/** The images of a version. The newest is asked of the internet first, which fails here as it does behind any firewall. */
export function* images(flags: ParsedFlags): Coroutine<readonly string[]> {
  const version = flags.string('kubernetes-version') || (yield* fetchVersion('stable-1'));
  return IMAGES.map((image) => `${flags.string('image-repository')}/${image.replace(VERSION, version)}`);
}

/** Fetches them; → what went wrong, or null. */
export function* pullImages(flags: ParsedFlags): Coroutine<string | null> {
  for (const image of yield* images(flags)) {
    try {
      yield* criCall(flags.string('cri-socket') || 'unix:///run/containerd/containerd.sock', 'PullImage', image);
    } catch (caught) {
      if (!(caught instanceof CriError)) throw caught;
      return `failed to pull image ${JSON.stringify(image)}: ${caught.message}`;
    }
    yield* write(1, `[config/images] Pulled ${image}\n`);
  }
  return null;
}
