/**
 * Credentials: with --use-service-account-credentials each controller acts as its own service account in kube-system, by a token it
 * requests; so RBAC and a broken signing key bite as they do upstream. Models controller-manager pkg/clientbuilder.
 */
import { parseRfc3339 } from '../../base/time.ts';
import { get, now, put, type Coroutine } from '../../kernel/sys.ts';
import { create, getObject, isReason, type KubeObject } from '../../lib/kube/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';

interface Credentials { readonly config: RestConfig; /** µs */ readonly expiresAt: number }
interface TokenRequest extends KubeObject { readonly status: { readonly token: string; readonly expirationTimestamp: string } }

const TABLE = 'clients';
const LIFETIME_SECONDS = 3600;
const EARLY_US = 600e6;
const NAMESPACE = 'kube-system';

function* makeAccount(root: RestConfig, name: string): Coroutine<void> {
  try {
    yield* create(root, { group: '', resource: 'serviceaccounts', namespace: NAMESPACE }, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: NAMESPACE } });
  } catch (caught) {
    if (!isReason(caught, 'AlreadyExists')) throw caught;
  }
}

function* requestToken(root: RestConfig, name: string): Coroutine<TokenRequest> {
  const ref = { group: '', resource: 'serviceaccounts', namespace: NAMESPACE };
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: { name, namespace: NAMESPACE }, spec: { audiences: [], expirationSeconds: LIFETIME_SECONDS } };
  const ask = () => create<TokenRequest>(root, { ...ref, name, subresource: 'token' }, body);
  try {
    return yield* ask();
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) throw caught;
  }
  yield* makeAccount(root, name);
  return yield* ask();
}

/** Remembers how to reach the server; call once before `clientFor`. */
export function* setRootClient(root: RestConfig, ownCredentials: boolean): Coroutine<void> {
  yield* put(TABLE, '', { config: root, expiresAt: ownCredentials ? 0 : Number.MAX_SAFE_INTEGER } satisfies Credentials);
}

/** Makes a starting controller's account if there is none; one that cannot be made now is made with the first token. */
export function* ensureAccount(name: string | null): Coroutine<void> {
  const root = yield* get<Credentials>(TABLE, '');
  if (name === null || root === undefined || root.expiresAt > 0) return;
  try {
    yield* getObject(root.config, { group: '', resource: 'serviceaccounts', namespace: NAMESPACE, name });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (isReason(caught, 'NotFound')) yield* makeAccount(root.config, name);
  }
}

/** What a controller acts with. Throws GoError. */
export function* clientFor(name: string): Coroutine<RestConfig> {
  const root = yield* get<Credentials>(TABLE, '');
  if (!root) throw new Error('no root client yet');
  if (root.expiresAt > 0) return root.config;
  const known = yield* get<Credentials>(TABLE, name);
  if (known && known.expiresAt - EARLY_US > (yield* now())) return known.config;
  const { status } = yield* requestToken(root.config, name);
  const config: RestConfig = { ...root.config, certPem: null, keyPem: null, token: status.token, userAgent: `${root.config.userAgent}/system:serviceaccount:${NAMESPACE}:${name}` };
  yield* put(TABLE, name, { config, expiresAt: parseRfc3339(status.expirationTimestamp) ?? 0 } satisfies Credentials);
  return config;
}
