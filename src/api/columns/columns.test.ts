import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseRfc3339 } from '../../base/time.ts';
import { printerOf } from './index.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../testing/recordings/${name}.json`, import.meta.url), 'utf8'));

it.each([
  ['Pod', 'pods', 'table-api-v1-namespaces-kube-system-pods'],
  ['Node', 'nodes', 'table-api-v1-nodes'],
  ['Deployment', 'deployments.apps', 'table-apis-apps-v1-namespaces-default-deployments'],
])('%s: columns and cells of a real server', (kind, objects, table) => {
  const { columnDefinitions, rows } = read(table);
  const { columns, row } = printerOf(kind);
  expect(columns.map(({ name, type, format, priority }) => ({ name, type, format, priority }))).toEqual(columnDefinitions.map(({ name, type, format, priority }: Record<string, unknown>) => ({ name, type, format, priority })));
  const { items } = read(objects);
  const age = columns.findIndex((c) => c.name === 'Age');
  for (const recorded of rows) {
    const object = items.find((o: { metadata: { name: string; namespace?: string } }) => o.metadata.name === recorded.object.metadata.name && o.metadata.namespace === recorded.object.metadata.namespace);
    const cells = row(object as never, parseRfc3339('2026-11-22T09:00:00Z')!);
    const comparable = (list: readonly unknown[]): unknown[] => list.filter((_, i) => i !== age).map((c) => (typeof c === 'string' ? c.replace(/\(.* ago\)/, '(AGE ago)') : c));
    expect(comparable(cells)).toEqual(comparable(recorded.cells));
  }
});
