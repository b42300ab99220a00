/** X.509: parse, verify and make certificates and RSA keys. Bytes are strings of code units 0–255. */
export { base64Decode, base64Encode, base64UrlDecode, base64UrlEncode } from '../../base/base64.ts';
export { commonName, nameValues, OID, organizations, parseCertificate, parseCertificates, type Certificate, type Extension, type NameAttribute } from './certificate.ts';
export { createCertificate, keyId, tbsCertificate, type CertificateTemplate, type KnownSignatures, type Subject } from './create.ts';
export { pemBlocks, pemEncode, type PemBlock } from './pem.ts';
export { parseRsaPrivateKey, parseRsaPublicKeys, rsaFromSpki, rsaPublicDer, rsaSign, rsaSpki, rsaVerify, type RsaPrivateKey, type RsaPublicKey } from './rsa.ts';
export { hex, hmacSha256, sha1, sha256 } from './sha.ts';
export { rfc3339Seconds } from './time.ts';
export { hostnameError, signatureError, verifyCertificate, X509Error, type VerifyOptions, type X509Fault } from './verify.ts';
