import { readdirSync, existsSync } from 'node:fs';
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

describe('the node', () => {
  test('every program folder is registered', () => {
    const folders = readdirSync(new URL('../programs/', import.meta.url)).filter((name) => existsSync(new URL(`../programs/${name}/index.ts`, import.meta.url)));
    expect(PROGRAMS.length).toBe(folders.length);
    expect(new Set(PROGRAMS.map((p) => p.name)).size).toBe(PROGRAMS.length);
  });
  test('boots to its default target', () => {
    const world = boot(5_000_000);
    const lines = journal(world);
    expect(lines.some((l) => l.includes('Reached target graphical.target'))).toBe(true);
    expect(lines.some((l) => l.includes('Startup finished in'))).toBe(true);
  });
});
