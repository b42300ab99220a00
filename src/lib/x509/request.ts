/** Certificate requests (PKCS#10, RFC 2986): made and read. Not modelled: attributes other than the requested extensions. */
import { children, DerError, explicit, integer, oid, oidText, readDer, sequence, setOf } from './der.ts';
import { extensionList, nameAttributes, OID, usesOf, type Extension, type NameAttribute, type Uses } from './certificate.ts';
import { signedDer } from './create.ts';
import { pemBlocks, pemEncode } from './pem.ts';
import { rsaFromSpki, rsaSpki, rsaVerify, type RsaPrivateKey, type RsaPublicKey } from './rsa.ts';

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

/** A request as read. */
export interface CertificateRequest extends Uses {
  readonly raw: string; readonly info: string; readonly signature: string; readonly signatureOid: string; readonly version: number;
  readonly subject: readonly NameAttribute[]; readonly rawSubject: string;
  readonly spki: string; readonly publicKey: RsaPublicKey | null;
}

function requestedExtensions(attributes: string): Extension[] {
  for (const attribute of children(attributes)) {
    const [type, values] = children(attribute.body);
    if (type && values && oidText(type.body) === EXTENSION_REQUEST) return extensionList(readDer(values.body).element.body);
  }
  return [];
}

function parse(bytes: string): CertificateRequest {
  const [info, algorithm, signature] = children(readDer(bytes).element.body);
  if (!info || !algorithm || !signature) throw new DerError('malformed request');
  const [version, subject, spki, attributes] = children(info.body);
  if (!version || !subject || !spki) throw new DerError('malformed request info');
  return {
    raw: bytes, info: info.raw, signature: signature.body.slice(1), signatureOid: oidText(children(algorithm.body)[0]?.body ?? ''), version: version.body.charCodeAt(0) + 1,
    subject: nameAttributes(subject), rawSubject: subject.raw, spki: spki.raw, publicKey: rsaFromSpki(spki.raw),
    ...usesOf(attributes ? requestedExtensions(attributes.body) : []),
  };
}

/** The first request of a PEM text; null when there is none that can be read. */
export function parseRequest(pem: string): CertificateRequest | null {
  const block = pemBlocks(pem).find(({ type }) => type === 'CERTIFICATE REQUEST' || type === 'NEW CERTIFICATE REQUEST');
  try {
    return block ? parse(block.der) : null;
  } catch (caught) {
    if (!(caught instanceof DerError)) throw caught;
    return null;
  }
}

/** Whether the request is signed by the key it carries. */
export const requestSignatureOk = (request: CertificateRequest) => request.publicKey !== null && request.signatureOid === OID.rsaSha256 && rsaVerify(request.publicKey, request.info, request.signature);

/** A request in PEM for the holder of `key`; `subject` and `extensions` are DER. */
export function createRequest(subject: string, extensions: readonly string[], key: RsaPrivateKey): string {
  const attributes = extensions.length === 0 ? '' : sequence(oid(EXTENSION_REQUEST), setOf(sequence(...extensions)));
  return pemEncode('CERTIFICATE REQUEST', signedDer(key, sequence(integer(0n), subject, rsaSpki(key), explicit(0, attributes))));
}
