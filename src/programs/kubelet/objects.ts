/**
 * ConfigMaps, secrets and tokens that pods refer to: asked for whenever a pod is looked at, once for what is looked at together;
 * so a pod sees what is true now, as with the default manager's per-object watches, whose log lines are not modelled.
 */
import { get, now, put } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { parseRfc3339 } from '../../base/time.ts';
import type { ConfigMap, Secret } from '../../api/types.ts';
import { create, getObject, isReason } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { settings } from './bus.ts';
import type { Pod } from './types.ts';

const FRESH_US = 1_000_000;

interface Kept<T> { readonly object: T | null; readonly at: number }
type Kind = 'configmaps' | 'secrets';

/** The object, or null when the API says there is none. Throws GoError when it cannot say. */
export function* fetchObject<T extends ConfigMap | Secret>(kind: Kind, namespace: string, name: string): Coroutine<T | null> {
  const key = `${kind}/${namespace}/${name}`;
  const kept = yield* get<Kept<T>>('objects', key);
  const at = yield* now();
  if (kept !== undefined && kept.object !== null && at - kept.at < FRESH_US) return kept.object;
  const { rest } = yield* settings();
  if (rest === null) throw new GoError(`object "${namespace}"/"${name}" not registered`);
  try {
    const object = (yield* getObject(rest, { group: '', resource: kind, namespace, name })) as unknown as T;
    yield* put('objects', key, { object, at });
    return object;
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) {
      // A copy is better than nothing while the API is away.
      if (kept?.object != null) return kept.object;
      throw caught;
    }
    yield* put('objects', key, { object: null, at });
    return null;
  }
}

interface Token { readonly token: string; readonly issuedAt: number; readonly expiresAt: number }
interface TokenRequest { readonly metadata: { readonly name: string }; readonly status: { readonly token: string; readonly expirationTimestamp: string } }

/** A token bound to the pod, renewed when four fifths of its life or a day are over. Throws GoError. */
export function* fetchToken(pod: Pod, audience: string, expirationSeconds: number): Coroutine<string> {
  const account = pod.spec.serviceAccountName ?? 'default';
  const key = [pod.metadata.uid, account, audience, expirationSeconds].join('/');
  const kept = yield* get<Token>('tokens', key);
  const at = yield* now();
  if (kept !== undefined && at < kept.issuedAt + Math.min(86_400_000_000, (kept.expiresAt - kept.issuedAt) * 0.8)) return kept.token;
  const { rest } = yield* settings();
  if (rest === null) throw new GoError('cannot use TokenManager when kubelet is in standalone mode');
  const ref = { group: '', resource: 'serviceaccounts', namespace: pod.metadata.namespace!, name: account, subresource: 'token' };
  try {
    const reply = (yield* create(rest, ref, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: {}, spec: { audiences: audience === '' ? [] : [audience], expirationSeconds, boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name, uid: pod.metadata.uid } } })) as unknown as TokenRequest;
    yield* put('tokens', key, { token: reply.status.token, issuedAt: at, expiresAt: parseRfc3339(reply.status.expirationTimestamp) ?? at + expirationSeconds * 1_000_000 } satisfies Token);
    return reply.status.token;
  } catch (caught) {
    if (caught instanceof GoError && kept !== undefined && at < kept.expiresAt) return kept.token;
    throw caught;
  }
}
