/** Discovery: the documents that say what is served, made from the registry's table. Not modelled: the aggregated form. */
import { apiVersionOf, groupNamed, groups, resources, verbsOf, type Resource } from '../../api/registry.ts';

const clients = (server: string) => [{ clientCIDR: '0.0.0.0/0', serverAddress: server }];
const versionOf = (group: string, version: string) => ({ groupVersion: `${group}/${version}`, version });
function groupDoc(name: string) {
  const group = groupNamed(name)!;
  return { name, versions: group.versions.map((version) => versionOf(name, version)), preferredVersion: versionOf(name, group.preferred) };
}

function rows(resource: Resource): unknown[] {
  const { name, singular, namespaced, kind, shortNames, categories, storageVersionHash, subresources } = resource;
  const verbs = [...resource.verbs].sort();
  const main = { name, singularName: singular, namespaced, kind, verbs, ...(shortNames.length === 0 ? {} : { shortNames }), ...(categories.length === 0 ? {} : { categories }), ...(storageVersionHash === '' ? {} : { storageVersionHash }) };
  return [main, ...subresources.map((sub) => ({
    name: `${name}/${sub.name}`, singularName: '', namespaced, ...(sub.group === undefined ? {} : { group: sub.group }), ...(sub.version === undefined ? {} : { version: sub.version }), kind: sub.kind, verbs: [...verbsOf(sub.verbs)].sort(),
  }))];
}

function resourceList(group: string, version: string): unknown {
  const groupVersion = apiVersionOf({ group, version });
  const served = resources.filter((resource) => resource.group === group && resource.version === version);
  return served.length === 0 ? undefined : { kind: 'APIResourceList', ...(group === '' ? {} : { apiVersion: 'v1' }), groupVersion, resources: served.flatMap(rows) };
}

/** The document at a discovery path; undefined: there is none. `server` is the advertised `host:port`. */
export function discoveryDocument(path: string, server: string): unknown {
  const [root = '', group = '', version = '', more] = path.split('/').filter((part) => part !== '');
  if (more !== undefined) return undefined;
  if (root === 'api') {
    if (group === '') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: clients(server) };
    return version === '' ? resourceList('', group) : undefined;
  }
  if (root !== 'apis') return undefined;
  if (group === '') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(({ name }) => groupDoc(name)) };
  if (groupNamed(group) === undefined) return undefined;
  if (version === '') return { kind: 'APIGroup', apiVersion: 'v1', ...groupDoc(group) };
  return resourceList(group, version);
}

export const versionDocument = {
  major: '1', minor: '33', emulationMajor: '1', emulationMinor: '33', minCompatibilityMajor: '1', minCompatibilityMinor: '32',
  gitVersion: 'v1.33.0', gitCommit: '60a317eadfcb839692a68eab88b2096f4d708f4f', gitTreeState: 'clean', buildDate: '2025-04-23T13:00:34Z', goVersion: 'go1.24.4', compiler: 'gc', platform: 'linux/amd64',
};
