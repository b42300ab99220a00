import { expect, test } from 'vitest';
import { headerCells, layOut, naturalLess, outputFormat, printObject, rowCells, sortObjects, type Table } from './index.ts';

const options = { managedFields: false, noHeaders: false, missingKeys: true };
const list = { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items: [
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'b', labels: { x: '1', a: '2' } }, spec: { replicas: 2, t: '<x>' } },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', managedFields: [] } },
] };
const print = (output: string) => printObject(outputFormat(output, { template: '' }), list, options);

test('name, columns, templates', () => {
  expect(print('name')).toBe('deployment.apps/b\npod/a\n');
  expect(print('custom-columns=N:.metadata.name,L:.metadata.labels,R:.spec.replicas')).toBe('N     L              R\nb     map[a:2 x:1]   2\na     <none>         <none>\n');
  expect(print('go-template={{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}')).toBe('b\na\n');
  expect(print('go-template={{range $i, $e := .items}}{{if $i}},{{end}}{{$e.kind | printf "%-5s|"}}{{else}}none{{end}} {{.foo}} {{len .items}}')).toBe('Deployment|,Pod  | <no value> 2');
  expect(print('jsonpath={.items[0].spec}')).toBe('{"replicas":2,"t":"\\u003cx\\u003e"}');
  expect(print('json')).toContain('                "t": "\\u003cx\\u003e"');
});

test('complaints', () => {
  expect(() => print('yamll')).toThrow('unable to match a printer suitable for the output format "yamll", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml');
  expect(() => print('custom-columns=')).toThrow('custom-columns format specified but no custom columns given');
  expect(() => print('custom-columns=NAME')).toThrow('unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>');
  expect(() => print('custom-columns=A:{.metadata.name')).toThrow("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'");
  expect(() => print('jsonpath')).toThrow('template format specified but no template given');
  expect(() => print('jsonpath={.items[*')).toThrow('error parsing jsonpath {.items[*, unterminated array');
  expect(() => print('jsonpath={.items[9].x}')).toThrow('error executing jsonpath "{.items[9].x}": Error executing template: array index out of bounds: index 9, length 2. Printing more information for debugging the template:\n\ttemplate was:\n\t\t{.items[9].x}\n\tobject given to jsonpath engine was:\n\t\tmap[string]interface {}{"apiVersion":"v1", "items":[]interface {}{map');
  expect(() => sortObjects(list.items, '.nope')).toThrow('couldn\'t find any field with path "{.nope}" in the list of objects');
});

test('tables', () => {
  const table: Table = { kind: 'Table', columnDefinitions: [{ name: 'Name', type: 'string', format: 'name' }, { name: 'Ready', type: 'string' }, { name: 'IP', type: 'string', priority: 1 }, { name: 'Age', type: 'string' }],
    rows: [{ cells: ['nginx', '1/1', 'x', '10m'], object: { metadata: { name: 'nginx', namespace: 'd', labels: { app: 'n' } } } }, { cells: ['p\nq', '0/1', 'y', '2m'], object: { metadata: { name: 'p', namespace: 'd' } } }] };
  const show = (more: object) => { const o = { wide: false, withNamespace: false, kind: '', showLabels: false, labelColumns: [], ...more }; return layOut([headerCells(table, o), ...rowCells(table, o)]).text; };
  expect(show({})).toBe('NAME    READY   AGE\nnginx   1/1     10m\np...    0/1     2m\n');
  expect(show({ kind: 'pod', labelColumns: ['app'] })).toBe('NAME        READY   AGE   APP\npod/nginx   1/1     10m   n\npod/p...    0/1     2m    \n');
  expect(show({ withNamespace: true, showLabels: true, wide: true })).toBe('NAMESPACE   NAME    READY   IP    AGE   LABELS\nd           nginx   1/1     x     10m   app=n\nd           p...    0/1     y     2m    <none>\n');
});

test('natural order', () => expect(['pod-10', 'pod-2', 'pod-02'].sort((a, b) => (naturalLess(a, b) ? -1 : 1))).toEqual(['pod-2', 'pod-02', 'pod-10']));
