import { expect, it } from 'vitest';
import { formatRequirements, formatSelector, matches, parseFieldSelector, parseSelector, requirementsOf, selects } from './selector.ts';

const labels = { app: 'web', tier: 'front', n: '5' };

it.each([
  ['', true], ['app=web', true], ['app==web', true], ['app!=web', false], ['app!=db', true], ['nope!=db', true], ['app', true], ['!app', false], ['!nope', true],
  ['app in (web,db)', true], ['app notin (db)', true], ['nope in (x)', false], ['app=web,tier=front', true], ['app=web, tier = back', false], ['n>4', true], ['n<5', false], ['app in (web), n > 4', true], ['nope=', false],
])('%s matches: %s', (text, expected) => expect(matches(parseSelector(text), labels)).toBe(expected));

it.each([
  ['app in web', "unable to parse requirement: found 'web', expected: '('"],
  ['app foo bar', "unable to parse requirement: found 'foo', expected: in, notin, =, ==, !=, gt, lt"],
  ['app=a b', "found 'b', expected: ',' or 'end of string'"],
  ['a,', "found '', expected: identifier after ','"],
  ['n>x', "unable to parse requirement: values[0][n]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer"],
])('%s is no selector', (text, message) => expect(() => parseSelector(text)).toThrow(message));
it('a bad key or value is named', () => {
  expect(() => parseSelector('-a=b')).toThrow('unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of');
  expect(() => parseSelector('app=a_')).toThrow('unable to parse requirement: values[0][app]: Invalid value: "a_": a valid label must be an empty string or consist of');
});

it('prints sorted', () => {
  expect(formatRequirements(parseSelector('b in (y,x),a=1,!c'))).toBe('a=1,b in (x,y),!c');
  expect(formatSelector({ matchLabels: { b: '1', a: '2' } })).toBe('a=2,b=1');
  expect(formatSelector({})).toBe('<none>');
});
it('objects: empty selects all, none selects nothing', () => {
  expect(selects({}, labels)).toBe(true);
  expect(selects(null, labels)).toBe(false);
  expect(selects({ matchExpressions: [{ key: 'tier', operator: 'In', values: ['front'] }, { key: 'x', operator: 'DoesNotExist' }] }, labels)).toBe(true);
  expect(requirementsOf(undefined)).toBeNull();
});
it('fields', () => {
  expect(parseFieldSelector('metadata.name=a,status.phase!=Running')).toEqual([{ field: 'metadata.name', equal: true, value: 'a' }, { field: 'status.phase', equal: false, value: 'Running' }]);
  expect(() => parseFieldSelector('foo')).toThrow("invalid selector: 'foo'; can't understand 'foo'");
});
