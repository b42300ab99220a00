/** Which labels a controller's selectors pick, on top of the base's label selectors. */
import { selects } from '../../base/selector.ts';
import type { LabelSelector } from './kinds.ts';

type Labels = Readonly<Record<string, string>> | undefined;

/** Whether the labels satisfy the selector. A nil selector matches nothing, an empty one everything. */
export const selectorMatches = (selector: LabelSelector | undefined, labels: Labels): boolean => selects(selector, labels);

/** Whether the labels contain all of the given ones; an empty set matches nothing (a service without a selector). */
export function setMatches(set: Labels, labels: Labels): boolean {
  const wanted = Object.entries(set ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value);
}
