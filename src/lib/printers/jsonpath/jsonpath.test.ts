import { expect, test } from 'vitest';
import { executeJsonPath, relaxed } from './index.ts';

const list = { kind: 'List', items: [
  { metadata: { name: 'a', labels: { 'app.k8s.io/x': '1' } }, n: 1, status: { conditions: [{ type: 'Ready', status: 'True' }, { type: 'X', status: 'False' }] } },
  { metadata: { name: 'b' }, n: 2, state: { m: 'x->y' } },
] };
const rows: [string, string][] = [
  ['{.items[*].metadata.name}', 'a b'], ['{.items[0].nope}', ''], ['{range .items[*]}{.metadata.name}{"\\t"}{.n}{"\\n"}{end}', 'a\t1\nb\t2\n'],
  ["{.items[0].metadata.labels.app\\.k8s\\.io/x}", '1'], ["{.items[0].metadata.labels['app.k8s.io/x']}", '1'], ['{.items[?(@.metadata.name=="b")].n}', '2'],
  ['{.items[?(@.n>=1)].metadata.name}', 'a b'], ['{.items[0].status.conditions[?(@.type=="Ready")].status}', 'True'], ['{..name}', 'a b'], ['{.items[-1].metadata.name}', 'b'],
  ['{.items[0:1].metadata.name}', 'a'], ["{.items[1]['metadata','state']}", '{"name":"b"} {"m":"x-\\u003ey"}'], ['x={.kind}, {@.kind}', 'x=List, List'], ['{.items[1].state}', '{"m":"x-\\u003ey"}'],
  ['{.items[?(@.state)].metadata.name}', 'b'], ['{$.kind}', 'List'], ['{range .items[*]}{.metadata.name} {end}', 'a b '], ['{.items[0,1].n}', '1 2'], ['.items', '.items'],
];
test.each(rows)('%s', (template, wanted) => expect(executeJsonPath(template, list)).toBe(wanted));

const wrong: [string, string][] = [
  ['{.items[9].metadata.name}', 'array index out of bounds: index 9, length 2'], ['{.items[*', 'unterminated array'], ['{.items[*}', 'unterminated array'], ['{.a', 'unclosed action'], ['{foo}', 'unrecognized identifier foo'],
];
test.each(wrong)('%s is refused', (template, why) => expect(() => executeJsonPath(template, list)).toThrow(why));
test('relaxed', () => expect(['a.b', '.a.b', '{a.b}', '{.a.b}'].map(relaxed)).toEqual(Array(4).fill('{.a.b}')));
