/**
 * The Node authoriser: a kubelet may read what its own pods need and write its own node.
 * Models plugin/pkg/auth/authorizer/node. Not modelled: resource claims, volume attachments beyond their names, PVs.
 */
import { clusterRoles } from '../bootstrap/roles.ts';
import { parseRule } from '../bootstrap/parse.ts';
import type { Attributes, Decision } from './attributes.ts';
import { ruleAllows } from './rbac.ts';

/** What the authoriser must know of a pod. */
export interface PodView {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: { readonly nodeName?: string; readonly serviceAccountName?: string; readonly imagePullSecrets?: readonly { readonly name?: string }[]; readonly volumes?: readonly unknown[]; readonly containers?: readonly unknown[]; readonly initContainers?: readonly unknown[] };
}

/** The node's name when the user is a node. */
export function nodeIdentity(user: Attributes['user']): string | null {
  return user.groups.includes('system:nodes') && user.name.startsWith('system:node:') ? user.name.slice('system:node:'.length) : null;
}

/** Does a pod's spec name this object as `key`'s reference anywhere (volumes, env, envFrom)? */
function mentions(value: unknown, refs: readonly string[], name: string): boolean {
  if (Array.isArray(value)) return value.some((v) => mentions(v, refs, name));
  if (typeof value !== 'object' || value === null) return false;
  for (const [key, inner] of Object.entries(value)) {
    if (refs.includes(key)) {
      const ref = inner as { name?: string; secretName?: string; claimName?: string } | null;
      if (ref?.name === name || ref?.secretName === name || ref?.claimName === name) return true;
    }
    if (mentions(inner, refs, name)) return true;
  }
  return false;
}
const references: Readonly<Record<string, readonly string[]>> = {
  secrets: ['secret', 'secretRef', 'secretKeyRef', 'imagePullSecrets'],
  configmaps: ['configMap', 'configMapRef', 'configMapKeyRef'],
  persistentvolumeclaims: ['persistentVolumeClaim'],
};
function uses(pod: PodView, resource: string, name: string): boolean {
  if (resource === 'serviceaccounts') return (pod.spec?.serviceAccountName ?? 'default') === name;
  if (resource === 'secrets' && (pod.spec?.imagePullSecrets ?? []).some((s) => s.name === name)) return true;
  return mentions(pod.spec, references[resource] ?? [], name);
}

const no = (reason: string): Decision => ({ allowed: false, reason });
const yes: Decision = { allowed: true };
const nodeRules = clusterRoles.find(({ name }) => name === 'system:node')!.rules.map(parseRule);

/** A read of an object that a pod of the node must refer to. */
function graph(a: Attributes, node: string, podsIn: (namespace: string) => Iterable<PodView>): Decision {
  const single = /^metadata\.name=([^,]+)$/.exec(a.fieldSelector)?.[1];
  const name = a.name === '' ? single ?? '' : a.name;
  if (!['get', 'list', 'watch'].includes(a.verb)) return no('can only read resources of this type');
  if (a.subresource !== '') return no('cannot read subresource');
  if (name === '') return no('No Object name found');
  for (const pod of podsIn(a.namespace)) if (pod.spec?.nodeName === node && uses(pod, a.resource, name)) return yes;
  return no(`no relationship found between node '${node}' and this object`);
}

function token(a: Attributes, node: string, podsIn: (namespace: string) => Iterable<PodView>): Decision {
  if (a.verb !== 'create' || a.subresource !== 'token') return no('can only create tokens for individual service accounts');
  for (const pod of podsIn(a.namespace)) if (pod.spec?.nodeName === node && uses(pod, 'serviceaccounts', a.name)) return yes;
  return no(`no relationship found between node '${node}' and this object`);
}

function ownLease(a: Attributes, node: string): Decision {
  if (!['get', 'create', 'update', 'patch', 'delete'].includes(a.verb)) return no('can only get, create, update, patch, or delete a node lease');
  if (a.namespace !== 'kube-node-lease') return no('can only access leases in the "kube-node-lease" system namespace');
  if (a.verb !== 'create' && a.name !== node) return no('can only access node lease with the same name as the requesting node');
  return yes;
}

function ownNode(a: Attributes, node: string): Decision | null {
  if (a.verb === 'get' && a.name !== node) return no(`node '${node}' cannot read '${a.name}', only its own Node object`);
  if (['list', 'watch'].includes(a.verb) && a.name === '' && a.fieldSelector !== `metadata.name=${node}`) {
    return no(`node '${node}' cannot read all nodes, only its own Node object`);
  }
  return null;
}

function nodePods(a: Attributes, node: string, podsIn: (namespace: string) => Iterable<PodView>): Decision | null {
  if (a.verb === 'get' && a.subresource === '') {
    // A pod that does not exist (any more) has no relationship either: the kubelet is refused, not told that it is gone.
    for (const pod of podsIn(a.namespace)) if (pod.metadata?.name === a.name && pod.spec?.nodeName === node) return yes;
    return no(`no relationship found between node '${node}' and this object`);
  }
  if (['list', 'watch'].includes(a.verb) && !a.fieldSelector.split(',').includes(`spec.nodeName=${node}`)) {
    return no('can only list/watch pods with spec.nodeName field selector');
  }
  return null;
}

/** null: the user is no node, ask the next authoriser. */
export function nodeDecision(a: Attributes, podsIn: (namespace: string) => Iterable<PodView>): Decision | null {
  const node = nodeIdentity(a.user);
  if (node === null) return null;
  if (a.isResource) {
    if (a.group === '' && ['secrets', 'configmaps', 'persistentvolumeclaims'].includes(a.resource)) return graph(a, node, podsIn);
    if (a.group === '' && a.resource === 'serviceaccounts' && a.subresource === 'token') return token(a, node, podsIn);
    if (a.group === 'coordination.k8s.io' && a.resource === 'leases') return ownLease(a, node);
    const special = a.group !== '' ? null : a.resource === 'nodes' ? ownNode(a, node) : a.resource === 'pods' ? nodePods(a, node, podsIn) : null;
    if (special !== null) return special;
  }
  return nodeRules.some((rule) => ruleAllows(rule, a)) ? yes : no('');
}
