/** Finds resources by what people and paths call them. */
import { groups, resources } from './resources.ts';
import type { Group, Resource } from './resources.ts';

export { groups, resources, verbsOf } from './resources.ts';
export type { Group, Resource, Subresource, Verb } from './resources.ts';

export const apiVersionOf = (r: { readonly group: string; readonly version: string }): string => (r.group === '' ? r.version : `${r.group}/${r.version}`);
/** `pods`, `deployments.apps`: the plural with its group, as kubectl and Status messages spell it. */
export const qualifiedName = (r: { readonly group: string; readonly name: string }): string => (r.group === '' ? r.name : `${r.name}.${r.group}`);

const byPath = new Map(resources.map((r) => [`${r.group}/${r.version}/${r.name}`, r]));
const byKind = new Map(resources.map((r) => [`${apiVersionOf(r)}/${r.kind}`, r]));

export const resourceAt = (group: string, version: string, name: string): Resource | undefined => byPath.get(`${group}/${version}/${name}`);
export const resourceOfKind = (apiVersion: string, kind: string): Resource | undefined => byKind.get(`${apiVersion}/${kind}`);
export const groupNamed = (name: string): Group | undefined => groups.find((g) => g.name === name);

/** The resource in its group's preferred version; events come from the core group first. */
export function preferredResource(group: string, name: string): Resource | undefined {
  const version = group === '' ? 'v1' : groupNamed(group)?.preferred;
  return version === undefined ? undefined : resourceAt(group, version, name);
}

/**
 * What a word on the command line means: plural, singular, short name or kind (any case), optionally
 * `.group` or `.version.group`. The core group wins, then discovery's order.
 */
export function resourceByName(word: string): Resource | undefined {
  const [head = '', ...rest] = word.split('.');
  const lower = head.toLowerCase();
  const names = (r: Resource): boolean => r.name === lower || r.singular === lower || r.shortNames.includes(lower) || r.kind.toLowerCase() === lower;
  const qualifier = rest.join('.');
  const fits = (r: Resource): boolean => qualifier === '' || r.group === qualifier || `${r.version}.${r.group}` === qualifier || (r.group === '' && r.version === qualifier);
  const preferred = (r: Resource): boolean => (r.group === '' ? true : groupNamed(r.group)?.preferred === r.version);
  return resources.find((r) => names(r) && fits(r) && preferred(r)) ?? resources.find((r) => names(r) && fits(r));
}
