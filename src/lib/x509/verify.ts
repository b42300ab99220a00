/**
 * Verifying certificates: expiry, names, chain of signatures up to a trusted root, key usages; errors in Go's exact words and
 * in the order in which Go finds them. Models crypto/x509 verify.go. Not modelled: name constraints, policies, revocation.
 */
import { GoError, goQuote } from '../net/index.ts';
import { isIp } from '../net/address.ts';
import { commonName, OID, organizations, type Certificate } from './certificate.ts';
import { rsaVerify } from './rsa.ts';
import { rfc3339Seconds } from './time.ts';

export interface VerifyOptions {
  readonly roots: readonly Certificate[];
  readonly intermediates?: readonly Certificate[];
  /** Seconds since the epoch. */ readonly now: number;
  /** Name or IP the certificate must be for; null to skip. */ readonly name: string | null;
  readonly usage: 'serverAuth' | 'clientAuth' | 'any';
}

/** What makes a verification fail, for callers that answer with an alert. */
export type X509Fault = 'expired' | 'hostname' | 'unknownAuthority' | 'usage' | 'notCa';

/** A verification error in Go's words. */
export class X509Error extends GoError {
  readonly fault: X509Fault;
  constructor(message: string, fault: X509Fault) {
    super(message, 'x509');
    this.fault = fault;
  }
}

function validityError(certificate: Certificate, now: number): X509Error | null {
  const before = now < certificate.notBefore;
  if (!before && now <= certificate.notAfter) return null;
  const limit = rfc3339Seconds(before ? certificate.notBefore : certificate.notAfter);
  return new X509Error(
    `x509: certificate has expired or is not yet valid: current time ${rfc3339Seconds(now)} is ${before ? 'before' : 'after'} ${limit}`, 'expired');
}

function dnsMatches(pattern: string, host: string): boolean {
  const [p, h] = [pattern.toLowerCase().replace(/\.$/, ''), host.toLowerCase().replace(/\.$/, '')];
  if (!p.startsWith('*.')) return p === h;
  const dot = h.indexOf('.');
  return dot > 0 && h.slice(dot) === p.slice(1);
}

/** `VerifyHostname`: null when the certificate is for that name or address. */
export function hostnameError(certificate: Certificate, name: string): X509Error | null {
  if (isIp(name)) {
    if (certificate.ips.includes(name)) return null;
    if (certificate.ips.length === 0) return new X509Error(`x509: cannot validate certificate for ${name} because it doesn't contain any IP SANs`, 'hostname');
    return new X509Error(`x509: certificate is valid for ${certificate.ips.join(', ')}, not ${name}`, 'hostname');
  }
  if (certificate.dnsNames.some((pattern) => dnsMatches(pattern, name))) return null;
  if (certificate.dnsNames.length === 0 && certificate.ips.length === 0 && commonName(certificate) !== '' && !certificate.extensions.some((one) => one.oid === OID.subjectAltName)) {
    return new X509Error('x509: certificate relies on legacy Common Name field, use SANs instead', 'hostname');
  }
  if (certificate.dnsNames.length === 0) return new X509Error(`x509: certificate is not valid for any names, but wanted to match ${name}`, 'hostname');
  return new X509Error(`x509: certificate is valid for ${certificate.dnsNames.join(', ')}, not ${name}`, 'hostname');
}

/** `CheckSignatureFrom`: null when `parent` signed `child`, else Go's words. */
export function signatureError(child: Certificate, parent: Certificate): string | null {
  if ((parent.version === 3 && parent.isCa !== true) || parent.isCa === false) return 'x509: invalid signature: parent certificate cannot sign this kind of certificate';
  if (parent.keyUsage !== null && !parent.keyUsage.includes(5)) return 'x509: invalid signature: parent certificate cannot sign this kind of certificate';
  if (child.signatureOid !== OID.rsaSha256 || parent.publicKey === null) return 'x509: cannot verify signature: algorithm unimplemented';
  return rsaVerify(parent.publicKey, child.tbs, child.signature) ? null : 'crypto/rsa: verification error';
}

interface Hint { readonly reason: string; readonly certificate: Certificate }

function hintText(hint: Hint): string {
  const name = commonName(hint.certificate) || organizations(hint.certificate)[0] || `serial:${hint.certificate.serial}`;
  return ` (possibly because of ${goQuote(hint.reason)} while trying to verify candidate authority certificate ${goQuote(name)})`;
}

/** Whether a chain from `leaf` ends in a root; throws what Go's `buildChains` would return. */
function buildChain(leaf: Certificate, chain: readonly Certificate[], options: VerifyOptions): readonly Certificate[] {
  let hint: Hint | null = null;
  let failure: GoError | null = null;
  const pools: [boolean, readonly Certificate[]][] = [[true, options.roots], [false, options.intermediates ?? []]];
  for (const [isRoot, pool] of pools) {
    for (const parent of pool) {
      const byKey = leaf.authorityKeyId !== null && leaf.authorityKeyId === parent.subjectKeyId;
      if (parent.rawSubject !== leaf.rawIssuer && !byKey) continue;
      if (chain.some((link) => link.raw === parent.raw)) continue;
      const reason = parent.rawSubject === leaf.rawIssuer ? signatureError(leaf, parent) : 'x509: issuer name does not match subject from issuing certificate';
      if (reason !== null) { hint ??= { reason, certificate: parent }; continue; }
      const expired = validityError(parent, options.now);
      if (expired) { hint ??= { reason: expired.message, certificate: parent }; failure = expired; continue; }
      if (isRoot) return [...chain, parent];
      try {
        return buildChain(parent, [...chain, parent], options);
      } catch (caught) {
        if (!(caught instanceof GoError)) throw caught;
        failure = caught;
      }
    }
  }
  throw failure ?? new X509Error(`x509: certificate signed by unknown authority${hint ? hintText(hint) : ''}`, 'unknownAuthority');
}

/** The chain from the certificate to a trusted root. Throws X509Error in Go's words. */
export function verifyCertificate(certificate: Certificate, options: VerifyOptions): readonly Certificate[] {
  const expired = validityError(certificate, options.now);
  if (expired) throw expired;
  const wrongName = options.name === null ? null : hostnameError(certificate, options.name);
  if (wrongName) throw wrongName;
  const chain = options.roots.some((root) => root.raw === certificate.raw) ? [certificate] : buildChain(certificate, [certificate], options);
  if (options.usage !== 'any' && chain.some((link) => link.extKeyUsage !== null && !link.extKeyUsage.includes(OID[options.usage as 'serverAuth']) && !link.extKeyUsage.includes('2.5.29.37.0'))) {
    throw new X509Error('x509: certificate specifies an incompatible key usage', 'usage');
  }
  return chain;
}
