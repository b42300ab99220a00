/** What the certificate controllers ask of a request: its content, and whether it is one that its signer signs. Models pkg/apis/certificates/helpers.go. */
import type { Condition, KubeObject } from '../../../lib/controller/index.ts';
import { base64Decode, nameValues, OID, parseRequest, type CertificateRequest } from '../../../lib/x509/index.ts';

export interface Csr extends KubeObject {
  readonly spec: { readonly request: string; readonly signerName: string; readonly expirationSeconds?: number; readonly usages?: readonly string[]; readonly username?: string; readonly uid?: string; readonly groups?: readonly string[] };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly certificate?: string };
}

export const KUBELET_CLIENT = 'kubernetes.io/kube-apiserver-client-kubelet';
const KUBELET_SERVING = 'kubernetes.io/kubelet-serving';
const API_CLIENT = 'kubernetes.io/kube-apiserver-client';
const LEGACY = 'kubernetes.io/legacy-unknown';

export const hasCondition = (csr: Csr, type: string): boolean => csr.status?.conditions?.some((one) => one.type === type && one.status === 'True') === true;
export const requestOf = (csr: Csr): CertificateRequest | null => parseRequest(base64Decode(csr.spec.request).bytes);

const sameSet = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one) => b.includes(one));

function usagesFault(usages: readonly string[], auth: string): string | null {
  const wanted = [auth, 'digital signature', 'key encipherment'].sort();
  const set = [...new Set(usages)];
  return sameSet(set, wanted) || sameSet(set, [auth, 'digital signature']) ? null : `usages did not match [${wanted.join(' ')}]`;
}

/** What a kubelet's request must look like, for both of its signers. */
function kubeletFault(request: CertificateRequest, usages: readonly string[], serving: boolean): string | null {
  if (!sameSet(nameValues(request.subject, OID.organization), ['system:nodes'])) return 'subject organization is not system:nodes';
  if (serving && request.dnsNames.length + request.ips.length === 0) return 'DNS or IP subjectAltName is required';
  if (!serving && request.dnsNames.length > 0) return 'DNS subjectAltNames are not allowed';
  if (!serving && request.ips.length > 0) return 'IP subjectAltNames are not allowed';
  if (!(nameValues(request.subject, OID.commonName)[0] ?? '').startsWith('system:node:')) return 'subject common name does not begin with system:node:';
  return usagesFault(usages, serving ? 'server auth' : 'client auth');
}

function clientFault(usages: readonly string[]): string | null {
  const strange = usages.find((usage) => !['digital signature', 'key encipherment', 'client auth'].includes(usage));
  if (strange !== undefined) return `invalid usage for client certificate: ${strange}`;
  return usages.includes('client auth') ? null : 'missing required usage for client certificate: client auth';
}

/** Why the signer refuses, null when it signs, undefined when it is nobody we know. */
export function signerFault(csr: Csr, request: CertificateRequest): string | null | undefined {
  const usages = csr.spec.usages ?? [];
  switch (csr.spec.signerName) {
    case KUBELET_CLIENT: return kubeletFault(request, usages, false);
    case KUBELET_SERVING: return kubeletFault(request, usages, true);
    case API_CLIENT: return clientFault(usages);
    case LEGACY: return null;
    default: return undefined;
  }
}
