// Keeps the house as it is meant to be; the rules are in testing/tidy/, one noun a file. All problems are told at once.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forgottenYields } from './testing/tidy/generators.ts';
import { circles, orphans, walls } from './testing/tidy/imports.ts';
import { oversize, tighten, type Ratchet } from './testing/tidy/size.ts';
import { parseSource, readSources, type Problem, type Source } from './testing/tidy/source.ts';
import { bannedWords } from './testing/tidy/words.ts';

const tell = (problems: readonly Problem[]) => problems.map(({ path, line, text }) => `src/${path}:${line} ${text}`).sort();

describe('the house is tidy', () => {
  const { sources, problems } = readSources();
  const ratchetFile = new URL('./tidy.ratchet.json', import.meta.url);
  const ratchet = JSON.parse(readFileSync(ratchetFile, 'utf8')) as Ratchet;
  if (process.env.UPDATE) writeFileSync(ratchetFile, `${JSON.stringify(tighten(sources, ratchet), null, 2)}\n`);

  test('every file parses', () => expect(tell(problems)).toEqual([]));
  test('a room imports only rooms below it, and its few packages', () => expect(tell(walls(sources))).toEqual([]));
  test('no files import each other in a circle', () => expect(tell(circles(sources))).toEqual([]));
  test('every file is reached by an entry or a test', () => expect(tell(orphans(sources))).toEqual([]));
  test('files and functions stay small', () => expect(tell(oversize(sources, ratchet))).toEqual([]));
  test('no coroutine is called without yield*', () => expect(tell(forgottenYields(sources))).toEqual([]));
  test('the core says no word that differs between engines or moments', () => expect(tell(bannedWords(sources))).toEqual([]));
});

describe('the rules find what they are for', () => {
  const files = (given: Record<string, string>): Source[] => Object.entries(given).map(([path, text]) => parseSource(path, text).source);

  test('walls', () => {
    const found = walls(files({
      'base/a.ts': "import { x } from '../kernel/sys.ts';",
      'programs/ls/index.ts': "import { y } from '../cat/index.ts';\nimport type { Z } from 'react';",
      'distro/a.ts': "import type { World } from '../kernel/world.ts';\nimport { World as W } from '../kernel/world.ts';",
    }));
    expect(tell(found)).toEqual([
      'src/base/a.ts:1 base may not import kernel/sys.ts',
      'src/distro/a.ts:2 distro may not import kernel/world.ts',
      'src/programs/ls/index.ts:1 a program imports another program: programs/cat/index.ts',
      'src/programs/ls/index.ts:2 programs may not use the package react',
    ]);
  });

  test('circles and orphans', () => {
    const circle = files({ 'base/a.ts': "import './b.ts';", 'base/b.ts': "export * from './a.ts';", 'base/a.test.ts': "import './a.ts';", 'base/c.ts': '' });
    expect(tell(circles(circle))).toEqual(['src/base/b.ts:1 imports in a circle: base/a.ts → base/b.ts → base/a.ts']);
    expect(tell(orphans(circle))).toEqual(['src/base/c.ts:1 is reached by no entry and no test']);
  });

  test('forgotten yields, through arrows, re-exports and methods', () => {
    const found = forgottenYields(files({
      'kernel/sys.ts': 'export function* sys() {}\nexport const sleep = (us: number) => sys();',
      'kernel/index.ts': "export { sleep as nap } from './sys.ts';",
      'lib/a.ts': "import { nap } from '../kernel/index.ts';\nexport function* run(map: Map<string, string>, fd: File) {\n  nap(1);\n  yield* nap(1);\n  if (nap(2)) map.delete('x');\n  fd.flush();\n}\nclass File { *flush() {} }",
    }));
    expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual(['lib/a.ts:3', 'lib/a.ts:5', 'lib/a.ts:6']);
  });

  test('banned words, but not in comments, strings or keys', () => {
    const found = bannedWords(files({ 'base/a.ts': "// Date.now\nconst a = 'new Date()';\nconst b = { Promise: 2 ** 3 };\nasync function f() {}\nconst d = new Date(1);\nconst r = /\\p{L}/u;\nnew RegExp(a);" }));
    expect(found.map(({ line, text }) => `${line} ${text}`)).toEqual([
      '3 the core may not say `**`', '4 the core may not say `async`', '5 the core may not say `new Date(`', '6 the core may not say `\\p{`',
      '7 the core may not say `RegExp on text that is not a literal (use the linear-time engine)`',
    ]);
  });

  test('size, without tables and comments', () => {
    const long = (row: string) => Array.from({ length: 300 }, () => row).join('\n');
    const sources = files({ 'base/table.ts': `export const rows = [\n${long('1,')}\n];`, 'base/code.ts': `function f() {\n${long('g();')}\n}`, 'base/words.ts': long('// why') });
    expect(tell(oversize(sources, {}))).toEqual(['src/base/code.ts:1 file as a whole has 302 lines of code (at most 250)', 'src/base/code.ts:1 function f has 302 lines of code (at most 70)']);
    expect(oversize(sources, { 'base/code.ts': 302, 'base/code.ts#f': 302 })).toEqual([]);
    expect(tighten(sources, { 'base/code.ts': 400, 'base/gone.ts': 300 })).toEqual({ 'base/code.ts': 302 });
  });
});
