/**
 * The images of the simulated registries: what can be pulled, what the node has pulled already, and the rom
 * entries that carry them. Ids and sizes of the control plane are the recorded cluster's.
 */
import { hex, sha256 } from '../../lib/x509/index.ts';
import type { ImageSpec } from '../../lib/cri/index.ts';
import type { Document } from '../../kernel/sys.ts';
import { CLUSTER } from './cluster.ts';
import type { Entry } from './entry.ts';
import { SERVERS } from './servers.ts';
import { TOOLS } from './tools.ts';

const ENTRIES: readonly Entry[] = [...CLUSTER, ...TOOLS, ...SERVERS];

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
