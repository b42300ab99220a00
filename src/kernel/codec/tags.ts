/**
 * The text form of a snapshot, version 2: JSON whose arrays are nodes `[tag, …]`. What occurs more than once (by identity, or as a long
 * string) stands once in `shared`; property names stand once in `shapes`. Relative to a base world, a node may say "as in the base" or
 * name only what changed; so the kept opening is small beside the world at its birth, and a save beside the opening.
 */
export const FORMAT = 'crashloop-world/2';

export const TAG = {
  shared: 0, undefined: 1, number: 2, array: 3, object: 4, map: 5, tree: 6, view: 7, table: 8, filesystem: 9, failed: 10, nulls: 11,
  /** As in the base. */ same: 12,
  /** `[tag, index, node, …]`: an object or array of the base's shape or length with some places changed. */ patched: 13,
  /** `[tag, key, node, …]`: a map or tree of the base with entries set, added at its end, or taken out (`gone`). */ edited: 14,
  gone: 15,
} as const;

export interface Encoded { readonly format: string; readonly shapes: readonly (readonly string[])[]; readonly shared: readonly unknown[]; readonly root: unknown }

/** Anything that is not such a text. */
export class CodecError extends Error {}
