/** NodeRestriction: a kubelet's credentials write only its own node and its own pods. Models plugin/pkg/admission/noderestriction. */
import { at, meta, text, type Ctx } from '../context.ts';
import { nodeIdentity } from '../auth/node.ts';
import type { Obj } from '../store.ts';
import { refuse } from './refuse.ts';
import { MIRROR } from './serviceaccount.ts';

const nodeOf = (ctx: Ctx): string | null => (ctx.options.nodeRestriction ? nodeIdentity(ctx.user) : null);

export function nodeRestrictionCreate(ctx: Ctx, object: Obj): void {
  const node = nodeOf(ctx);
  if (node === null) return;
  const q = JSON.stringify(node);
  if (ctx.resource.name === 'pods') {
    if (meta(object).annotations?.[MIRROR] === undefined) throw refuse(ctx, object, `pod does not have "${MIRROR}" annotation, node ${q} can only create mirror pods`);
    if (text(object, 'spec', 'nodeName') !== node) throw refuse(ctx, object, `node ${q} can only create pods with spec.nodeName set to itself`);
    return;
  }
  if (ctx.resource.name === 'leases') {
    if (ctx.route.namespace !== 'kube-node-lease') throw refuse(ctx, object, 'can only access leases in the "kube-node-lease" system namespace');
    if (meta(object).name !== node) throw refuse(ctx, object, 'can only access node lease with the same name as the requesting node');
    return;
  }
  if (meta(object).name !== node) throw refuse(ctx, object, `node ${q} is not allowed to modify ${ctx.resource.name === 'nodes' ? 'node' : 'CSINode'} ${JSON.stringify(meta(object).name)}`);
}

const ALLOWED_PREFIXES = ['kubelet.kubernetes.io/', 'node.kubernetes.io/'];
const ALLOWED_LABELS = ['kubernetes.io/hostname', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/region',
  'kubernetes.io/os', 'kubernetes.io/arch', 'node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type', 'beta.kubernetes.io/os', 'beta.kubernetes.io/arch'];
function forbiddenLabel(key: string): boolean {
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  if (!/(^|\.)(kubernetes|k8s)\.io$/.test(domain)) return false;
  return !ALLOWED_LABELS.includes(key) && !ALLOWED_PREFIXES.some((prefix) => `${domain}/` === prefix || `${domain}/`.endsWith(`.${prefix}`));
}

function changedLabels(next: Obj, old: Obj): string[] {
  const [a, b] = [meta(next).labels ?? {}, meta(old).labels ?? {}];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]).sort();
}

export function nodeRestrictionUpdate(ctx: Ctx, next: Obj, old: Obj): void {
  const node = nodeOf(ctx);
  if (node === null) return;
  const q = JSON.stringify(node);
  if (ctx.resource.name === 'pods' && ctx.route.subresource === 'status') {
    if (text(old, 'spec', 'nodeName') !== node) throw refuse(ctx, next, `node ${q} can only update pod status for pods with spec.nodeName set to itself`);
  } else if (ctx.resource.name === 'nodes') {
    if (meta(old).name !== node) throw refuse(ctx, next, `node ${q} is not allowed to modify node ${JSON.stringify(meta(old).name)}`);
    const wrong = changedLabels(next, old).filter(forbiddenLabel);
    if (wrong.length > 0) throw refuse(ctx, next, `is not allowed to modify labels: ${wrong.join(', ')}`);
    if (JSON.stringify(at(next, 'spec', 'taints') ?? []) !== JSON.stringify(at(old, 'spec', 'taints') ?? [])) throw refuse(ctx, next, `node ${q} is not allowed to modify taints`);
  } else if (ctx.resource.name === 'leases' && (ctx.route.namespace !== 'kube-node-lease' || ctx.route.name !== node)) {
    throw refuse(ctx, next, 'can only access node lease with the same name as the requesting node');
  }
}

export function nodeRestrictionDelete(ctx: Ctx, object: Obj): void {
  const node = nodeOf(ctx);
  if (node === null) return;
  if (ctx.resource.name === 'pods' && text(object, 'spec', 'nodeName') !== node) throw refuse(ctx, object, `node ${JSON.stringify(node)} can only delete pods with spec.nodeName set to itself`);
  if (ctx.resource.name === 'nodes') throw refuse(ctx, object, `node ${JSON.stringify(node)} is not allowed to delete node ${JSON.stringify(ctx.route.name)}`);
}
