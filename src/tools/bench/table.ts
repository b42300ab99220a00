/** A measurement: what, what was reached, and what was aimed at. */
export type Row = readonly [what: string, got: string, aim: string];

/** Milliseconds, with a digit after the point when they are few. */
export const ms = (n: number): string => `${n < 10 ? n.toFixed(1) : Math.round(n)} ms`;
export const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KB`;
/** The value below which the share `p` of the values lies. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]!;
}

export function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(([what]) => what.length));
  for (const [what, got, aim] of rows) console.log(`${what.padEnd(width)}  ${got.padEnd(18)}  ${aim === '-' ? '' : `aim ${aim}`}`.trimEnd());
}
