/**
 * Discovery documents: the aggregated form the server answers with, and the older one that is kept in the cache
 * (APIGroupList, APIResourceList). Both become `Resource`s and back.
 */
import type { Json } from '../../../kernel/sys.ts';
import { groupVersion, type Resource } from './resource.ts';

type Obj = { readonly [key: string]: Json | undefined };
const list = (value: Json | undefined): readonly Obj[] => (Array.isArray(value) ? (value as readonly Obj[]) : []);
const strings = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const meta = (value: Obj): Obj => (value.metadata ?? {}) as Obj;

export const isAggregated = (value: Json): boolean => typeof value === 'object' && value !== null && (value as Obj).kind === 'APIGroupDiscoveryList';

/** The resources of an APIGroupDiscoveryList, groups and versions in its order. */
export function decodeAggregated(value: Json): Resource[] {
  return list((value as Obj).items).flatMap((group) => list(group.versions).flatMap((version) => list(version.resources).map((resource) => {
    const response = (resource.responseKind ?? {}) as Obj;
    return {
      group: text(meta(group).name), version: text(version.version), name: text(resource.resource), singular: text(resource.singularResource), kind: text(response.kind),
      namespaced: resource.scope === 'Namespaced', verbs: strings(resource.verbs), shortNames: strings(resource.shortNames), categories: strings(resource.categories),
    };
  })));
}

/** The group versions of an APIGroupList (or of `/api`'s APIVersions), the preferred version of each group first. */
export function decodeGroups(value: Json): string[] {
  const obj = value as Obj;
  if (obj.kind === 'APIVersions') return [...strings(obj.versions)];
  return list(obj.groups).flatMap((group) => {
    const first = text(((group.preferredVersion ?? {}) as Obj).groupVersion);
    const all = list(group.versions).map((version) => text(version.groupVersion));
    return first === '' ? all : [first, ...all.filter((gv) => gv !== first)];
  });
}

/** The resources of an APIResourceList, subresources left out. */
export function decodeResources(value: Json): Resource[] {
  const gv = text((value as Obj).groupVersion);
  const slash = gv.indexOf('/');
  const own = { group: slash < 0 ? '' : gv.slice(0, slash), version: gv.slice(slash + 1) };
  return list((value as Obj).resources).filter((r) => !text(r.name).includes('/')).map((r) => ({
    ...own, name: text(r.name), singular: text(r.singularName) || text(r.kind).toLowerCase(), kind: text(r.kind), namespaced: r.namespaced === true,
    verbs: strings(r.verbs), shortNames: strings(r.shortNames), categories: strings(r.categories),
  }));
}

/** What the cache holds: a file name under the cache's directory and its JSON. */
export function cacheFiles(resources: readonly Resource[]): readonly (readonly [string, Json])[] {
  const versions = [...new Set(resources.map(groupVersion))];
  const groups = [...new Set(resources.map((r) => r.group))].map((group) => {
    const own = versions.filter((gv) => (gv.includes('/') ? gv.slice(0, gv.indexOf('/')) : '') === group).map((gv) => ({ groupVersion: gv, version: gv.slice(gv.indexOf('/') + 1) }));
    return { name: group, versions: own, preferredVersion: own[0]! };
  });
  return [
    ['servergroups.json', { kind: 'APIGroupList', apiVersion: 'v1', groups }],
    ...versions.map((gv): readonly [string, Json] => [`${gv}/serverresources.json`, {
      kind: 'APIResourceList', apiVersion: 'v1', groupVersion: gv,
      resources: resources.filter((r) => groupVersion(r) === gv).map((r) => ({
        name: r.name, singularName: r.singular, namespaced: r.namespaced, kind: r.kind, verbs: r.verbs,
        ...(r.shortNames.length === 0 ? {} : { shortNames: r.shortNames }), ...(r.categories.length === 0 ? {} : { categories: r.categories }),
      })),
    }]),
  ];
}
