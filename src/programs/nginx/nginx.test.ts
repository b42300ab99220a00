import { expect, test } from 'vitest';
import { check } from './directives.ts';
import { configOf, serverFor } from './config.ts';
import { locationMatcher } from './match.ts';
import { ConfigError, parse } from './parse.ts';
import { headed } from './serve.ts';

const FILE = '/etc/nginx/conf.d/default.conf';
/** The complaint about a text, as if it stood in an http block. */
function complaint(text: string, context: 'h' | 'm' = 'h'): string {
  try {
    const directives = parse(text, FILE);
    check(directives, context);
    configOf(context === 'm' ? directives : [{ name: 'events', args: [], block: [], file: FILE, line: 1 }, { name: 'http', args: [], block: directives, file: FILE, line: 1 }], FILE);
    return '';
  } catch (caught) {
    if (!(caught instanceof ConfigError)) throw caught;
    return caught.message;
  }
}

test.each([
  ['server {\n listen 80;\n}\n', ''],
  ['server {\n listen 80\n server_name x;\n}\n', `invalid parameter "server_name" in ${FILE}:3`],
  ['server {\n root /x\n index y;\n}\n', `invalid number of arguments in "root" directive in ${FILE}:3`],
  ['server {\n listen 80\n}\n', `unexpected "}" in ${FILE}:3`],
  ['server {\n listen 80;\n', `unexpected end of file, expecting "}" in ${FILE}:3`],
  ['server {\n listen 80;\n}\n}\n', `unexpected "}" in ${FILE}:4`],
  ['server {\n listen 80;\n foo bar;\n}\n', `unknown directive "foo" in ${FILE}:3`],
  ['listen 80;', `"listen" directive is not allowed here in ${FILE}:1`],
  ['server;', `directive "server" has no opening "{" in ${FILE}:1`],
  ['server {\n root /x {\n }\n}', `directive "root" is not terminated by ";" in ${FILE}:2`],
  ['server {\n ;\n}', `unexpected ";" in ${FILE}:2`],
  ['server {\n listen 99999;\n}', `invalid port in "99999" of the "listen" directive in ${FILE}:2`],
  ['server {\n access_log /x foo;\n}', ''],
  ['access_log /x foo;', `unknown log format "foo" in ${FILE}:1`],
  ['server {\n ssl_certificate /x;\n}', `"ssl_certificate" is not available in this lab in ${FILE}:2`],
  ['server {\n # listen 80\n location ~ \\.php$ { return 403; }\n}', ''],
  ["server { add_header X 'a; b { c'; }", ''],
])('%j', (text, expected) => {
  expect(complaint(text)).toBe(expected);
});

test('a whole configuration needs its events', () => {
  expect(complaint('http {}', 'm')).toBe('no "events" section in configuration');
});

const config = (text: string) => configOf([{ name: 'events', args: [], block: [], file: FILE, line: 1 }, { name: 'http', args: [], block: parse(text, FILE), file: FILE, line: 1 }], FILE);

test('a request finds its server and its location', () => {
  const it = config('server { listen 80; server_name a; location / {} location = /x { return 204; } location /img/ { alias /i/; } location ~ \\.png$ { return 403; } location ^~ /s/ {} } server { listen 80 default_server; server_name b; } server { listen 81; }');
  expect(serverFor(it, 80, 'a:80')?.names).toEqual(['a']);
  expect(serverFor(it, 80, 'zzz')?.names).toEqual(['b']);
  expect(serverFor(it, 81, 'a')?.ports).toEqual([81]);
  const where = (path: string) => locationMatcher(serverFor(it, 80, 'a')!.locations, path)?.path;
  expect([where('/'), where('/x'), where('/xy'), where('/img/a'), where('/img/a.png'), where('/s/a.png')]).toEqual(['/', '/x', '/', '/img/', '\\.png$', '/s/']);
});

test('headers stand in the order nginx sends them', () => {
  const own = { etag: '"68a3c2f4-267"', 'accept-ranges': 'bytes', 'last-modified': 'Tue, 19 Aug 2025 00:19:00 GMT', 'content-length': '615', 'content-type': 'text/html' };
  const { headers, verbatim } = headed({ status: 200, headers: own, body: null, stream: false }, '1.29.1', 0, { 'x-frame-options': 'DENY' });
  expect(Object.keys(headers)).toEqual(['server', 'date', 'content-type', 'content-length', 'last-modified', 'connection', 'etag', 'x-frame-options', 'accept-ranges']);
  expect(verbatim).toBe(true);
});
