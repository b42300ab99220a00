/** One image of the catalogue. */
import type { Dir } from './trees.ts';

export interface Entry {
  readonly refs: readonly string[]; /** When known; else from the name. */ readonly id?: string; /** Compressed, bytes. */ readonly size: number; readonly files: () => Dir;
  readonly entrypoint?: readonly string[]; readonly cmd?: readonly string[]; readonly env?: readonly string[]; readonly user?: string; readonly workingDir?: string;
}
/** `docker.io/library/NAME:TAG` of each tag. */
export const official = (name: string, ...tags: readonly string[]): readonly string[] => tags.map((tag) => `docker.io/library/${name}:${tag}`);
