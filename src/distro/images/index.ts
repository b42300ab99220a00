/**
 * The images of the simulated registries: what can be pulled, what the node has pulled already, and the rom
 * entries that carry them. Ids and sizes of the control plane are the recorded cluster's.
 */
import { hex, sha256 } from '../../lib/x509/index.ts';
import type { ImageSpec } from '../../lib/cri/index.ts';
import type { Document } from '../../kernel/sys.ts';
import { nginxFiles } from './nginx.ts';
import { alpine, binary, busybox, debian, distroless, file } from './trees.ts';
import type { Dir } from './trees.ts';

interface Entry {
  readonly refs: readonly string[]; /** When known; else from the name. */ readonly id?: string; readonly size: number; readonly files: () => Dir;
  readonly entrypoint?: readonly string[]; readonly cmd?: readonly string[]; readonly env?: readonly string[]; readonly user?: string; readonly workingDir?: string;
}

const control = (name: string, id: string, size: number): Entry => ({
  refs: [`registry.k8s.io/${name}:v1.33.0`], id, size, files: () => distroless({ [`/usr/local/bin/${name}`]: binary(name, Math.round(size * 0.72)), '/go-runner': binary('go-runner', 1_500_000) }),
  entrypoint: [`/usr/local/bin/${name}`], workingDir: '/', env: ['SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'],
});
const nginx = (version: string, flavour: 'alpine' | 'debian', refs: readonly string[], size: number): Entry => ({
  refs: refs.map((tag) => `docker.io/library/nginx:${tag}`), size, files: () => (flavour === 'alpine' ? alpine('3.22.1', nginxFiles()) : debian(nginxFiles())),
  entrypoint: ['/docker-entrypoint.sh'], cmd: ['nginx', '-g', 'daemon off;'], env: [`NGINX_VERSION=${version}`, 'PKG_RELEASE=1', 'DYNPKG_RELEASE=1'],
});
const etcd = (tag: string, id: string | undefined, size: number): Entry => ({
  refs: [`registry.k8s.io/etcd:${tag}`], ...(id === undefined ? {} : { id }), size, entrypoint: [],
  cmd: ['/usr/local/bin/etcd'], files: () => distroless({ '/usr/local/bin/etcd': binary('etcd', 24_000_000), '/usr/local/bin/etcdctl': binary('etcdctl', 18_000_000), '/usr/local/bin/etcdutl': binary('etcdutl', 15_000_000) }),
});
const pause = (tag: string, size: number): Entry => ({ refs: [`registry.k8s.io/pause:${tag}`], size, user: '65535:65535', entrypoint: ['/pause'], files: () => distroless({ '/pause': binary('pause', 532_000) }) });
const coredns = (tag: string, size: number): Entry => ({ refs: [`registry.k8s.io/coredns/coredns:${tag}`], size, entrypoint: ['/coredns'], user: 'nonroot:nonroot', workingDir: '/', files: () => distroless({ '/coredns': binary('coredns', 58_000_000) }) });

const ENTRIES: readonly Entry[] = [
  control('kube-apiserver', '00a1a6b081e239b3f2e4ae5b53b1d7e57874ea84fdca54fb99340e21c67c0f0e', 113_582_840),
  control('kube-controller-manager', '509321ddb2f7f752f78570f690e45f8d351241376742f916f77c35f94a492af8', 101_960_440),
  control('kube-scheduler', 'a20a70f5eae24b344c9ac5004340339d5af5547b4104bd3955b9ce7e8ae9f2e7', 71_066_339),
  control('kube-proxy', '30bb895af36cfacafdd2cd4a8ff290e6aabadf26179367d36011d3d24a1a0d04', 76_780_279),
  etcd('3.5.21-0', '031e7a4087d1d8ca6a78c65fbf969e30f096c71a22917135eda16c87727efb41', 65_239_779),
  etcd('3.5.24-0', undefined, 65_311_204),
  pause('3.10', 320_368), pause('3.9', 321_520), pause('3.8', 311_286),
  coredns('v1.10.1', 16_190_758), coredns('v1.12.0', 20_939_036),
  { refs: ['ghcr.io/flannel-io/flannel:v0.26.7'], size: 32_389_164, entrypoint: ['/opt/bin/flanneld'], files: () => alpine('3.21.3', { '/opt/bin/flanneld': binary('flanneld', 41_000_000) }) },
  { refs: ['ghcr.io/flannel-io/flannel-cni-plugin:v1.6.2-flannel1'], size: 4_900_233, files: () => alpine('3.21.3', { '/flannel': binary('flannel', 2_900_000) }) },
  nginx('1.29.1', 'alpine', ['alpine', '1.29-alpine', '1.29.1-alpine', 'mainline-alpine'], 22_477_192),
  nginx('1.27.5', 'alpine', ['1.27-alpine', '1.27.5-alpine'], 20_982_144),
  nginx('1.29.1', 'debian', ['latest', '1.29', '1.29.1', 'mainline'], 72_319_182),
  nginx('1.28.0', 'debian', ['1.28', '1.28.0', 'stable'], 72_404_038),
  nginx('1.27.5', 'debian', ['1.27', '1.27.5'], 72_404_038),
  nginx('1.26.3', 'debian', ['1.26', '1.26.3'], 72_098_571),
  nginx('1.25.5', 'debian', ['1.25', '1.25.5'], 71_005_258),
  nginx('1.24.0', 'debian', ['1.24', '1.24.0'], 56_730_452),
  { refs: ['docker.io/library/busybox:latest', 'docker.io/library/busybox:1.37', 'docker.io/library/busybox:1.37.0', 'docker.io/library/busybox:stable'], size: 2_223_685, cmd: ['sh'], files: () => busybox('NAME="BusyBox"\nVERSION_ID="1.37.0"\n') },
  { refs: ['docker.io/library/busybox:1.36', 'docker.io/library/busybox:1.36.1', 'docker.io/library/busybox:1.28'], size: 2_160_406, cmd: ['sh'], files: () => busybox('NAME="BusyBox"\nVERSION_ID="1.36.1"\n') },
  { refs: ['docker.io/library/alpine:latest', 'docker.io/library/alpine:3.22', 'docker.io/library/alpine:3'], size: 3_802_452, cmd: ['/bin/sh'], files: () => alpine('3.22.1') },
  { refs: ['docker.io/library/httpd:latest', 'docker.io/library/httpd:2.4', 'docker.io/library/httpd:alpine', 'docker.io/library/httpd:2.4-alpine'], size: 45_194_880, cmd: ['httpd-foreground'], workingDir: '/usr/local/apache2', env: ['HTTPD_PREFIX=/usr/local/apache2', 'HTTPD_VERSION=2.4.65'],
    files: () => alpine('3.22.1', { '/usr/local/bin/httpd-foreground': binary('httpd', 138), '/usr/local/apache2/htdocs/index.html': file('<html><body><h1>It works!</h1></body></html>\n') }) },
  { refs: ['docker.io/library/redis:latest', 'docker.io/library/redis:alpine', 'docker.io/library/redis:7', 'docker.io/library/redis:8', 'docker.io/library/redis:7-alpine'], size: 30_122_496, entrypoint: ['docker-entrypoint.sh'], cmd: ['redis-server'], workingDir: '/data', env: ['REDIS_VERSION=8.2.1'],
    files: () => alpine('3.22.1', { '/usr/local/bin/docker-entrypoint.sh': binary('redis-server', 730), '/usr/local/bin/redis-server': binary('redis-server', 4_100_000) }) },
];

const digestOf = (text: string): string => `sha256:${hex(sha256(text))}`;

function specOf(entry: Entry): ImageSpec {
  const name = entry.refs[0]!;
  return { id: entry.id === undefined ? digestOf(`config ${name}`) : `sha256:${entry.id}`, digest: digestOf(`manifest ${name}`), size: entry.size,
    config: { entrypoint: entry.entrypoint ?? [], cmd: entry.cmd ?? [], env: entry.env ?? [], user: entry.user ?? '', workingDir: entry.workingDir ?? '' } };
}

/** The rom entries: `images` (reference → ImageSpec) and `image/<id>` (file tree). */
export function imageRom(): ReadonlyMap<string, unknown> {
  const rom = new Map<string, unknown>();
  const registry: Record<string, ImageSpec> = {};
  for (const entry of ENTRIES) {
    const spec = specOf(entry);
    for (const ref of entry.refs) registry[ref] = spec;
    rom.set(`image/${spec.id}`, { files: entry.files() });
  }
  rom.set('images', registry);
  return rom;
}

/** What a node has after kubeadm init, flannel, and a first deployment; busybox for looking around. */
export const PULLED = ['registry.k8s.io/kube-apiserver:v1.33.0', 'registry.k8s.io/kube-controller-manager:v1.33.0', 'registry.k8s.io/kube-scheduler:v1.33.0', 'registry.k8s.io/kube-proxy:v1.33.0',
  'registry.k8s.io/etcd:3.5.21-0', 'registry.k8s.io/pause:3.10', 'registry.k8s.io/coredns/coredns:v1.10.1', 'ghcr.io/flannel-io/flannel:v0.26.7', 'ghcr.io/flannel-io/flannel-cni-plugin:v1.6.2-flannel1',
  'docker.io/library/nginx:alpine', 'docker.io/library/busybox:1.36'] as const;

/** Where containerd keeps its state, and that state for a node that only has images. */
export const CONTAINERD_STATE = '/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db';
export function containerdState(pulled: readonly string[] = PULLED): Document {
  const images = pulled.map((ref) => {
    const entry = ENTRIES.find(({ refs }) => refs.includes(ref));
    if (entry === undefined) throw new Error(`no image ${ref}`);
    const { id, digest, size, config } = specOf(entry);
    return { id, size, user: config.user, entrypoint: config.entrypoint, cmd: config.cmd, env: config.env, workingDir: config.workingDir, repoTags: [ref], repoDigests: [`${ref.replace(/:[^:/]*$/, '')}@${digest}`] };
  });
  return { kind: 'containerd-metadata', value: { sandboxes: [], containers: [], images }, size: 262_144 };
}
