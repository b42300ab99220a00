/** Who may ask the kubelet's server: client certificates, tokens through TokenReview, permission through SubjectAccessReview. Models pkg/kubelet/server/auth.go. */
import { get, now, put } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import type { HttpConn, HttpRequest } from '../../lib/http/index.ts';
import { create } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { commonName, organizations, parseCertificates, verifyCertificate } from '../../lib/x509/index.ts';
import { settings } from './bus.ts';

interface User { readonly name: string; readonly groups: readonly string[] }
export type Verdict = 'allowed' | 'unauthorized' | { readonly forbidden: string };
const KEEP_US = 300_000_000;

function* byCertificate(pem: string): Coroutine<User | null> {
  const { clientCaPem } = yield* settings();
  const [leaf, ...intermediates] = parseCertificates(pem);
  if (leaf === undefined || clientCaPem === null) return null;
  try {
    verifyCertificate(leaf, { roots: parseCertificates(clientCaPem), intermediates, now: Math.floor((yield* now()) / 1e6), name: null, usage: 'clientAuth' });
    return { name: commonName(leaf), groups: organizations(leaf) };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return null;
  }
}

interface Review { readonly status?: { readonly authenticated?: boolean; readonly user?: { readonly username?: string; readonly groups?: readonly string[] }; readonly allowed?: boolean } }

function* byToken(token: string): Coroutine<User | null> {
  const { rest, webhook } = yield* settings();
  if (rest === null || !webhook) return null;
  try {
    const review = (yield* create(rest, { group: 'authentication.k8s.io', resource: 'tokenreviews' }, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } })) as unknown as Review;
    return review.status?.authenticated === true ? { name: review.status.user?.username ?? '', groups: review.status.user?.groups ?? [] } : null;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return null;
  }
}

/** What part of the node a path is about. */
function subresource(path: string): string {
  if (path.startsWith('/stats')) return 'stats';
  if (path.startsWith('/metrics')) return 'metrics';
  if (path.startsWith('/logs') || path.startsWith('/containerLogs')) return path.startsWith('/logs') ? 'log' : 'proxy';
  return 'proxy';
}
const VERBS: Readonly<Record<string, string>> = { GET: 'get', HEAD: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

function* authorize(user: User, request: HttpRequest): Coroutine<Verdict> {
  const { rest, nodeName } = yield* settings();
  const [verb, sub] = [VERBS[request.method] ?? '', subresource(request.path)];
  const key = `${user.name}/${verb}/${sub}`;
  const at = yield* now();
  const kept = yield* get<{ readonly allowed: boolean; readonly at: number }>('access', key);
  let allowed = kept !== undefined && at - kept.at < KEEP_US ? kept.allowed : null;
  if (allowed === null) {
    if (rest === null) return { forbidden: 'no API server to ask' };
    try {
      const spec = { user: user.name, groups: [...user.groups, 'system:authenticated'], resourceAttributes: { verb, version: 'v1', resource: 'nodes', subresource: sub, name: nodeName } };
      const review = (yield* create(rest, { group: 'authorization.k8s.io', resource: 'subjectaccessreviews' }, { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec })) as unknown as Review;
      allowed = review.status?.allowed === true;
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      return { forbidden: `Authorization error (user=${user.name}, verb=${verb}, resource=nodes, subresource(s)=[${sub}])` };
    }
    yield* put('access', key, { allowed, at });
  }
  return allowed ? 'allowed' : { forbidden: `Forbidden (user=${user.name}, verb=${verb}, resource=nodes, subresource(s)=[${sub}])` };
}

/** Whether this request may go on. */
export function* judge(conn: HttpConn, request: HttpRequest): Coroutine<Verdict> {
  const { anonymous } = yield* settings();
  let user = conn.peerCertPem === null ? null : yield* byCertificate(conn.peerCertPem);
  const bearer = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
  if (user === null && bearer !== undefined) user = yield* byToken(bearer);
  if (user === null && anonymous) user = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
  return user === null ? 'unauthorized' : yield* authorize(user, request);
}
