/**
 * Who asks with a bootstrap token: a Secret of kube-system says whether there is such a token and how long. Models
 * plugin/pkg/auth/authenticator/token/bootstrap. A token that does not fit is nobody's, and why is not said.
 */
import type { Coroutine, VTime } from '../../../kernel/sys.ts';
import { parseRfc3339 } from '../../../base/time.ts';
import { base64Decode } from '../../x509/index.ts';
import { meta } from '../context.ts';
import type { Store } from '../store.ts';
import type { User } from './attributes.ts';

const BOOTSTRAPPERS = 'system:bootstrappers';

/** null: no such token, or it is not for this. */
export function* byBootstrapToken(token: string, store: Pick<Store, 'get'>, at: VTime): Coroutine<User | null> {
  const [, id, secret] = /^([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(token) ?? [];
  if (id === undefined) return null;
  const found = (yield* store.get(`/registry/secrets/kube-system/bootstrap-token-${id}`)).item;
  if (found === null || meta(found.object).deletionTimestamp !== undefined) return null;
  const { type, data = {} } = found.object as unknown as { readonly type?: string; readonly data?: Readonly<Record<string, string>> };
  const text = (key: string): string => base64Decode(data[key] ?? '').bytes;
  const expiration = text('expiration');
  const over = expiration !== '' && (parseRfc3339(expiration) ?? 0) <= at;
  if (type !== 'bootstrap.kubernetes.io/token' || text('token-id') !== id || text('token-secret') !== secret || over || text('usage-bootstrap-authentication') !== 'true') return null;
  const extra = text('auth-extra-groups').split(',').map((group) => group.trim()).filter((group) => group !== '');
  return { name: `system:bootstrap:${id}`, groups: [...new Set([BOOTSTRAPPERS, ...extra])].sort() };
}
