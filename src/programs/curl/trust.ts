/** Whether curl trusts a server, and OpenSSL's words when it does not. */
import type { Bytes } from '../../kernel/sys.ts';
import { hostnameError, parseCertificates, verifyCertificate, X509Error } from '../../lib/x509/index.ts';

const MORE = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

/** The text of curl's error 60; null when the chain is good. */
export function trustError(chainPem: Bytes, caPem: Bytes, host: string, nowUs: number): string | null {
  const [leaf, ...intermediates] = parseCertificates(chainPem);
  if (!leaf) return `SSL certificate problem: unable to get local issuer certificate${MORE}`;
  const roots = parseCertificates(caPem);
  try {
    verifyCertificate(leaf, { roots, intermediates, now: Math.floor(nowUs / 1e6), name: null, usage: 'serverAuth' });
  } catch (caught) {
    if (!(caught instanceof X509Error)) throw caught;
    const early = Math.floor(nowUs / 1e6) < leaf.notBefore;
    const selfSigned = leaf.rawIssuer === leaf.rawSubject;
    const reason = caught.fault === 'expired' ? (early ? 'certificate is not yet valid' : 'certificate has expired') : caught.fault === 'usage' ? 'unsuitable certificate purpose'
      : selfSigned ? 'self-signed certificate' : intermediates.some((one) => one.rawIssuer === one.rawSubject) ? 'self-signed certificate in certificate chain'
      : caught.message.includes('crypto/rsa') ? 'certificate signature failure' : 'unable to get local issuer certificate';
    return `SSL certificate problem: ${reason}${MORE}`;
  }
  return hostnameError(leaf, host) === null ? null : `SSL: no alternative certificate subject name matches target host name '${host}'${MORE}`;
}
