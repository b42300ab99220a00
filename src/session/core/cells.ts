/**
 * The line being typed as it stands on the screen, out of what readline printed for it: a terminal's cells, as far as
 * readline moves in them. Not modelled: colours, and everything that only whole-screen programs print.
 */
const TOKEN = /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][\s\S]*?(?:\x07|\x1b\\)|\x1b.|[\s\S]/gu;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

interface Row { readonly cells: string[]; /** Goes on from the row above it. */ wrapped: boolean }

class Cells {
  rows: Row[] = [{ cells: [], wrapped: false }];
  #row = 0;
  #col = 0;
  constructor(private readonly cols: number) {}

  put(c: string): void {
    const width = WIDE.test(c) ? 2 : 1;
    if (this.#col + width > this.cols) this.#down(true);
    const { cells } = this.rows[this.#row]!;
    cells[this.#col] = c;
    if (width === 2) cells[this.#col + 1] = '';
    this.#col += width;
  }
  #down(wrapped: boolean): void {
    this.#row++;
    this.#col = 0;
    this.rows[this.#row] ??= { cells: [], wrapped };
  }
  control(c: string): void {
    if (c === '\r') this.#col = 0;
    else if (c === '\n') this.#down(false);
    else if (c === '\b') this.#col = Math.max(0, this.#col - 1);
  }
  sequence(parameter: string, final: string): void {
    const n = Number(parameter) || 1;
    if (final === 'A') this.#row = Math.max(0, this.#row - n);
    else if (final === 'B') this.#row = Math.min(this.rows.length - 1, this.#row + n);
    else if (final === 'C') this.#col = Math.min(this.cols - 1, this.#col + n);
    else if (final === 'D') this.#col = Math.max(0, this.#col - n);
    else if (final === 'H') [this.rows, this.#row, this.#col] = [[{ cells: [], wrapped: false }], 0, 0];
    else if (final === 'J' || final === 'K') {
      this.rows[this.#row]!.cells.length = Math.min(this.rows[this.#row]!.cells.length, this.#col);
      if (final === 'J') this.rows.length = this.#row + 1;
    }
  }
}

/** What stands on the screen after `stream` was printed from a row's start; a row that was wrapped is one line with the one above. */
export function lineOnScreen(stream: string, cols: number): string {
  const cells = new Cells(cols);
  for (const [token, parameter, final] of stream.matchAll(TOKEN)) {
    if (final !== undefined) cells.sequence(parameter!, final);
    else if (token < ' ') cells.control(token);
    else if (!token.startsWith('\x1b')) cells.put(token);
  }
  return cells.rows.map(({ cells: row, wrapped }, i) => `${i > 0 && !wrapped ? '\n' : ''}${Array.from(row, (c) => c ?? ' ').join('')}`).join('');
}
