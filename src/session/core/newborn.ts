/** The node as its provider switches it on, before anything has run: what a kept opening is written beside, and read beside. */
import { decodeSnapshot } from '../../kernel/codec/index.ts';
import { World } from '../../kernel/world.ts';
import type { WorldSnapshot } from '../../kernel/world.ts';
import { rom, worldSpec } from '../../distro/index.ts';
import { programs } from '../../distro/programs.ts';

export const newborn = (seed: number): World => new World(worldSpec(seed), programs, rom);

/** A packed opening, back, in pieces of some milliseconds. Errors: CodecError (another seed, another build, damage). */
export function* unpackingOpening(text: string, seed: number): Generator<void, WorldSnapshot, void> {
  const base = newborn(seed).snapshot();
  yield;
  return decodeSnapshot(text, base);
}
