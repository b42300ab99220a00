/** JSON Web Tokens as service accounts carry them: RS256, made and checked with real keys. Models k8s pkg/serviceaccount. */
import { memo } from '../../base/memo.ts';
import { base64UrlDecode, base64UrlEncode, parseRsaPrivateKey, parseRsaPublicKeys, rsaSign, rsaSpki, rsaVerify, sha256, type RsaPublicKey } from '../x509/index.ts';

/** `kubernetes.io` of a token: whom it is for and what it is bound to. */
export interface Bound { readonly name: string; readonly uid: string }
export interface Claims {
  readonly aud: readonly string[]; readonly exp: number; readonly iat: number; readonly nbf: number; readonly iss: string; readonly jti: string; readonly sub: string;
  readonly 'kubernetes.io': { readonly namespace: string; readonly serviceaccount: Bound; readonly pod?: Bound; readonly node?: Bound; readonly secret?: Bound; readonly warnafter?: number };
}

const keyId = (key: RsaPublicKey): string => base64UrlEncode(sha256(rsaSpki(key)));

/** Signs; null when the PEM holds no RSA key. */
export function signToken(keyPem: string, claims: Claims): string | null {
  const key = parseRsaPrivateKey(keyPem);
  if (key === null) return null;
  const message = `${base64UrlEncode(JSON.stringify({ alg: 'RS256', kid: keyId(key) }))}.${base64UrlEncode(JSON.stringify(claims))}`;
  return `${message}.${base64UrlEncode(rsaSign(key, message))}`;
}

export type Verified = { readonly claims: Claims } | { readonly error: string } | null;

/** What a token says and whether a key of ours signed it; null: it is none. Neither depends on the time. */
const readWith = memo((keysPem: string) => keysPem, (keysPem) => memo((token: string) => token, (token): { claims: Claims; signed: boolean } | null => {
  const [head = '', body = '', signature = '', extra] = token.split('.');
  if (signature === '' || extra !== undefined) return null;
  try {
    const claims = JSON.parse(base64UrlDecode(body) ?? '') as Claims;
    const bytes = base64UrlDecode(signature) ?? '';
    return { claims, signed: parseRsaPublicKeys(keysPem).some((key) => rsaVerify(key, `${head}.${body}`, bytes)) };
  } catch { return null; }
}), 16);

/** null: this is no token of this issuer, another authenticator may know it. */
export function verifyToken(token: string, publicKeysPem: string, issuer: string, audiences: readonly string[], nowSeconds: number): Verified {
  const found = readWith(publicKeysPem)(token);
  if (found === null || found.claims.iss !== issuer) return null;
  const { claims, signed } = found;
  if (!signed) return { error: 'invalid bearer token' };
  if (nowSeconds > claims.exp) return { error: '[invalid bearer token, service account token has expired]' };
  if (nowSeconds < claims.nbf) return { error: '[invalid bearer token, service account token is not valid yet]' };
  if (!claims.aud.some((one) => audiences.includes(one))) return { error: `[invalid bearer token, token audiences ${JSON.stringify(claims.aud)} is invalid for the target audiences ${JSON.stringify(audiences)}]` };
  return { claims };
}
