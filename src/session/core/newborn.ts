/**
 * The node as its provider switches it on, before anything has run: what a kept opening is written beside, and read beside.
 * Needs no program's code, so that a page can read an opening while most of the code is still on its way.
 */
import { decodeSnapshot } from '../../kernel/codec/index.ts';
import { World } from '../../kernel/world.ts';
import type { WorldSnapshot } from '../../kernel/world.ts';
import type { Program, Programs } from '../../kernel/sys.ts';
import { PROGRAM_NAMES, rom, worldSpec } from '../../distro/index.ts';

/** Every program by its name, the code of all but `here` still to come. */
export function programsTo(here: readonly Program[]): Map<string, Program | null> {
  return new Map<string, Program | null>([...PROGRAM_NAMES.map((name) => [name, null] as const), ...here.map((program) => [program.name, program] as const)]);
}

export const newborn = (seed: number, programs: Programs = programsTo([])): World => new World(worldSpec(seed), programs, rom);

/** A packed opening, back. Errors: CodecError (another seed, another build, damage). */
export function unpackOpening(text: string, seed: number): WorldSnapshot {
  return decodeSnapshot(text, newborn(seed).snapshot());
}
