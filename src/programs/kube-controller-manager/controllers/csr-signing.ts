/**
 * Approved certificate requests are signed with the cluster's authority, as long as they are such as their signer signs.
 * Models pkg/controller/certificates/signer and authority/policies.go. Not modelled: an authority for each signer, keys other than RSA.
 */
import { rfc3339 } from '../../../base/time.ts';
import type { Action, Cache, Controller, Outcome } from '../../../lib/controller/index.ts';
import {
  altNamesDer, base64Encode, distinguishedName, extension, hex, keyId, nameValues, namedBits, OID, parseCertificates, parseRsaPrivateKey, sha256, signCertificate, type CertificateRequest,
} from '../../../lib/x509/index.ts';
import { der, oid, sequence } from '../../../lib/x509/der.ts';
import { hasCondition, requestOf, signerFault, type Csr } from './csr-request.ts';

const BACKDATE_SECONDS = 300;
const SHORT_SECONDS = 8 * 3600;
const LEAST_SECONDS = 600;
const KEY_USAGES: Readonly<Record<string, number>> = { signing: 0, 'digital signature': 0, 'content commitment': 1, 'key encipherment': 2, 'data encipherment': 3, 'key agreement': 4, 'cert sign': 5, 'crl sign': 6 };
const EXT_USAGES: Readonly<Record<string, string>> = { 'server auth': OID.serverAuth, 'client auth': OID.clientAuth, 'code signing': '1.3.6.1.5.5.7.3.3', any: '2.5.29.37.0' };

interface Signing { readonly signingCa: { readonly certPem: string; readonly keyPem: string } | null; readonly signingDurationUs: number }

function extensionsFor(csr: Csr, request: CertificateRequest, authorityKey: string): string[] {
  const usages = csr.spec.usages ?? [];
  const bits = [...new Set(usages.flatMap((usage) => KEY_USAGES[usage] ?? []))].sort((a, b) => a - b);
  const purposes = usages.flatMap((usage) => EXT_USAGES[usage] ?? []);
  return [
    ...(bits.length > 0 ? [extension(OID.keyUsage, true, namedBits(bits))] : []), ...(purposes.length > 0 ? [extension(OID.extKeyUsage, false, sequence(...purposes.map(oid)))] : []),
    extension(OID.basicConstraints, true, sequence()), extension(OID.authorityKeyId, false, sequence(der(0x80, authorityKey))),
    ...(request.dnsNames.length + request.ips.length > 0 ? [extension(OID.subjectAltName, false, altNamesDer(request.dnsNames, request.ips))] : []),
  ];
}

/** The certificate in PEM; null when the authority's files do not hold a pair. */
function certificateFor(csr: Csr, request: CertificateRequest, settings: Signing, nowUs: number): string | null {
  const [authority] = parseCertificates(settings.signingCa?.certPem ?? '');
  const key = parseRsaPrivateKey(settings.signingCa?.keyPem ?? '');
  if (!authority || key === null) return null;
  const now = Math.floor(nowUs / 1e6);
  const most = Math.floor(settings.signingDurationUs / 1e6);
  const seconds = Math.min(most, Math.max(LEAST_SECONDS, csr.spec.expirationSeconds ?? most));
  // Only short-lived certificates keep their whole length; others pay for the backdating.
  const notAfter = Math.min(authority.notAfter, now + seconds - (seconds < SHORT_SECONDS ? 0 : BACKDATE_SECONDS));
  const subject = { commonName: nameValues(request.subject, OID.commonName)[0] ?? '', organizations: nameValues(request.subject, OID.organization) };
  const serial = BigInt(`0x${hex(sha256(`${csr.metadata.uid} ${nowUs}`).slice(0, 16))}`);
  return signCertificate({
    serial, issuer: authority.rawSubject, subject: distinguishedName(subject), spki: request.spki, notBefore: now - BACKDATE_SECONDS, notAfter, extensions: extensionsFor(csr, request, authority.subjectKeyId ?? keyId(key)),
  }, key);
}

const written = (csr: Csr, status: Csr['status']): Action => ({ op: 'updateStatus', cache: 'certificatesigningrequests', ref: { group: 'certificates.k8s.io', resource: 'certificatesigningrequests', name: csr.metadata.name }, object: { ...csr, status } });

export const csrSigningController: Controller = {
  name: 'certificate-controller', caches: ['certificatesigningrequests'],
  reconcile(key: string, cache: Cache, nowUs, settings): Outcome {
    const csr = cache.get<Csr>('certificatesigningrequests', key);
    const request = csr ? requestOf(csr) : null;
    if (!csr || request === null || !hasCondition(csr, 'Approved') || hasCondition(csr, 'Failed') || (csr.status?.certificate ?? '') !== '') return { actions: [] };
    const fault = signerFault(csr, request);
    if (fault === undefined) return { actions: [] };
    if (fault !== null) {
      const condition = { type: 'Failed', status: 'True', reason: 'SignerValidationFailure', message: fault, lastUpdateTime: rfc3339(nowUs) };
      return { actions: [written(csr, { ...csr.status, conditions: [...(csr.status?.conditions ?? []), condition] })] };
    }
    const certificate = certificateFor(csr, request, settings as unknown as Signing, nowUs);
    return { actions: certificate === null ? [] : [written(csr, { ...csr.status, certificate: base64Encode(certificate) })] };
  },
  complaint: (key, error) => ['certificate_controller.go:156', `Sync ${key} failed with : ${error}`],
};
