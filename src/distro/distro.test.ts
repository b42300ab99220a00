import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { World } from '../kernel/world.ts';
import { entriesOf, journalOf } from '../lib/journal/index.ts';
import { programs, rom, worldSpec } from './index.ts';
import { PROGRAMS } from './programs.ts';
import { MACHINE_ID } from './files/etc.ts';

const boot = (us: number): World => {
  const world = new World(worldSpec(1), programs, rom);
  world.advance(world.now + us);
  return world;
};
const journal = (world: World): string[] => entriesOf(journalOf({ kind: 'journal', size: 0, value: world.readDoc('controlplane', `/var/log/journal/${MACHINE_ID}/system.journal`) })!).map((e) => `${e.identifier}[${e.pid ?? ''}]: ${e.message}`);

const RESERVED = new Set(['true', 'false', 'yield', 'test', 'switch', 'function']);
/** The text of programs.ts for these folders. */
function registry(folders: readonly string[]): string {
  const local = (name: string) => (RESERVED.has(name) ? `${name}_` : name.replace(/[-.](\w)/g, (_, c: string) => c.toUpperCase()));
  const lines: string[] = [];
  let line = ' ';
  for (const name of folders) {
    if (line.length + local(name).length > 148) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${local(name)},`;
  }
  return ['/** Every guest program of the build, one line each; the tests compare it with the folders of src/programs. */', "import type { Program } from '../kernel/sys.ts';",
    ...folders.map((name) => `import { program as ${local(name)} } from '../programs/${name}/index.ts';`), '', 'export const PROGRAMS: readonly Program[] = [', ...lines, line, '];', ''].join('\n');
}

describe('the node', () => {
  test('programs.ts names every program folder (UPDATE=1 writes it)', () => {
    const file = new URL('./programs.ts', import.meta.url);
    const wanted = registry(readdirSync(new URL('../programs/', import.meta.url)).filter((name) => existsSync(new URL(`../programs/${name}/index.ts`, import.meta.url))).sort());
    if (process.env['UPDATE'] === '1') writeFileSync(file, wanted);
    expect(readFileSync(file, 'utf8')).toBe(wanted);
    expect(new Set(PROGRAMS.map((p) => p.name)).size).toBe(PROGRAMS.length);
  });
  test('boots to its default target', () => {
    const world = boot(5_000_000);
    const lines = journal(world);
    expect(lines.some((l) => l.includes('Reached target graphical.target'))).toBe(true);
    expect(lines.some((l) => l.includes('Startup finished in'))).toBe(true);
  });
});
