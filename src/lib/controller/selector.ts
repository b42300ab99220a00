/** Label selectors over label maps. Models apimachinery labels and metav1.LabelSelectorAsSelector. */
import type { LabelSelector } from './kinds.ts';

type Labels = Readonly<Record<string, string>> | undefined;

/** Whether the labels satisfy the selector. A nil selector matches nothing, an empty one everything. */
export function selectorMatches(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (!selector) return false;
  const value = (key: string) => labels?.[key];
  for (const [key, wanted] of Object.entries(selector.matchLabels ?? {})) if (value(key) !== wanted) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const found = value(key);
    switch (operator) {
      case 'In': return found !== undefined && values.includes(found);
      case 'NotIn': return found === undefined || !values.includes(found);
      case 'Exists': return found !== undefined;
      case 'DoesNotExist': return found === undefined;
      default: return false;
    }
  });
}

/** Whether the labels contain all of the given ones; an empty set matches nothing (a service without a selector). */
export function setMatches(set: Labels, labels: Labels): boolean {
  const wanted = Object.entries(set ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value);
}
