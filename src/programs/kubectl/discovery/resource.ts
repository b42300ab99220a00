/**
 * What the server serves, and how a typed word is matched with it. Models apimachinery's RESTMapper with client-go's shortcut and
 * category expanders.
 */
import { NoResourceMatch } from '../errors.ts';

/** A resource type of a group and version. */
export interface Resource {
  readonly group: string; readonly version: string;
  readonly name: string; readonly singular: string; readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[]; readonly shortNames: readonly string[]; readonly categories: readonly string[];
}

/** `apps/v1`, `v1`. */
export const groupVersion = ({ group, version }: Pick<Resource, 'group' | 'version'>) => (group === '' ? version : `${group}/${version}`);
/** `deployments.apps`, `pods`. */
export const fullName = ({ group, name }: Pick<Resource, 'group' | 'name'>) => (group === '' ? name : `${name}.${group}`);
/** `deployment.apps`, `pod`: how messages name an object's type. */
export const kindName = ({ group, kind }: Pick<Resource, 'group' | 'kind'>) => (group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`);

const named = (resource: Resource, word: string) => resource.name === word || resource.singular === word;

/** The first (most preferred) resource of that name; `list` is in the server's order of preference. */
export function findResource(list: readonly Resource[], typed: string): Resource {
  const word = typed.toLowerCase();
  const parts = word.split('.');
  if (parts.length >= 3) {
    const [name, version, ...group] = parts as [string, string, ...string[]];
    const exact = list.find((r) => named(r, name) && r.version === version && r.group === group.join('.'));
    if (exact !== undefined) return exact;
  }
  const [name, ...group] = parts as [string, ...string[]];
  const wanted = group.join('.');
  const inGroup = (r: Resource) => wanted === '' || r.group === wanted || r.group.startsWith(wanted);
  const found = list.find((r) => named(r, name) && inGroup(r)) ?? list.find((r) => r.shortNames.includes(name) && inGroup(r));
  if (found !== undefined) return found;
  const asKind = list.find((r) => r.kind === typed.split('.')[0] && inGroup(r));
  if (asKind !== undefined) return asKind;
  throw new NoResourceMatch(parts[0] === typed.split('.')[0] ? typed.split('.')[0]! : parts[0]!, wanted);
}

/** The resource that holds objects of a kind; null when the server has none. */
export function findKind(list: readonly Resource[], apiVersion: string, kind: string): Resource | null {
  return list.find((r) => r.kind === kind && groupVersion(r) === apiVersion) ?? null;
}

/** Replaces categories (`all`) by their resources. */
export function expandCategories(list: readonly Resource[], words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const members = list.filter((r) => r.categories.includes(word));
    return members.length === 0 ? [word] : members.map(fullName);
  });
}

/** The resources a bare word may mean: for each group only the version the server prefers. */
export function preferred(list: readonly Resource[]): readonly Resource[] {
  const first = new Map<string, string>();
  return list.filter((r) => {
    const version = first.get(`${r.group}/${r.name}`) ?? r.version;
    first.set(`${r.group}/${r.name}`, version);
    return version === r.version;
  });
}
