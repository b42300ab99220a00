/** What one request carries through the handler, and the small makers of names and ids. */
import { random, type Coroutine, type VTime } from '../../kernel/sys.ts';
import { rfc3339 } from '../../base/time.ts';
import type { Resource } from '../../api/registry.ts';
import type { Attributes, Decision, User } from './auth/attributes.ts';
import type { Authority } from './auth/authenticate.ts';
import type { PolicyRule } from './auth/rbac.ts';
import type { Route } from './route.ts';
import type { Obj, Store } from './store.ts';
import type { GroupResource } from './status.ts';

/** The server's own settings, from its flags. */
export interface ServerOptions {
  readonly serviceCidr: string; readonly nodePortRange: readonly [number, number]; readonly allowPrivileged: boolean;
  readonly issuer: string; readonly audiences: readonly string[];
  /** PEM of the key that signs tokens. */ readonly signingKeyPem: string | null;
  /** Enabled admission plugins beyond the default ones. */ readonly nodeRestriction: boolean;
  readonly eventTtlSeconds: number; readonly advertiseAddress: string; readonly securePort: number;
}

/** `store` reads and writes, `cache` reads what was there a moment ago; `warnings` collects the Warning headers of the answer. */
export interface Ctx {
  readonly store: Store; readonly cache: Pick<Store, 'get' | 'list'>; readonly user: User; readonly at: VTime; readonly options: ServerOptions;
  readonly authority: Authority; authorize(attributes: Attributes): Coroutine<Decision>; /** What the user may in a namespace. */ rules(namespace: string): Coroutine<readonly PolicyRule[]>;
  readonly route: Route; readonly resource: Resource; readonly warnings: string[]; readonly userAgent: string;
}

export const groupResource = (resource: Resource): GroupResource => ({ group: resource.group, resource: resource.name });
export const timestamp = (at: VTime): string => rfc3339(at);

const hex = (word: number): string => word.toString(16).padStart(8, '0');
/** A random (version 4) UUID, from a sequence of its own. */
export function* newUid(sequence = 'apiserver/uid'): Coroutine<string> {
  const words = yield* random(sequence, 4);
  const text = words.map(hex).join('');
  const variant = '89ab'[parseInt(text[16]!, 16) & 3]!;
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
}

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
/** apimachinery's rand.String: five letters that spell no words. */
export function* suffix(length = 5): Coroutine<string> {
  return (yield* random('apiserver/name', length)).map((word) => ALPHABET[word % ALPHABET.length]!).join('');
}
/** names.SimpleNameGenerator: the base is cut so that the whole stays within 63. */
export function* generateName(base: string): Coroutine<string> {
  return base.slice(0, 58) + (yield* suffix());
}

export const meta = (object: Obj) => object.metadata ?? {};
/** The object with some of its metadata changed; undefined removes a field. */
export function withMeta(object: Obj, change: NonNullable<Obj['metadata']> | { readonly [key: string]: undefined }): Obj {
  const metadata: Record<string, unknown> = { ...object.metadata, ...change };
  const kept = Object.keys(metadata).filter((key) => metadata[key] !== undefined);
  return { ...object, metadata: (kept.length === Object.keys(metadata).length ? metadata : Object.fromEntries(kept.map((key) => [key, metadata[key]]))) as NonNullable<Obj['metadata']> };
}
/** A nested value, or undefined. */
export function at(object: unknown, ...path: readonly string[]): unknown {
  let value = object;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
export const text = (object: unknown, ...path: readonly string[]): string => {
  const value = at(object, ...path);
  return typeof value === 'string' ? value : '';
};
