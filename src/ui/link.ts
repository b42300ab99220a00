// The state in the page's address: `#s=` and the packed state. It never leaves the browser that opens the link.

/** Longer addresses are cut by some programs and refused by others. */
export const longestLink = 1 << 20;

/** Null when there is none, `refused` when it is longer than any of ours. */
export function linkedState(): string | 'refused' | null {
  const { hash } = location;
  if (!hash.startsWith('#s=')) return null;
  return hash.length > longestLink + 3 ? 'refused' : hash.slice(3);
}
