import { expect, it } from 'vitest';
import { configKey, dns1035Label, dns1123Label, dns1123Subdomain, envVarName, ipAddress, labelValue, portName, qualifiedName } from './names.ts';

const names = { configKey, dns1035Label, dns1123Label, dns1123Subdomain, envVarName, ipAddress, labelValue, portName, qualifiedName };

it.each([
  ['dns1123Subdomain', 'a.b-c', true], ['dns1123Subdomain', 'A', false], ['dns1123Subdomain', 'a..b', false], ['dns1123Label', 'a.b', false], ['dns1123Label', 'a-b', true], ['dns1035Label', '1a', false],
  ['qualifiedName', 'app', true], ['qualifiedName', 'k8s.io/app_1', true], ['qualifiedName', '/a', false], ['qualifiedName', 'a/b/c', false], ['qualifiedName', '-a', false],
  ['labelValue', '', true], ['labelValue', 'a b', false], ['labelValue', 'x'.repeat(64), false], ['portName', 'http', true], ['portName', '80', false], ['portName', 'a--b', false],
  ['configKey', 'a.conf', true], ['configKey', 'a b', false], ['configKey', '..', false], ['envVarName', 'my var.1', true], ['envVarName', 'A=B', false], ['ipAddress', '10.0.0.1', true], ['ipAddress', '10.0.0.256', false], ['ipAddress', '::1', true],
] as const)('%s(%s) is good: %s', (check, text, good) => expect(names[check](text).length === 0).toBe(good));

it('says what is wrong as upstream does', () => {
  expect(names.qualifiedName('-a')).toEqual(["name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"]);
  expect(names.dns1123Label('x'.repeat(64))).toEqual(['must be no more than 63 characters']);
});
