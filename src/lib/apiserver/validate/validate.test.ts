import { expect, test } from 'vitest';
import { resourceAt } from '../../../api/registry.ts';
import { defaulted } from '../kinds.ts';
import { createFaults, updateFaults } from './index.ts';

const say = (group: string, name: string, kind: string, object: object): string[] => {
  const version = 'v1';
  return createFaults(resourceAt(group, version, name)!, defaulted({ apiVersion: group === '' ? version : `${group}/${version}`, kind, ...object })).map(({ field, message }) => `${field}: ${message}`);
};
const container = { name: 'c', image: 'nginx' };
const pod = (spec: object, name = 'p') => say('', 'pods', 'Pod', { metadata: { name }, spec: { containers: [container], ...spec } });
const deployment = (spec: object) => say('apps', 'deployments', 'Deployment', { metadata: { name: 'd' }, spec: { selector: { matchLabels: { app: 'd' } }, template: { metadata: { labels: { app: 'd' } }, spec: { containers: [container] } }, ...spec } });

test('pods', () => {
  expect(pod({})).toEqual([]);
  expect(pod({}, 'App_1')[0]).toBe("metadata.name: Invalid value: \"App_1\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
  expect(pod({ containers: [] })).toEqual(['spec.containers: Required value']);
  expect(pod({ containers: [{ name: 'c' }, { name: 'c', image: 'x' }] })).toEqual(['spec.containers[0].image: Required value', 'spec.containers[1].name: Duplicate value: "c"']);
  expect(pod({ containers: [{ ...container, imagePullPolicy: 'always' }] })).toEqual(['spec.containers[0].imagePullPolicy: Unsupported value: "always": supported values: "Always", "IfNotPresent", "Never"']);
  expect(pod({ restartPolicy: 'Sometimes' })).toEqual(['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"']);
  expect(pod({ containers: [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/x' }] }] })).toEqual(['spec.containers[0].volumeMounts[0].name: Not found: "v"']);
  expect(pod({ containers: [{ ...container, ports: [{ containerPort: 70000 }] }] })).toEqual(['spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive']);
  expect(pod({ containers: [{ ...container, resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }] })).toEqual(['spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1']);
  expect(pod({ containers: [{ ...container, livenessProbe: {} }] })).toEqual(['spec.containers[0].livenessProbe: Required value: must specify a handler type']);
});

test('workloads and services', () => {
  expect(deployment({})).toEqual([]);
  expect(deployment({ replicas: -1 })).toEqual(['spec.replicas: Invalid value: -1: must be greater than or equal to 0']);
  expect(deployment({ selector: { matchLabels: { app: 'x' } } })).toEqual(['spec.template.metadata.labels: Invalid value: {"app":"d"}: `selector` does not match template `labels`']);
  expect(deployment({ selector: undefined })).toEqual(['spec.selector: Required value']);
  expect(deployment({ strategy: { type: 'Recreate', rollingUpdate: {} } })).toEqual(["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]);
  const changed = (labels: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } } });
  expect(updateFaults(resourceAt('apps', 'v1', 'deployments')!, defaulted(changed({ a: 'y' })), defaulted(changed({ a: 'x' })), '')).toEqual([{ field: 'spec.selector', message: 'Invalid value: {"matchLabels":{"a":"y"}}: field is immutable' }]);
  const service = (spec: object) => say('', 'services', 'Service', { metadata: { name: 's' }, spec });
  expect(service({ ports: [{ port: 80 }] })).toEqual([]);
  expect(service({})).toEqual(['spec.ports: Required value']);
  expect(service({ ports: [{ port: 80 }, { port: 81 }] })).toEqual(['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value']);
  expect(service({ ports: [{ port: 80, nodePort: 30000 }] })).toEqual(["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"]);
});
