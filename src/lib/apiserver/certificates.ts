/**
 * What the server checks of certificate requests: their content, and that nobody asks for a client certificate of the cluster's
 * masters. Models pkg/apis/certificates/validation and plugin/pkg/admission/certificates/subjectrestriction.
 */
import { dns1123Subdomain } from '../../base/names.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import type { ApiObject, CertificateSigningRequest } from '../../api/types.ts';
import type { Fault, Faults } from '../../api/validate/index.ts';
import { base64Decode, nameValues, OID, parseRequest, pemBlocks, requestSignatureOk } from '../x509/index.ts';

const MASTERS = 'system:masters';
const USAGES = [
  'any', 'cert sign', 'client auth', 'code signing', 'content commitment', 'crl sign', 'data encipherment', 'decipher only', 'digital signature', 'email protection', 'encipher only', 'ipsec end system', 'ipsec tunnel', 'ipsec user',
  'key agreement', 'key encipherment', 'microsoft sgc', 'netscape sgc', 'ocsp signing', 's/mime', 'server auth', 'signing', 'timestamping',
];

const isRequest = (object: ApiObject): object is CertificateSigningRequest => object.kind === 'CertificateSigningRequest';
const goBytes = (bytes: string) => `[]byte{${[...bytes].map((char) => `0x${char.charCodeAt(0).toString(16)}`).join(', ')}}`;

function requestFaults(encoded: string): Faults {
  const bytes = base64Decode(encoded).bytes;
  const fault = (detail: string): Faults => [{ field: 'spec.request', message: `Invalid value: ${goBytes(bytes)}: ${detail}` }];
  if (pemBlocks(bytes)[0]?.type !== 'CERTIFICATE REQUEST') return fault('PEM block type must be CERTIFICATE REQUEST');
  const request = parseRequest(bytes);
  if (request === null) return fault('asn1: structure error: tags don\'t match');
  return requestSignatureOk(request) ? [] : fault('crypto/rsa: verification error');
}

function usageFaults(usages: readonly string[]): Faults {
  if (usages.length === 0) return [{ field: 'spec.usages', message: 'Required value' }];
  const unknown: Fault[] = usages.flatMap((usage, i) => (USAGES.includes(usage) ? [] : [{ field: `spec.usages[${i}]`, message: `Unsupported value: "${usage}": supported values: ${USAGES.map((one) => `"${one}"`).join(', ')}` }]));
  return [...unknown, ...usages.flatMap((usage, i) => (usages.indexOf(usage) < i ? [{ field: `spec.usages[${i}]`, message: `Duplicate value: "${usage}"` }] : []))];
}

function signerFaults(name: string): Faults {
  const field = 'spec.signerName';
  if (name === '') return [{ field, message: 'Required value' }];
  if (name === 'kubernetes.io/legacy-unknown') return [{ field, message: `Invalid value: "${name}": the legacy signerName is not allowed via this API version` }];
  const parts = name.split('/');
  if (parts.length !== 2) return [{ field, message: `Invalid value: "${name}": must be a fully qualified domain and path of the form 'example.com/signer-name'` }];
  const [domain = ''] = parts;
  if (!domain.includes('.')) return [{ field, message: `Invalid value: "${domain}": should be a domain with at least two segments separated by dots` }];
  return dns1123Subdomain(domain).map((problem) => ({ field, message: `Invalid value: "${domain}": ${problem}` }));
}

/** What is wrong with a new certificate request; nothing for any other object. */
export function certificateFaults(object: ApiObject): Faults {
  if (!isRequest(object)) return [];
  const { request = '', usages = [], signerName = '', expirationSeconds } = object.spec;
  const tooShort: Faults = expirationSeconds !== undefined && expirationSeconds < 600 ? [{ field: 'spec.expirationSeconds', message: `Invalid value: ${expirationSeconds}: may not specify a duration less than 600 seconds (10 minutes)` }] : [];
  return [...requestFaults(encodeUtf8(request)), ...usageFaults(usages), ...signerFaults(signerName), ...tooShort];
}

/** Why CertificateSubjectRestriction refuses a request, in its words; null when it does not. */
export function subjectRestriction(object: ApiObject): string | null {
  if (!isRequest(object) || object.spec.signerName !== 'kubernetes.io/kube-apiserver-client') return null;
  const request = parseRequest(base64Decode(object.spec.request ?? '').bytes);
  return request !== null && nameValues(request.subject, OID.organization).includes(MASTERS) ? `use of kubernetes.io/kube-apiserver-client signer with ${MASTERS} group is not allowed` : null;
}
