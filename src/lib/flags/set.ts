/** A flag table made searchable. */
import type { FlagSet, FlagSpec } from './types.ts';

/** Builds the lookup for a list of flags. */
export function flagSet(specs: readonly FlagSpec[]): FlagSet {
  const byName = new Map<string, FlagSpec>();
  const byShorthand = new Map<string, FlagSpec>();
  for (const spec of specs) {
    byName.set(spec.name, spec);
    if (spec.shorthand) byShorthand.set(spec.shorthand, spec);
  }
  return { specs, byName, byShorthand };
}
