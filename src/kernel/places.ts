/** Paths as names, where a walk along one has got to, and the spelling of a place (`fs:ino`) by which mount tables and watches are kept. All pure, and remembered. */
import { memo, memoOf } from '../base/memo.ts';
import type { Location, MountPoint, MountTable } from './state.ts';

/** Where a walk has got to. */
export interface Step { readonly at: Location; readonly name: string; readonly readOnly: boolean }
/** The path of a step, or of an entry of it, seen from the root at the bottom of the stack. */
export function pathOf(stack: readonly Step[], here: Step, entry?: string): string {
  const names = [...stack.slice(1), ...(stack.length > 0 ? [here] : [])].map(({ name }) => name);
  return `/${(entry === undefined ? names : [...names, entry]).join('/')}`;
}

export const keyOf = (at: Location): string => `${at.fs}:${at.ino}`;
/** A path's names without empty ones and dots, and the path they make. */
export const components = memo((path: string) => path, (path: string): { readonly names: readonly string[]; readonly path: string } => {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return { names, path: `/${names.join('/')}` };
}, 4096);

/** The inverse of `keyOf`. */
export const placeOf = memo((text: string) => text, (text: string): Location => {
  const [fs, ino] = text.split(':').map(Number) as [number, number];
  return { fs, ino };
});

/** A mount table as the walk asks it: by filesystem, then inode. */
export const mountsByPlace = memoOf((mounts: MountTable): ReadonlyMap<number, ReadonlyMap<number, MountPoint>> => {
  const places = new Map<number, Map<number, MountPoint>>();
  for (const [at, mount] of mounts) {
    const { fs, ino } = placeOf(at);
    places.set(fs, (places.get(fs) ?? new Map<number, MountPoint>()).set(ino, mount));
  }
  return places;
});
