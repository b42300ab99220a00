/**
 * Rows of cells under each other, as the tabwriter of `kubectl get` lays them out: each column as wide as its widest cell plus three,
 * at least six; the last cell of a row is not padded. Models github.com/liggitt/tabwriter with RememberWidths: what was printed
 * before decides how wide a later row's columns are at least.
 */

/** The number of characters, as tabwriter counts them: code points. */
export const runes = (text: string) => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length);

export interface Laid { readonly text: string; /** Give this to the next call when the rows continue a printed table. */ readonly widths: readonly number[] }
export interface Spacing { readonly padding: number; readonly least: number }

const GET: Spacing = { padding: 3, least: 6 };

/** Lays rows out. */
export function layOut(rows: readonly (readonly string[])[], before: readonly number[] = [], { padding, least } = GET): Laid {
  const widths = [...before];
  const most = Math.max(0, ...rows.map((row) => row.length));
  for (let column = 0; column < most - 1; column++) {
    const widest = Math.max(0, ...rows.filter((row) => row.length > column + 1).map((row) => runes(row[column]!) + padding));
    widths[column] = Math.max(least, widest, before[column] ?? 0);
  }
  const text = rows.map((row) => {
    const padded = row.map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat(Math.max(0, widths[i]! - runes(cell)))));
    return `${padded.join('')}\n`;
  }).join('');
  return { text, widths };
}

/** A cell as one line: cut at the first line break, control characters made visible. */
export function oneLine(text: string): string {
  const cut = text.search(/[\n\r\f]/);
  const line = cut < 0 ? text : `${text.slice(0, cut)}...`;
  return line.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (c) => (c === '\u001b' ? '^[' : JSON.stringify(c).slice(1, -1)));
}
