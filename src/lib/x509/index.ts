/** X.509: parse, verify and make certificates and RSA keys. Bytes are strings of code units 0–255. */
export { base64Decode, base64Encode, base64UrlDecode, base64UrlEncode } from '../../base/base64.ts';
export { commonName, nameValues, OID, organizations, parseCertificate, parseCertificates, type Certificate, type Extension, type NameAttribute, type Uses } from './certificate.ts';
export { altNamesDer, createCertificate, distinguishedName, extension, keyId, namedBits, signCertificate, tbsCertificate, type CertificateParts, type CertificateTemplate, type KnownSignatures, type Subject } from './create.ts';
export { generateRsaKey, pkcs1Pem, pkcs8Pem, type Progress } from './keygen.ts';
export { pemBlocks, pemEncode, type PemBlock } from './pem.ts';
export { createRequest, parseRequest, requestSignatureOk, type CertificateRequest } from './request.ts';
export { parseRsaPrivateKey, parseRsaPublicKeys, rsaFromSpki, rsaPublicDer, rsaSign, rsaSpki, rsaVerify, type RsaPrivateKey, type RsaPublicKey } from './rsa.ts';
export { hex, hmacSha256, sha1, sha256 } from './sha.ts';
export { sha512Hex } from './sha512.ts';
export { rfc3339Seconds } from './time.ts';
export { hostnameError, signatureError, verifyCertificate, X509Error, type VerifyOptions, type X509Fault } from './verify.ts';
