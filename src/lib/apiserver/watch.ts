/**
 * Watches: what each event means to a client with its own selectors. Pure; the server keeps the recent events of each
 * resource in a table and sends from there. Models apiserver pkg/storage/cacher.
 */
import { memoOf } from '../../base/memo.ts';
import type { Resource } from '../../api/registry.ts';
import { toWire } from './convert.ts';
import { param, type Route } from './route.ts';
import { selection, type Test } from './selectors.ts';
import { badRequest, tooOld } from './status.ts';
import { versioned, type Obj, type Stored } from './store.ts';

/** A change of one object as the cache keeps it: before and after. */
export interface CacheEvent { readonly revision: number; readonly key: string; readonly object: Obj | null; readonly prev: Obj | null }
export interface WatchFrame { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; readonly object: unknown }

/** What the client asked for. Plain data. */
export interface WatchPlan {
  readonly route: Pick<Route, 'path' | 'namespace' | 'name'> & { readonly query: readonly (readonly [string, readonly string[]])[] };
  readonly prefix: string;
  /** null: begin with everything there is. */ readonly from: number | null;
  readonly bookmarks: boolean; readonly timeoutSeconds: number;
  /** Answer with Tables; `columns` were already sent. */ readonly table: boolean;
}

export function watchPlan(route: Route, prefix: string, table: boolean): WatchPlan {
  const version = param(route.query, 'resourceVersion');
  if (version !== '' && !/^\d+$/.test(version)) throw badRequest(`invalid resource version ${JSON.stringify(version)}: strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`);
  const asked = Number(param(route.query, 'timeoutSeconds'));
  return {
    route: { path: route.path, namespace: route.namespace, name: route.name, query: [...route.query] }, prefix,
    from: version === '' || version === '0' ? null : Number(version), bookmarks: param(route.query, 'allowWatchBookmarks') === 'true',
    timeoutSeconds: asked > 0 ? asked : 1800, table,
  };
}

/** What the watcher selects. A watch keeps its plan as it is, from event to event. */
export const watchTest = (resource: Resource, plan: WatchPlan): Test => testsOf(plan)(resource);
const testsOf = memoOf((plan: WatchPlan) => memoOf((resource: Resource): Test => selection(resource, new Map(plan.route.query)) ?? (() => true)));

/** The window is too short for what is asked. */
export function checkWindow(from: number, oldest: number): void {
  if (from < oldest) throw tooOld(from, oldest);
}

const at = (object: Obj, revision: number): Obj => versioned({ key: '', object, revision });

/** The frame an event makes for this client, or null. */
export function frameOf(resource: Resource, test: Test, event: CacheEvent): WatchFrame | null {
  const is = event.object !== null && test(event.object);
  const was = event.prev !== null && test(event.prev);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: toWire(resource, at(event.object!, event.revision)) };
  // A client sees an object leave its selection as it was before, at the revision of the change.
  return was ? { type: 'DELETED', object: toWire(resource, at(event.prev!, event.revision)) } : null;
}

/** What is there already, as the first frames of a watch without a version. */
export function initialFrames(resource: Resource, test: Test, items: Iterable<Stored>): WatchFrame[] {
  return [...items].filter(({ object }) => test(object)).map((item) => ({ type: 'ADDED', object: toWire(resource, versioned(item)) }));
}

export const bookmark = (resource: Resource, apiVersion: string, revision: number): WatchFrame =>
  ({ type: 'BOOKMARK', object: { kind: resource.kind, apiVersion, metadata: { resourceVersion: String(revision), creationTimestamp: null } } });
