/** What FIPS 180-4 takes its constants from: the fractional parts of the square and cube roots of the first primes. */

export function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((prime) => n % prime !== 0n)) found.push(n);
  return found;
}

/** floor(2^bits · frac(n^(1/degree))), by integer search: no floating point, so every engine agrees. */
export function rootFraction(n: bigint, degree: 2 | 3, bits: bigint): bigint {
  const target = n << (bits * BigInt(degree));
  let low = 0n;
  let high = 1n << (bits + 8n);
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle * middle * (degree === 3 ? middle : 1n) <= target) low = middle; else high = middle - 1n;
  }
  return low & ((1n << bits) - 1n);
}
