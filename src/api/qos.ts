/** A pod's quality of service, from its containers' requests and limits. Models pkg/apis/core/v1/helper/qos. */
import { compareQuantity, parseQuantity } from '../base/quantity.ts';
import type { Pod, Quantity } from './types.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';
type Amounts = Readonly<Record<string, Quantity>> | undefined;

const COUNTED = ['cpu', 'memory'] as const;
const set = (amounts: Amounts, name: string): ReturnType<typeof parseQuantity> => {
  const quantity = amounts?.[name] === undefined ? null : parseQuantity(amounts[name]);
  return quantity === null || quantity.milli === 0 ? null : quantity;
};

/** The class the API server gives the pod. */
export function qosClassOf({ spec }: Pick<Pod, 'spec'>): QosClass {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const some = containers.some(({ resources }) => COUNTED.some((name) => set(resources?.requests, name) !== null || set(resources?.limits, name) !== null));
  if (!some) return 'BestEffort';
  const full = containers.every(({ resources }) => COUNTED.every((name) => {
    const limit = set(resources?.limits, name);
    const request = set(resources?.requests, name) ?? limit;
    return limit !== null && request !== null && compareQuantity(limit, request) === 0;
  }));
  return full ? 'Guaranteed' : 'Burstable';
}
