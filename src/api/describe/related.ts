/** What a description is made of besides its object, and where kubectl gets it. */
import type { EndpointSlice, Event, Lease, LimitRange, Pod, ReplicaSet, ResourceQuota, Secret, Service, StringMap } from '../types.ts';

/** A certificate request that the caller has parsed. */
export interface CertificateRequest {
  readonly subject: { readonly commonName: string; readonly serialNumber?: string; readonly organization?: readonly string[]; readonly organizationalUnit?: readonly string[]; readonly country?: readonly string[]; readonly locality?: readonly string[]; readonly province?: readonly string[]; readonly streetAddress?: readonly string[]; readonly postalCode?: readonly string[] };
  readonly dnsNames?: readonly string[]; readonly emailAddresses?: readonly string[]; readonly uris?: readonly string[]; readonly ipAddresses?: readonly string[];
}

export interface Related {
  /** Null: not asked for (`--show-events=false`). */ readonly events: readonly Event[] | null;
  /** Pods that `needs` asks for; null when the caller may not list them; a text is the error of the request. */ readonly pods?: readonly Pod[] | null | string;
  readonly replicaSets?: readonly ReplicaSet[];
  readonly endpointSlices?: readonly EndpointSlice[];
  /** A text is the error of the request. */ readonly lease?: Lease | string;
  /** Undefined when the server has no such resource. */ readonly quotas?: readonly ResourceQuota[]; readonly limitRanges?: readonly LimitRange[];
  readonly secrets?: readonly Secret[];
  /** By name; a text is the error of the request. */ readonly services?: Readonly<Record<string, Service | string>>;
  readonly request?: CertificateRequest;
}

/**
 * - `pods` by the object's selector (`selector`), on the node and not finished (`node`), or all of the namespace (`namespace`)
 * - `replicaSets` by the deployment's selector; `endpointSlices` by label kubernetes.io/service-name (for an ingress: of each backend)
 * - `lease` of the node in kube-node-lease; `quotas`, `limitRanges` of the namespace named like the object; `secrets` of the object's namespace
 * - `services` that an ingress' backends name; `request`: the parsed certificate request
 */
export type Need = 'pods:selector' | 'pods:node' | 'pods:namespace' | 'replicaSets' | 'endpointSlices' | 'lease' | 'quotas' | 'limitRanges' | 'secrets' | 'services' | 'request';

export interface Describer<T = never> {
  readonly needs: readonly Need[];
  /** Whether kubectl looks for events at all. */ readonly withEvents: boolean;
  /** `now` in µs. */ describe(object: T, related: Related, now: number): string;
}

/** The annotation whose value is the uid that a static pod's events carry. */
export const MIRROR = 'kubernetes.io/config.mirror';
export const isMirror = (annotations: StringMap | undefined): boolean => annotations?.[MIRROR] !== undefined;
