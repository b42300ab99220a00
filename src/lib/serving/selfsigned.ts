/**
 * The serving certificate a component makes for itself when it is given none. The key is a fixture: generating one would take
 * seconds, and nobody may trust it anyway. Models client-go util/cert GenerateSelfSignedCertKey.
 */
import type { Bytes } from '../../kernel/sys.ts';
import { createCertificate, hex, parseRsaPrivateKey, sha256 } from '../x509/index.ts';

const YEAR_SECONDS = 365 * 86400;

const KEY = `-----BEGIN RSA PRIVATE KEY-----
MIIEowIBAAKCAQEApNzTZ+OsskUENi/E1HXVMRN7+oQ17CryONH1cB+7D9j+hi1N
sxAPIltTxbATJtl4tuw6VS0jvfRDquR28ys7GOlK3fudt6wj9r8+uEQ/pCFgFkxG
hXMXd+gIznuLf0bAvDxvF6D0zt5P0IEBhk6d1LbHwr1bFlUMt1UeUt+IMvj3tBsF
nwPbRKTMqe4Ms4OF9UPpxBZqlUSuf7Ug5vypRBqLJeijoaIoPciWHvSojzRhp+9G
asMQu6p6oblUlWLrZO4oxEmQMrmT6gwZZCEgbWLczLu3DmUvFPi49wgNasOGLjnI
MsNFfQqwit2Y0u5SEdWNvAqBTCKDBYTNM8QhSwIDAQABAoIBAE6yvVYf+F3nFUIa
nn5/O0RglTO6rhTtUVBvZZbfBshjYOjDMo6SUW8oon5BdXr7oCTN8nCbii7Qrgaj
ZebhkaXsI5mA1cKKcWaF15ZVuf2LExfB1H46uQ67nIyYrDgXGcUhojRo2MPxmq8h
Dg3DdJNIp2YeRx+LfPT9NGsCGr2dl7cr/Jj78o3EyZZzIRyHKAxMZ9KeoPgdBynE
rJSg0rdU9N0sZTeFSotTjv99QyDRbOiz2i4IKCE/BuLpDtSRe2dUd5sXI5cfg5xb
Zi6pe8BY3k5zM1fO1nezImAXLZ/oP2+IDSTmexKAzvYkI5R5SUUP+y29ctKQvIKm
QTVopNkCgYEA3qfL+tofiakPKjqzKlL5dIPkgFANKm6WeCaJ+CWAozjL5lQ0PXE1
jNl+yxAWSwVY5BVBoes+os3hOfxo3YFLreLG9wlMtLUXJ0pvkXYzggKaylXPJ+YA
E3UvLwJ7syDcklFo9hrTd5vh0KTHEu2GXL2r71nrrhOojzOTZbQuOAMCgYEAvY1b
SBWVb0cE2bI6+UrOqUYptdEGDvpIquh8g/b6MJo94zm5c/tzpd1vrG/hMAMM/uAD
a+XBsabhJEBadF97Y0IKZiAfgsGyCAod5B02TPYPCJbVXtEdLFyz1TyZTOvNnYWU
0ETjitH8Prgk1lqtYW9m0CJHq3rcNn3iqOUy4xkCgYAkxESUqcwnaTlN2d+YD5eN
u/HRlmZ2KUjDkmmaBmdVjJ1u7VyrALS9C3U6hu+Hd9yT3Ua3PCddru2QK7QNT7p1
fksoo+p8tKKcJFiEBqa+wztYSg8pIXvFusYN1zUiAT0rFDJm4UsmJyGE2JDe+UYE
rnVj0s9uMWTWMMgYNUakjQKBgQCgXzCT1G8SLuwTo4/xyzD+VraDdc3Cbk99CiYP
IK6c4GLsFLKrRluaQbdyFVZY4LvmCHHcoA841xA1M51USFSEriNONG90mZye4LBZ
h72hb61YfwUXq6UbG3OrPhIV2oukcphtfVtm4DKiffnswdtfTHmYLuikVNZr5CYY
75IWQQKBgCdxu+fmpaas17YF/NqD/o7I6m1+lmKAjqDXp7x6yCDcvgm4f1on6ddS
zUqhhhXHKKoOxzs0Y4d8W7BL6uHAQBub9KGPbHm1+DIs/dAuboHIdMfHqE7HCO5z
FWK9YwYfxVU4bCsTFJk8m9S/U3Ci4adkJsNJNN08i/Bn6XiBrxk7
-----END RSA PRIVATE KEY-----
`;

/** A certificate for `host` and `ip`, signed by an authority named after the instant (µs). */
export function selfSignedPair(host: string, ip: string, nowUs: number): { readonly certPem: Bytes; readonly keyPem: Bytes } {
  const key = parseRsaPrivateKey(KEY)!;
  const seconds = Math.floor(nowUs / 1e6);
  const serial = BigInt(`0x${hex(sha256(`${host} ${seconds}`).slice(0, 7))}`);
  const certPem = createCertificate({
    subject: { commonName: `${host}@${seconds}` }, issuer: { commonName: `${host}-ca@${seconds}` }, serial, notBefore: seconds - 3600, notAfter: seconds - 3600 + YEAR_SECONDS,
    publicKey: key, isCa: false, usages: ['serverAuth'], dnsNames: [host], ips: [ip], issuerKey: key,
  }, key);
  return { certPem, keyPem: KEY };
}
