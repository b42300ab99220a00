/**
 * What a reconcile may look at: the informers' caches as immutable versions. Pure, so tests build one from plain lists.
 */
import type { TableView } from '../../kernel/sys.ts';
import { objectKey } from '../informer/index.ts';
import type { KubeObject } from './kinds.ts';

/** Caches by informer name (`pods`), keyed `namespace/name` or `name`. */
export interface Cache {
  get<T extends KubeObject>(name: string, key: string): T | undefined;
  /** In key order; with a namespace only its objects. */ list<T extends KubeObject>(name: string, namespace?: string): readonly T[];
}

/** A cache over table views. */
export function cacheOf(views: ReadonlyMap<string, TableView<KubeObject>>): Cache {
  const lists = new Map<string, readonly KubeObject[]>();
  const view = (name: string) => {
    const found = views.get(name);
    if (!found) throw new Error(`this controller declared no cache ${name}`);
    return found;
  };
  return {
    get: <T extends KubeObject>(name: string, key: string) => view(name).get(key) as T | undefined,
    list: <T extends KubeObject>(name: string, namespace?: string) => {
      const id = `${name} ${namespace ?? ''}`;
      let found = lists.get(id);
      if (!found) {
        if (namespace === undefined) found = [...view(name).values()];
        else {
          const some: KubeObject[] = [];
          for (const [key, object] of view(name).entries(`${namespace}/`)) {
            if (!key.startsWith(`${namespace}/`)) break;
            some.push(object);
          }
          found = some;
        }
        lists.set(id, found);
      }
      return found as unknown as readonly T[];
    },
  };
}

/** A cache of plain lists, for tests. */
export function cacheFrom(lists: Readonly<Record<string, readonly KubeObject[]>>): Cache {
  return {
    get: <T extends KubeObject>(name: string, key: string) => (lists[name] ?? []).find((object) => objectKey(object) === key) as T | undefined,
    list: <T extends KubeObject>(name: string, namespace?: string) => (lists[name] ?? []).filter((object) => namespace === undefined || object.metadata.namespace === namespace) as unknown as readonly T[],
  };
}
