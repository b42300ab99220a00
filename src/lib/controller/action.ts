/**
 * What a reconcile wants done, as data; and the one place that does it. What was written is put into the cache at once, so that
 * the next look already sees it: this is what makes upstream's "expectations" unnecessary here.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import { cacheDelete, cachePut } from '../informer/index.ts';
import { create, del, patch, update, type DeleteOptions, type KubeObject, type ResourceRef } from '../kube/index.ts';
import type { RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';
import { StatusError } from '../kube/index.ts';
import { recordEvent, type EventSpec } from './events.ts';

interface Common {
  readonly ref: ResourceRef;
  /** The informer whose cache holds such objects; absent when nobody caches them. */ readonly cache?: string;
  /** The event to record when it worked; gets the object as stored. */ readonly done?: (object: KubeObject) => EventSpec | null;
  /** The event to record when it failed. */ readonly failed?: (message: string) => EventSpec | null;
  /** Another thing to do when it failed (a condition in the owner's status). */ readonly onFailure?: (message: string) => Action | null;
  /** Another thing to do with what the server answered; may throw GoError, and the key comes back later. */ readonly onSuccess?: (object: KubeObject) => Action | null;
  /** API reasons that are as good as success. */ readonly ignore?: readonly string[];
}
export type Action =
  | (Common & { readonly op: 'create' | 'update' | 'updateStatus'; readonly object: unknown })
  | (Common & { readonly op: 'patch'; readonly type: 'strategic' | 'merge' | 'json'; readonly patch: unknown })
  | (Common & { readonly op: 'delete'; readonly options?: DeleteOptions; readonly object?: KubeObject })
  | { readonly op: 'event'; readonly event: EventSpec };

function* write(config: RestConfig, action: Exclude<Action, { op: 'event' }>): Coroutine<KubeObject | null> {
  switch (action.op) {
    case 'create': return yield* create(config, action.ref, action.object);
    case 'update': return yield* update(config, action.ref, action.object);
    case 'updateStatus': return yield* update(config, { ...action.ref, subresource: 'status' }, action.object);
    case 'patch': return yield* patch(config, action.ref, action.type, action.patch);
    case 'delete': {
      const left = yield* del<KubeObject & { readonly kind?: string }>(config, action.ref, action.options);
      return left.kind === 'Status' ? null : left;
    }
  }
}

/** Keeps the cache in step with a write that has succeeded. */
function* remember(action: Exclude<Action, { op: 'event' }>, stored: KubeObject | null): Coroutine<void> {
  if (action.cache === undefined) return;
  if (action.op === 'delete') {
    if (stored?.metadata?.deletionTimestamp) yield* cachePut(action.cache, stored);
    else if (action.object) yield* cacheDelete(action.cache, action.object);
  } else if (stored) yield* cachePut(action.cache, stored);
}

/** Does one action with its events. Throws GoError when the server refuses or is away. */
export function* perform(config: RestConfig, component: string, action: Action): Coroutine<void> {
  if (action.op === 'event') return yield* recordEvent(config, component, action.event);
  let stored: KubeObject | null;
  try {
    stored = yield* write(config, action);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (caught instanceof StatusError && action.ignore?.includes(caught.reason)) {
      if (action.op === 'delete') yield* remember(action, null);
      return;
    }
    const event = action.failed?.(caught.message);
    if (event) yield* recordEvent(config, component, event);
    const then = action.onFailure?.(caught.message);
    if (then) yield* perform(config, component, then);
    throw caught;
  }
  yield* remember(action, stored);
  const event = stored ? action.done?.(stored) : action.done?.(action.op === 'delete' && action.object ? action.object : { metadata: { name: '' } });
  if (event) yield* recordEvent(config, component, event);
  const next = stored ? action.onSuccess?.(stored) : null;
  if (next) yield* perform(config, component, next);
}
