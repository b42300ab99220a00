/**
 * Elastic tab stops: text whose cells end in tabs, laid out in columns. A column reaches over consecutive lines that have a cell
 * in it, so blocks of lines align by themselves. Models Go's text/tabwriter with a space as padding character and no flags.
 */

export interface TabStops { /** Columns are at least this wide. */ readonly minWidth: number; /** Spaces after the widest cell. */ readonly padding: number }

/** The number of characters as Go counts them: code points. */
const runes = (text: string): number => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length);

/** `text` with its tabs turned into columns. A last cell, one that no tab ends, is not padded. */
export function tabulate(text: string, { minWidth, padding }: TabStops): string {
  const lines = text.split(/[\n\f]/).map((line) => line.split(/[\t\v]/));
  const out = lines.map(() => '');
  /** Lays out the lines [from, to), whose first `widths.length` columns are known. */
  const layOut = (from: number, to: number, widths: readonly number[]): void => {
    const column = widths.length;
    for (let at = from; at < to;) {
      const here = lines[at]!;
      if (column >= here.length - 1) {
        out[at++] = here.map((cell, i) => (i < widths.length ? cell + ' '.repeat(widths[i]! - runes(cell)) : cell)).join('');
        continue;
      }
      let end = at;
      let width = minWidth;
      while (end < to && column < lines[end]!.length - 1) width = Math.max(width, runes(lines[end++]![column]!) + padding);
      layOut(at, end, [...widths, width]);
      at = end;
    }
  };
  layOut(0, lines.length, []);
  return out.join('\n');
}
