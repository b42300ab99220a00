/**
 * Memoisation of pure functions by content: the one kind of module-level state the core allows, since forgetting it changes
 * nothing but time. The table is cleared when it is full rather than kept in use order: simpler, and misses are cheap.
 */

/** The same for pure functions of an immutable object, by identity: what nobody holds any more is forgotten. */
export function memoOf<A extends object, R>(pure: (argument: A) => R): (argument: A) => R {
  const known = new WeakMap<A, { readonly result: R }>();
  return (argument) => {
    let found = known.get(argument);
    if (found === undefined) known.set(argument, (found = { result: pure(argument) }));
    return found.result;
  };
}

/** A version of `pure` that remembers its results by `keyOf(argument)`. `pure` must depend on nothing else. */
export function memo<A, R>(keyOf: (argument: A) => string, pure: (argument: A) => R, limit = 512): (argument: A) => R {
  const known = new Map<string, R>();
  return (argument) => {
    const key = keyOf(argument);
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = pure(argument);
    if (known.size >= limit) known.clear();
    known.set(key, result);
    return result;
  };
}
