/**
 * What a pod asks for as a whole: the sum of its containers, or its largest init container if that is more; init containers that stay
 * (restartPolicy Always) count from their start on; then the overhead. Models k8s.io/component-helpers/resource.
 */
import { addQuantity, compareQuantity, parseQuantity } from '../base/quantity.ts';
import type { Quantity as Amount } from '../base/quantity.ts';
import type { Container, Pod, Quantity } from './types.ts';

export type Totals = ReadonlyMap<string, Amount>;
type Given = Readonly<Record<string, Quantity>> | undefined;

const read = (given: Given): Totals => new Map(Object.entries(given ?? {}).flatMap(([name, value]) => {
  const quantity = parseQuantity(value);
  return quantity === null ? [] : [[name, quantity] as const];
}));
function combine(a: Totals, b: Totals, how: (x: Amount, y: Amount) => Amount): Totals {
  const out = new Map(a);
  for (const [name, amount] of b) out.set(name, out.has(name) ? how(out.get(name)!, amount) : amount);
  return out;
}
/** Two totals together. */
export const sum = (a: Totals, b: Totals): Totals => combine(a, b, addQuantity);
const most = (a: Totals, b: Totals): Totals => combine(a, b, (x, y) => (compareQuantity(y, x) > 0 ? y : x));

function total(pod: Pod, of: (container: Container) => Given): Totals {
  let running: Totals = new Map();
  for (const container of pod.spec.containers) running = sum(running, read(of(container)));
  let sidecars: Totals = new Map();
  let starting: Totals = new Map();
  for (const container of pod.spec.initContainers ?? []) {
    const own = read(of(container));
    if (container.restartPolicy === 'Always') {
      running = sum(running, own);
      sidecars = sum(sidecars, own);
      starting = most(starting, sidecars);
    } else starting = most(starting, sum(own, sidecars));
  }
  return most(running, starting);
}
const overhead = (pod: Pod): Totals => read((pod.spec as Pod['spec'] & { readonly overhead?: Given }).overhead);

export const podRequests = (pod: Pod): Totals => sum(total(pod, ({ resources }) => resources?.requests), overhead(pod));
/** The overhead adds only to limits that there are. */
export function podLimits(pod: Pod): Totals {
  const limits = total(pod, ({ resources }) => resources?.limits);
  return sum(limits, new Map([...overhead(pod)].filter(([name]) => limits.has(name))));
}
