import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { goDump, podTemplateHash } from './template-hash.ts';

const text = readFileSync(new URL('../testing/recordings/template-hash.txt', import.meta.url), 'utf8');
const samples = [...text.matchAll(/^## (.*)\ntemplate: (.*)\ndump: (.*)\nfnv32a: .*\nComputeHash: (\w+)\nComputeHash with collisionCount 1: (\w+)/gm)];

it('there are samples of the real hash', () => expect(samples.length).toBe(6));
it.each(samples.map((m) => [m[1]!, m[2]!, m[3]!, m[4]!, m[5]!] as const))('%s', (_name, template, dump, hash, collided) => {
  const value = JSON.parse(template);
  // The samples were decoded from JSON, which forgets a binary quantity's text; a cluster's come from protobuf,
  // which keeps it (the recorded coredns below). Where there is such a quantity only the rest is comparable.
  const forget = (text: string): string => text.replace(/s:\(string\)\w* Format:\(resource.Format\)BinarySI/g, 'BinarySI');
  expect(forget(goDump('v1.PodTemplateSpec', value))).toBe(forget(dump));
  if (dump.includes('BinarySI')) return;
  expect(podTemplateHash(value)).toBe(hash);
  expect(podTemplateHash(value, 1)).toBe(collided);
});

it('the deployments of the recorded cluster', () => {
  const { items } = JSON.parse(readFileSync(new URL('../testing/recordings/replicasets.json', import.meta.url), 'utf8')) as { items: { metadata: { name: string; labels: Record<string, string> }; spec: { template: { metadata: { labels: Record<string, string> } } } }[] };
  for (const rs of items) {
    const labels = { ...rs.spec.template.metadata.labels };
    delete labels['pod-template-hash'];
    const template = { ...rs.spec.template, metadata: { ...rs.spec.template.metadata, labels } };
    expect(podTemplateHash(template as never)).toBe(rs.metadata.labels['pod-template-hash']);
  }
});
