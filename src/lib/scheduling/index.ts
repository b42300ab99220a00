/**
 * Which pods a node takes: taints and tolerations, node selectors and affinity. Shared by the scheduler, the DaemonSet controller
 * and whoever else has to know. Models component-helpers scheduling/corev1.
 */
import type { Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec, Taint, Toleration } from '../controller/kinds.ts';

/** Whether one toleration covers a taint. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  if (!toleration.key && (toleration.operator ?? 'Equal') !== 'Exists') return false;
  return (toleration.operator ?? 'Equal') === 'Exists' || (toleration.value ?? '') === (taint.value ?? '');
}

/** The first taint of the given effects the pod does not tolerate. */
export function untolerated(pod: Pick<PodSpec, 'tolerations'>, node: Node, effects: readonly string[]): Taint | null {
  return (node.spec?.taints ?? []).find((taint) => effects.includes(taint.effect) && !(pod.tolerations ?? []).some((toleration) => tolerates(toleration, taint))) ?? null;
}

function requirementHolds({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    case 'Gt': return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt': return value !== undefined && Number(value) < Number(values[0]);
    default: return false;
  }
}

/** Whether a node satisfies a term; an empty term matches nothing. */
export function termMatches(term: NodeSelectorTerm, node: Node): boolean {
  const labels = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (labels.length === 0 && fields.length === 0) return false;
  return labels.every((one) => requirementHolds(one, node.metadata.labels?.[one.key])) && fields.every((one) => requirementHolds(one, one.key === 'metadata.name' ? node.metadata.name : undefined));
}

/** Whether nodeSelector and required node affinity let the pod onto the node. */
export function matchesNodeSelector(pod: Pick<PodSpec, 'nodeSelector' | 'affinity'>, node: Node): boolean {
  for (const [key, value] of Object.entries(pod.nodeSelector ?? {})) if (node.metadata.labels?.[key] !== value) return false;
  const required = pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || required.nodeSelectorTerms.some((term) => termMatches(term, node));
}
