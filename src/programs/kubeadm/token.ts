/** `kubeadm token`: bootstrap tokens, which are Secrets in kube-system. */
import { now, random, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { parseRfc3339, rfc3339 } from '../../base/time.ts';
import { del, isReason, listObjects, type KubeObject } from '../../lib/kube/index.ts';
import { base64Decode, base64Encode } from '../../lib/x509/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { apply } from './client.ts';
import { tokenSecret, type Token } from './objects.ts';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** `abcdef.0123456789abcdef`. */
export function* newToken(): Coroutine<Token> {
  const letters = (yield* random('kubeadm', 22)).map((n) => ALPHABET[n % 36]!).join('');
  return { id: letters.slice(0, 6), secret: letters.slice(6) };
}

/** null: not of a token's form. */
export function parseToken(text: string): Token | null {
  const found = /^([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(text);
  return found === null ? null : { id: found[1]!, secret: found[2]! };
}

interface Row { readonly token: string; readonly ttl: string; readonly expires: string; readonly usages: string; readonly description: string; readonly groups: string }

/** apimachinery's duration.ShortHumanDuration. */
function shortDuration(us: number): string {
  const seconds = Math.floor(us / 1e6);
  if (seconds < -1) return '<invalid>';
  if (seconds < 60) return `${Math.max(0, seconds)}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86400)}d`;
}

function rowOf(secret: KubeObject, at: number): Row {
  const data = (secret as { readonly data?: Readonly<Record<string, string>> }).data ?? {};
  const value = (name: string) => (data[name] === undefined ? '' : base64Decode(data[name]).bytes);
  const expiration = parseRfc3339(value('expiration'));
  const usages = Object.keys(data).filter((k) => k.startsWith('usage-bootstrap-') && value(k) === 'true').map((k) => k.slice('usage-bootstrap-'.length)).sort().join(',');
  return { token: `${value('token-id')}.${value('token-secret')}`, ttl: expiration === null ? '<forever>' : shortDuration(expiration - at), expires: expiration === null ? '<never>' : rfc3339(expiration), usages: usages || '<none>', description: value('description') || '<none>', groups: value('auth-extra-groups') || '<none>' };
}

export function* listTokens(client: RestConfig): Coroutine<void> {
  const secrets = yield* listObjects(client, { group: '', resource: 'secrets', namespace: 'kube-system' }, { fieldSelector: 'type=bootstrap.kubernetes.io/token' });
  const at = yield* now();
  const cells = secrets.items.map((s) => rowOf(s, at)).map((r) => [r.token, r.ttl, r.expires, r.usages, r.description, r.groups]);
  if (cells.length === 0) return;
  const head = ['TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS'];
  const minimum = [23, 9, 20, 22, 56, 0];
  const widths = head.map((h, i) => Math.max(h.length, minimum[i]!, ...cells.map((c) => c[i]!.length)));
  yield* write(1, [head, ...cells].map((c) => `${c.map((text, i) => (i === c.length - 1 ? text : text.padEnd(widths[i]! + 3))).join('')}\n`).join(''));
}

/** Makes a token; → it. `ttlUs` 0: for ever. */
export function* createToken(client: RestConfig, ttlUs: number, description: string | null, given: Token | null): Coroutine<Token> {
  const token = given ?? (yield* newToken());
  const at = yield* now();
  yield* apply(client, tokenSecret(token, ttlUs === 0 ? null : rfc3339(at + ttlUs), base64Encode, description));
  return token;
}

export function* deleteToken(client: RestConfig, text: string): Coroutine<boolean> {
  const id = text.split('.')[0]!;
  if (!/^[a-z0-9]{6}$/.test(id)) return false;
  try {
    yield* del(client, { group: '', resource: 'secrets', namespace: 'kube-system', name: `bootstrap-token-${id}` });
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) throw caught;
    return false;
  }
  yield* write(1, `bootstrap token "${id}" deleted\n`);
  return true;
}
