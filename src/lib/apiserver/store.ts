/**
 * What the REST handler needs of a database: reads with their revision and compare-and-write of one key.
 * Two drivers: etcd's over its socket (store-etcd.ts) and one in memory (store-memory.ts).
 */
import type { Coroutine, Json } from '../../kernel/sys.ts';

export interface OwnerReference {
  readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string;
  readonly controller?: boolean; readonly blockOwnerDeletion?: boolean;
}
export interface Metadata {
  readonly name?: string; readonly generateName?: string; readonly namespace?: string; readonly uid?: string;
  readonly resourceVersion?: string; readonly generation?: number; readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string; readonly deletionGracePeriodSeconds?: number;
  readonly labels?: { readonly [key: string]: string }; readonly annotations?: { readonly [key: string]: string };
  readonly finalizers?: readonly string[]; readonly ownerReferences?: readonly OwnerReference[];
}
/** Any API object, as JSON. */
export interface Obj {
  readonly apiVersion?: string; readonly kind?: string; readonly metadata?: Metadata;
  readonly [key: string]: unknown;
}

export interface Stored { readonly key: string; readonly object: Obj; readonly revision: number }
export interface Listed { readonly revision: number; readonly items: readonly Stored[]; readonly more: boolean; /** Keys beyond the limit. */ readonly remaining: number }
export interface ListOptions { readonly limit?: number; /** The first key. */ readonly from?: string; readonly revision?: number }

/** Failures of the database itself are thrown as `ApiError`. Keys that begin with `prefix` are its list. */
export interface Store {
  get(key: string): Coroutine<{ readonly revision: number; readonly item: Stored | null }>;
  list(prefix: string, options?: ListOptions): Coroutine<Listed>;
  /** null: the key exists. */
  create(key: string, object: Obj, ttlSeconds?: number): Coroutine<Stored | null>;
  /** Writes when the key is still at `revision`; otherwise `current` is what is there. */
  update(key: string, object: Obj, revision: number, ttlSeconds?: number): Coroutine<{ readonly item: Stored } | { readonly current: Stored | null }>;
  remove(key: string, revision: number): Coroutine<{ readonly revision: number } | { readonly current: Stored | null }>;
}

interface Shown { readonly revision: number; readonly object: Obj }
/** What was last shown of a stored object: several watchers, and the client that wrote it, see the same. */
const shown = new WeakMap<Obj, Shown>();

/** The object as clients see it: with its resource version. */
export function versioned({ object, revision }: Stored): Obj {
  const known = shown.get(object);
  if (known?.revision === revision) return known.object;
  const seen = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
  shown.set(object, { revision, object: seen });
  return seen;
}
/** The object as it is stored: without it. */
export function bare(object: Obj): Obj {
  if (object.metadata?.resourceVersion === undefined) return object;
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
export const asJson = (object: unknown): Json => object as Json;
