/** kubectl explain against the documents the API server makes, and the one recording that has it. */
import { expect, it } from 'vitest';
import { openApiDocument } from '../../../lib/apiserver/openapi/schema.ts';
import { readRecording } from '../../../testing/recording.ts';
import type { Resource } from '../discovery/index.ts';
import { body, header } from './print.ts';
import { kindIn, resolve, schemasIn } from './schema.ts';

function text(kind: string, group: string, path: string, recursive = false): string {
  const resource = { kind, group, version: 'v1' } as Resource;
  const schemas = schemasIn(openApiDocument(`/openapi/v3/${group === '' ? 'api' : `apis/${group}`}/v1`)!);
  const names = path === '' ? [] : path.split('.');
  const schema = names.reduce((at, name) => resolve(schemas, at).fields.get(name)!, kindIn(schemas, resource)!);
  return `${header(resource)}${body(schemas, names.at(-1) ?? '', schema, recursive)}`;
}

const recorded = new Map(readRecording('00-baseline-kubectl').map((entry) => [entry.command, entry.output]));
it.each([['kubectl explain pod', 'Pod', '', '', false], ['kubectl explain deploy.spec.strategy', 'Deployment', 'apps', 'spec.strategy', false], ['kubectl explain po.spec.containers.livenessProbe --recursive', 'Pod', '', 'spec.containers.livenessProbe', true]] as const)('%s', (command, kind, group, path, recursive) => {
  expect(text(kind, group, path, recursive).trimEnd()).toBe(recorded.get(command)!.trimEnd());
});

it('names types of lists, maps and quantities, and leaves what is not documented open', () => {
  const container = text('Pod', '', 'spec.containers', true);
  expect(container).toContain('FIELD: containers <[]Container>\n');
  expect(container).toContain('    limits\t<map[string]Quantity>\n');
  expect(container).toContain('    containerPort\t<integer> -required-\n');
  expect(text('Ingress', 'networking.k8s.io', 'spec.rules.http.paths')).toContain('  pathType\t<string> -required-\n  enum: Exact, ImplementationSpecific, Prefix\n    Exact, Prefix (element by element) or ImplementationSpecific.\n\n');
  expect(text('Pod', '', 'spec.readinessGates')).toContain('  conditionType\t<string> -required-\n    <no description>\n\n');
  expect(text('Job', 'batch', 'spec')).toContain('DESCRIPTION:\n    What is wanted.\n    What is wanted of a Job.\n    \nFIELDS:\n');
});

it('has a document for each group version and none besides', () => {
  const { paths } = openApiDocument('/openapi/v3') as { paths: Record<string, unknown> };
  for (const name of Object.keys(paths)) expect(openApiDocument(`/openapi/v3/${name}`)).toBeDefined();
  expect(openApiDocument('/openapi/v3/apis/nosuch/v1')).toBeUndefined();
});
