/** crictl's tables: columns at least 20 wide, 3 apart, the last one as it is; and its way to say how long ago. */

/** text/tabwriter(minwidth 20, tabwidth 1, padding 3). */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns - 1 }, (_, i) => Math.max(20, ...rows.map((row) => (row[i] ?? '').length + 3)));
  return rows.map((row) => `${row.map((cell, i) => (i < columns - 1 ? cell.padEnd(widths[i]!) : cell)).join('')}\n`).join('');
}

/** Models docker/go-units HumanDuration. `us` is a length of time. */
export function humanDuration(us: number): string {
  const seconds = Math.floor(us / 1_000_000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / 3600 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(hours / 24 / 365)} years`;
}

/** Models go-units HumanSizeWithPrecision(size, 3): `101MB`, `26.9MB`, `320kB`. */
export function humanSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [size, unit] = [bytes, 0];
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${Number(size.toPrecision(3))}${units[unit]}`;
}

export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 13);
