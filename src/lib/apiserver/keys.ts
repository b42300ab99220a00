/** Where an object lies in etcd. Models the storage prefixes of kubernetes pkg/registry. */
import type { Resource } from '../../api/registry.ts';

const special: Readonly<Record<string, string>> = {
  nodes: 'minions', services: 'services/specs', endpoints: 'services/endpoints', replicationcontrollers: 'controllers', ingresses: 'ingress',
  apiservices: 'apiregistration.k8s.io/apiservices', customresourcedefinitions: 'apiextensions.k8s.io/customresourcedefinitions',
};
export const ROOT = '/registry/';

/** `/registry/pods/`: the prefix of all objects of a resource; groups that share a resource share its storage. */
export const prefixOf = (resource: Pick<Resource, 'name'>): string => `${ROOT}${special[resource.name] ?? resource.name}/`;
/** The prefix of a list: of one namespace when it is not ''. */
export const listPrefix = (resource: Pick<Resource, 'name'>, namespace: string): string => prefixOf(resource) + (namespace === '' ? '' : `${namespace}/`);
export const keyOf = (resource: Pick<Resource, 'name' | 'namespaced'>, namespace: string, name: string): string =>
  prefixOf(resource) + (resource.namespaced ? `${namespace}/` : '') + name;
