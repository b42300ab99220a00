/**
 * Bootstrap tokens: the signatures by which a joining node trusts kube-public/cluster-info, and the end of tokens that have expired.
 * Models pkg/controller/bootstrap (bootstrapsigner.go, jws.go, tokencleaner.go).
 */
import { parseRfc3339 } from '../../../base/time.ts';
import { encodeUtf8 } from '../../../base/utf8.ts';
import { base64Decode, base64UrlEncode, hmacSha256 } from '../../../lib/x509/index.ts';
import type { Cache, ConfigMap, Controller, KubeObject, Outcome } from '../../../lib/controller/index.ts';

interface Secret extends KubeObject { readonly type?: string; readonly data?: Readonly<Record<string, string>> }
interface Token { readonly id: string; readonly secret: string; readonly signs: boolean; /** µs; null: never. */ readonly expires: number | null }

const PREFIX = 'jws-kubeconfig-';
const INFO = 'kube-public/cluster-info';

/** A secret as a token; null when it is none or its name does not fit. */
function tokenOf(secret: Secret): Token | null {
  if (secret.type !== 'bootstrap.kubernetes.io/token') return null;
  const text = (key: string): string => base64Decode(secret.data?.[key] ?? '').bytes;
  const id = text('token-id');
  if (secret.metadata.name !== `bootstrap-token-${id}` || text('token-secret') === '') return null;
  const expires = secret.data?.expiration === undefined ? null : parseRfc3339(text('expiration')) ?? 0;
  return { id, secret: text('token-secret'), signs: text('usage-bootstrap-signing') === 'true', expires };
}

/** A detached JWS over `content`: the token's id names the key, its secret is the key. */
function signature(content: string, { id, secret }: Token): string {
  const header = base64UrlEncode(JSON.stringify({ alg: 'HS256', kid: id }));
  return `${header}..${base64UrlEncode(hmacSha256(secret, `${header}.${base64UrlEncode(content)}`))}`;
}

export const bootstrapSigner: Controller = {
  name: 'bootstrap-signer', caches: ['configmaps', 'secrets'],
  keys: () => [INFO],
  reconcile(key: string, cache: Cache, nowUs: number): Outcome {
    const info = cache.get<ConfigMap>('configmaps', key);
    const kubeconfig = info?.data?.kubeconfig;
    if (info === undefined || kubeconfig === undefined) return { actions: [] };
    const tokens = cache.list<Secret>('secrets').map(tokenOf).filter((token) => token !== null && token.signs && (token.expires === null || token.expires > nowUs)) as Token[];
    const plain = Object.entries(info.data ?? {}).filter(([name]) => !name.startsWith(PREFIX));
    const data = Object.fromEntries([...plain, ...tokens.map((token) => [`${PREFIX}${token.id}`, signature(encodeUtf8(kubeconfig), token)] as const)]);
    const same = Object.keys(data).length === Object.keys(info.data ?? {}).length && Object.entries(data).every(([name, value]) => info.data?.[name] === value);
    return { actions: same ? [] : [{ op: 'update', cache: 'configmaps', ref: { group: '', resource: 'configmaps', namespace: 'kube-public', name: info.metadata.name }, object: { ...info, data } }] };
  },
};

export const tokenCleaner: Controller = {
  name: 'token-cleaner', caches: ['secrets'],
  reconcile(key: string, cache: Cache, nowUs: number): Outcome {
    const secret = cache.get<Secret>('secrets', key);
    const token = secret === undefined ? null : tokenOf(secret);
    if (secret === undefined || token === null || token.expires === null) return { actions: [] };
    if (token.expires > nowUs) return { actions: [], requeueAt: token.expires };
    return { actions: [{ op: 'delete', cache: 'secrets', ref: { group: '', resource: 'secrets', namespace: secret.metadata.namespace ?? '', name: secret.metadata.name }, object: secret, ignore: ['NotFound'] }] };
  },
};
