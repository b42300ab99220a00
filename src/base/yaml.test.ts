import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatYaml, parseYaml, parseYamlDocuments } from './yaml.ts';

describe('values, as YAML 1.1 and Go have them', () => {
  it.each<[string, unknown]>([
    ['a: yes', { a: true }], ['a: off', { a: false }], ['a: ~', { a: null }], ['a:', { a: null }], ['a: 0777', { a: 511 }], ['a: 08', { a: 8 }], ['a: 0x1F', { a: 31 }], ['a: 1_000', { a: 1000 }], ['a: 1e3', { a: 1000 }], ['a: .5', { a: 0.5 }],
    ['a: 22:30', { a: '22:30' }], ['a: 2024-01-01', { a: '2024-01-01' }], ['a: 1.2.3', { a: '1.2.3' }], ['a: "yes"', { a: 'yes' }], ["a: 'it''s'", { a: "it's" }], ['a: "x\\ty\\u00e9"', { a: 'x\tyé' }], ['a: !!str 1', { a: '1' }],
    ['a: [1, b, "c"]', { a: [1, 'b', 'c'] }], ['{a: b, c: {d: e}}', { a: 'b', c: { d: 'e' } }], ['- a\n- - b\n  - c\n', ['a', ['b', 'c']]], ['a:\n- b\n- c: d\n  e: f\n', { a: ['b', { c: 'd', e: 'f' }] }],
    ['a: b # comment\n# more\nc: d#e', { a: 'b', c: 'd#e' }], ['a: one\n  two\n\n  three', { a: 'one two\nthree' }], ['a: |\n  x\n   y\n\n  z\nb: 1', { a: 'x\n y\n\nz\n', b: 1 }], ['a: |-\n  x\n', { a: 'x' }], ['a: |+\n  x\n\n', { a: 'x\n\n' }],
    ['a: >\n  x\n  y\n\n  z\n', { a: 'x y\nz\n' }], ['a: >\n  x\n    y\n  z\n', { a: 'x\n  y\nz\n' }], ['a: |2\n   x\n', { a: ' x\n' }], ['a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}', { a: { b: 1 }, c: { b: 1 }, d: { e: 2, b: 1 } }],
    ['a: 1\na: 2', { a: 2 }], ['1: a\ntrue: b', { 1: 'a', true: 'b' }], ['? a\n: b', { a: 'b' }], ['', null], ['# nothing', null], ['---\na: 1\n---\nb: 2', { a: 1 }], ['\ufeffa: 1', { a: 1 }], ['a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['a: "x\\\n   y"', { a: 'xy' }], ['a: "x\\\n\n\n  y"', { a: 'x\n\ny' }], ['a: "x\n\n  y"', { a: 'x\ny' }], ['a: http://b:80/c', { a: 'http://b:80/c' }], ['- --a=b:c', ['--a=b:c']], ['a:\n  - b\n  -\n  - c', { a: ['b', null, 'c'] }], ['{"a": "b", "c": [1, 2.5, true, null]}', { a: 'b', c: [1, 2.5, true, null] }],
  ])('%j', (text, value) => expect(parseYaml(text)).toEqual(value));
  it('documents', () => expect(parseYamlDocuments('---\na: 1\n---\n# x\n---\nb: 2\n...\n')).toEqual([{ a: 1 }, null, { b: 2 }]));
});

describe('mistakes, in the words and lines of go-yaml', () => {
  it.each([
    ['a:\n\tb: 1', 'yaml: line 2: found character that cannot start any token'],
    ['a:\n  b: c\n\td: e', 'yaml: line 3: found a tab character that violates indentation'],
    ['a: b\nkind Pod\nc: d', "yaml: line 3: could not find expected ':'"],
    ['apiVersion: v1\nkind: Pod\nmetadata;\n  creationTimestamp: null', "yaml: line 4: could not find expected ':'"],
    ['a: b: c', 'yaml: mapping values are not allowed in this context'],
    ['a: b\n  c: d', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a:\n  b: 1\n c: 2', 'yaml: line 2: did not find expected key'],
    ['spec:\n  containers:\n  - name: c\n  image: x\n  - foo', 'yaml: line 4: did not find expected key'],
    ['a:\n- b\nc\n', "yaml: line 4: could not find expected ':'"],
    ['- a\nb: c', "yaml: line 1: did not find expected '-' indicator"],
    ['a: "foo', 'yaml: found unexpected end of stream'],
    ['a: 1\nb: "foo\n', 'yaml: line 3: found unexpected end of stream'],
    ['a: [1, 2\nb: 3', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: {b: 1\nc: 3', "yaml: line 1: did not find expected ',' or '}'"],
    ['a: @x', 'yaml: found character that cannot start any token'], ['a:\n  b: %x', 'yaml: line 2: found character that cannot start any token'], ['a: `x`', 'yaml: found character that cannot start any token'],
    ['a: - b', 'yaml: block sequence entries are not allowed in this context'],
    ['a: *x', "yaml: unknown anchor 'x' referenced"],
    ['a: "\\q"', 'yaml: found unknown escape character'],
    ['a: ]', 'yaml: did not find expected node content'],
    ['a: {{ .Values.x }}', 'yaml: invalid map key: map[interface {}]interface {}{".Values.x":interface {}(nil)}'],
    ['a: \u0001', 'yaml: control characters are not allowed'],
    ['a: |x\n  b', 'yaml: did not find expected comment or line break'],
  ])('%j', (text, message) => expect(() => parseYaml(text)).toThrow(new Error(message)));
});

it('long lines are folded at the first blank behind column 80', () => {
  const text = "        message: 'failed to create containerd task: failed to create shim task: OCI\n          runtime create failed: runc create failed: unable to start container process:\n          exec: \"kube-schedulerrr\": executable file not found in $PATH: unknown'\n";
  expect(formatYaml({ a: { b: { c: { d: parseYaml(text) } } } }).split('\n').slice(4).join('\n')).toBe(text);
});

describe('kubectl -o yaml', () => {
  const recording = readFileSync(new URL('../testing/recordings/00-baseline-kubectl.txt', import.meta.url), 'utf8');
  const shown = [...recording.matchAll(/\n\$ (kubectl (?:get|create|run) .*-o yaml)\n([\s\S]*?)\n\n# \+/g)].map(([, command, text]) => [command!, `${text}\n`] as const);
  it('was recorded', () => expect(shown.length).toBeGreaterThan(12));
  it.each(shown)('%s', (_, text) => expect(formatYaml(parseYaml(text))).toBe(text));
  it.each<[unknown, string]>([
    [{ b: 1, a: [{ c: 'd', e: [] }], f: {} }, 'a:\n- c: d\n  e: []\nb: 1\nf: {}\n'], [{ a: 'yes', b: '1', c: '0777', d: 'null', e: '', f: '1e3' }, 'a: "yes"\nb: "1"\nc: "0777"\nd: "null"\ne: ""\nf: "1e3"\n'],
    [{ a: 'x\ny\n', b: 'x\ny' }, 'a: |\n  x\n  y\nb: |-\n  x\n  y\n'], [{ a: ['--x=y', '-c', 'a: b', '# x'] }, "a:\n- --x=y\n- -c\n- 'a: b'\n- '# x'\n"], [{ a: null, b: true }, 'a: null\nb: true\n'],
  ])('%j', (value, text) => expect(formatYaml(value as never)).toBe(text));
});

describe('what is written is read back', () => {
  const text = fc.string({ unit: fc.constantFrom(...' \n\t:#-?[]{},&*!|>\'"%@`~=.01ayNo\\é\u{1f600}'), maxLength: 12 });
  const long = fc.array(fc.constantFrom('word', 'a', 'longer-word', "it's", '"x"', 'key:', ': '), { minLength: 15, maxLength: 40 }).map((words) => words.join(' '));
  const leaf = fc.oneof(text, long, fc.integer(), fc.boolean(), fc.constant(null));
  const { value } = fc.letrec((tie) => ({ value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(text.filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 4 })) }));
  it('any value', () => fc.assert(fc.property(value, (given) => { expect(parseYaml(formatYaml(given as never))).toEqual(given); }), { seed: 1, numRuns: 2000 }));
});
