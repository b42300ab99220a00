/** Types of cluster policy and networking objects: quotas, limits, classes, ingresses, network policies, certificates. */
import type { ApiObject, Condition, IntOrString, LabelSelector, Quantity } from './types.ts';

type Amounts = Readonly<Record<string, Quantity>>;
export interface PriorityClass extends ApiObject { readonly value: number; readonly globalDefault?: boolean; readonly description?: string; readonly preemptionPolicy?: string }
export interface ResourceQuota extends ApiObject { readonly spec?: { readonly hard?: Amounts; readonly scopes?: readonly string[] }; readonly status?: { readonly hard?: Amounts; readonly used?: Amounts } }
export interface LimitRangeItem { readonly type: string; readonly max?: Amounts; readonly min?: Amounts; readonly default?: Amounts; readonly defaultRequest?: Amounts; readonly maxLimitRequestRatio?: Amounts }
export interface LimitRange extends ApiObject { readonly spec?: { readonly limits?: readonly LimitRangeItem[] } }

export interface IngressBackend { readonly service?: { readonly name: string; readonly port?: { readonly number?: number; readonly name?: string } }; readonly resource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string } }
export interface Ingress extends ApiObject {
  readonly spec: {
    readonly ingressClassName?: string; readonly defaultBackend?: IngressBackend; readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
    readonly rules?: readonly { readonly host?: string; readonly http?: { readonly paths: readonly { readonly path?: string; readonly pathType?: string; readonly backend: IngressBackend }[] } }[];
  };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] } };
}
export interface IngressClass extends ApiObject { readonly spec: { readonly controller?: string; readonly parameters?: { readonly apiGroup?: string; readonly kind: string; readonly name: string; readonly namespace?: string; readonly scope?: string } } }
export interface NetworkPolicyPeer { readonly podSelector?: LabelSelector; readonly namespaceSelector?: LabelSelector; readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] } }
export interface NetworkPolicyPort { readonly protocol?: string; readonly port?: IntOrString; readonly endPort?: number }
export interface NetworkPolicy extends ApiObject {
  readonly spec: {
    readonly podSelector: LabelSelector; readonly policyTypes?: readonly string[];
    readonly ingress?: readonly { readonly ports?: readonly NetworkPolicyPort[]; readonly from?: readonly NetworkPolicyPeer[] }[]; readonly egress?: readonly { readonly ports?: readonly NetworkPolicyPort[]; readonly to?: readonly NetworkPolicyPeer[] }[];
  };
}
export interface IPAddress extends ApiObject { readonly spec: { readonly parentRef?: { readonly group?: string; readonly resource?: string; readonly namespace?: string; readonly name?: string } } }
export interface ServiceCIDR extends ApiObject { readonly spec: { readonly cidrs?: readonly string[] }; readonly status?: { readonly conditions?: readonly Condition[] } }
export interface CertificateSigningRequest extends ApiObject {
  /** `request`: base64 of PEM. */
  readonly spec: { readonly request: string; readonly signerName: string; readonly expirationSeconds?: number; readonly usages?: readonly string[]; readonly username?: string; readonly groups?: readonly string[] };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly certificate?: string };
}
