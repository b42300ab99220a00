/**
 * Who is asking: by client certificate, by service-account or bootstrap token, or nobody in particular.
 * Models apiserver pkg/authentication. Not modelled: OIDC, webhooks, the front proxy's headers.
 */
import type { Coroutine, VTime } from '../../../kernel/sys.ts';
import { memo, memoOf } from '../../../base/memo.ts';
import { commonName, hex, organizations, parseCertificates, sha256, verifyCertificate, X509Error, type Certificate } from '../../x509/index.ts';
import { verifyToken, type Claims } from '../jwt.ts';
import { meta } from '../context.ts';
import type { Store } from '../store.ts';
import { anonymous, withAuthenticated, type User } from './attributes.ts';
import { byBootstrapToken } from './bootstrap-token.ts';

export interface Credentials { readonly peerCertPem: string | null; readonly authorization: string }
export interface Authority { readonly clientCaPem: string | null; readonly publicKeysPem: string; readonly issuer: string; readonly audiences: readonly string[]; readonly anonymous: boolean; readonly bootstrapTokens: boolean }
/** `error`: the line the server logs beside its 401. */
export type Authenticated = { readonly user: User } | { readonly error: string };

type Judged = { readonly user: User } | { readonly error: string };

function judge(leaf: Certificate, intermediates: readonly Certificate[], caPem: string, nowSeconds: number): Judged {
  try {
    verifyCertificate(leaf, { roots: parseCertificates(caPem), intermediates, now: nowSeconds, name: null, usage: 'clientAuth' });
  } catch (caught) {
    if (!(caught instanceof X509Error)) throw caught;
    const id = (bytes: string | null) => (bytes === null ? '' : hex(bytes).toUpperCase().replace(/(..)(?=.)/g, '$1:'));
    return { error: `verifying certificate SN=${leaf.serial}, SKID=${id(leaf.subjectKeyId)}, AKID=${id(leaf.authorityKeyId)} failed: ${caught.message}` };
  }
  return { user: { name: commonName(leaf), groups: organizations(leaf), extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${hex(sha256(leaf.raw))}`] } } };
}

/** The judgement on a certificate that holds from one second to another: as long as nothing in its chain begins or ends. */
const judgedBy = memo((caPem: string) => caPem, (caPem: string) => memo((pem: string) => pem, (pem: string): { from: number; to: number; judged: Judged } | null => {
  const [leaf, ...intermediates] = parseCertificates(pem);
  if (leaf === undefined) return null;
  const chain = [leaf, ...intermediates, ...parseCertificates(caPem)];
  const [from, to] = [Math.max(...chain.map(({ notBefore }) => notBefore)), Math.min(...chain.map(({ notAfter }) => notAfter))];
  return { from, to, judged: judge(leaf, intermediates, caPem, from) };
}), 16);

function byCertificate(pem: string, caPem: string, at: VTime): Authenticated | null {
  const known = judgedBy(caPem)(pem);
  if (known === null) return null;
  const now = Math.floor(at / 1e6);
  if (now >= known.from && now <= known.to) return known.judged;
  const [leaf, ...intermediates] = parseCertificates(pem);
  return judge(leaf!, intermediates, caPem, now);
}

/** A token is only as good as what it is bound to. */
function* bound(claims: Claims, store: Pick<Store, 'get'>): Coroutine<string | null> {
  const { namespace, serviceaccount, pod } = claims['kubernetes.io'];
  const account = (yield* store.get(`/registry/serviceaccounts/${namespace}/${serviceaccount.name}`)).item;
  if (account === null || meta(account.object).deletionTimestamp !== undefined) return '[invalid bearer token, service account token has been invalidated]';
  if (meta(account.object).uid !== serviceaccount.uid) return '[invalid bearer token, service account UID does not match]';
  if (pod === undefined) return null;
  const found = (yield* store.get(`/registry/pods/${namespace}/${pod.name}`)).item;
  return found === null || meta(found.object).uid !== pod.uid ? '[invalid bearer token, service account token has been invalidated]' : null;
}

function* byToken(token: string, authority: Authority, store: Pick<Store, 'get'>, at: VTime): Coroutine<Authenticated> {
  const verified = verifyToken(token, authority.publicKeysPem, authority.issuer, authority.audiences, Math.floor(at / 1e6));
  if (verified === null) return { error: 'invalid bearer token' };
  if ('error' in verified) return verified;
  const wrong = yield* bound(verified.claims, store);
  if (wrong !== null) return { error: wrong };
  return { user: accountOf(verified.claims) };
}

/** The service account that a token speaks for. */
const accountOf = memoOf((claims: Claims): User => {
  const { namespace, serviceaccount, pod, node } = claims['kubernetes.io'];
  const extra = {
    'authentication.kubernetes.io/credential-id': [`JTI=${claims.jti}`],
    ...(node === undefined ? {} : { 'authentication.kubernetes.io/node-name': [node.name], 'authentication.kubernetes.io/node-uid': [node.uid] }),
    ...(pod === undefined ? {} : { 'authentication.kubernetes.io/pod-name': [pod.name], 'authentication.kubernetes.io/pod-uid': [pod.uid] }),
  };
  return { name: `system:serviceaccount:${namespace}:${serviceaccount.name}`, uid: serviceaccount.uid, groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`], extra };
});

export function* authenticate(credentials: Credentials, authority: Authority, store: Pick<Store, 'get'>, at: VTime): Coroutine<Authenticated> {
  const { peerCertPem, authorization } = credentials;
  const errors: string[] = [];
  if (peerCertPem !== null && authority.clientCaPem !== null) {
    const found = byCertificate(peerCertPem, authority.clientCaPem, at);
    if (found !== null && 'user' in found) return { user: withAuthenticated(found.user) };
    if (found !== null) errors.push(found.error);
  }
  const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token !== undefined) {
    const joining = authority.bootstrapTokens ? yield* byBootstrapToken(token, store, at) : null;
    const found = joining !== null ? { user: joining } : yield* byToken(token, authority, store, at);
    if ('user' in found) return { user: withAuthenticated(found.user) };
    errors.push(found.error);
  }
  if (errors.length > 0) return { error: errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]` };
  return authority.anonymous ? { user: anonymous } : { error: '' };
}
