import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { World } from '../kernel/world.ts';
import { entriesOf, journalOf } from '../lib/journal/index.ts';
import { rom, worldSpec } from './index.ts';
import { PROGRAM_NAMES } from './program-names.ts';
import { programs } from './programs.ts';
import { MACHINE_ID } from './files/etc.ts';

const boot = (us: number): World => {
  const world = new World(worldSpec(1), programs, rom);
  world.advance(world.now + us);
  return world;
};
const journal = (world: World): string[] => entriesOf(journalOf({ kind: 'journal', size: 0, value: world.readDoc('controlplane', `/var/log/journal/${MACHINE_ID}/system.journal`) })!).map((e) => `${e.identifier}[${e.pid ?? ''}]: ${e.message}`);

const RESERVED = new Set(['true', 'false', 'yield', 'test', 'switch', 'function']);
const folded = (items: readonly string[]): string[] => {
  const lines: string[] = [];
  let line = ' ';
  for (const item of items) {
    if (line.length + item.length > 148) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${item},`;
  }
  return [...lines, line];
};
/** The text of programs.ts for these folders. */
function registry(folders: readonly string[]): string {
  const local = (name: string) => (RESERVED.has(name) ? `${name}_` : name.replace(/[-.](\w)/g, (_, c: string) => c.toUpperCase()));
  return ['/** Every guest program of the build, one line each; the tests compare it with the folders of src/programs. */', "import type { Program } from '../kernel/sys.ts';",
    ...folders.map((name) => `import { program as ${local(name)} } from '../programs/${name}/index.ts';`), '', 'const PROGRAMS: readonly Program[] = [', ...folded(folders.map(local)), '];', '',
    '/** By name. */', 'export const programs: ReadonlyMap<string, Program> = new Map(PROGRAMS.map((program) => [program.name, program]));', ''].join('\n');
}
/** The text of program-names.ts. */
const names = (all: readonly string[]): string => ['/** What programs.ts names, for those who know a world before its programs are here; the tests compare the two. */',
  'export const PROGRAM_NAMES: readonly string[] = [', ...folded(all.map((name) => `'${name}'`)), '];', ''].join('\n');

describe('the node', () => {
  test('programs.ts names every program folder (UPDATE=1 writes it)', () => {
    const file = new URL('./programs.ts', import.meta.url);
    const wanted = registry(readdirSync(new URL('../programs/', import.meta.url)).filter((name) => existsSync(new URL(`../programs/${name}/index.ts`, import.meta.url))).sort());
    if (process.env['UPDATE'] === '1') writeFileSync(file, wanted);
    expect(readFileSync(file, 'utf8')).toBe(wanted);
  });
  test('program-names.ts has the name of each (UPDATE=1 writes it)', () => {
    const file = new URL('./program-names.ts', import.meta.url);
    if (process.env['UPDATE'] === '1') writeFileSync(file, names([...programs.keys()]));
    expect(PROGRAM_NAMES).toEqual([...programs.keys()]);
    expect(readFileSync(file, 'utf8')).toBe(names(PROGRAM_NAMES));
  });
  test('boots to its default target', () => {
    const world = boot(5_000_000);
    const lines = journal(world);
    expect(lines.some((l) => l.includes('Reached target graphical.target'))).toBe(true);
    expect(lines.some((l) => l.includes('Startup finished in'))).toBe(true);
  });
});
