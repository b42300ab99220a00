// A line as it was printed, put together again from the rows it was wrapped over, with the cell that each of its characters stands in.
import type { IBuffer } from '@xterm/xterm';

export interface Cell {
  /** Both from 1, as xterm's links count. */
  readonly x: number;
  readonly y: number;
}

export interface LogicalLine {
  readonly text: string;
  /** The cell of each code unit of `text`. */
  readonly cells: readonly Cell[];
}

/** No line is followed over more rows than this. */
const mostRows = 50;

/** The line that row `y` (from 1) belongs to. */
export function logicalLine(buffer: IBuffer, y: number): LogicalLine {
  let first = y - 1;
  while (first > y - mostRows && buffer.getLine(first)?.isWrapped) first--;
  let text = '';
  const cells: Cell[] = [];
  for (let row = first; row < first + mostRows; row++) {
    const line = buffer.getLine(row);
    if (!line || (row > first && !line.isWrapped)) break;
    for (let x = 0; x < line.length; x++) {
      const cell = line.getCell(x);
      // The second half of a wide character has no text of its own.
      if (!cell || cell.getWidth() === 0) continue;
      const characters = cell.getChars() || ' ';
      text += characters;
      for (let unit = 0; unit < characters.length; unit++) cells.push({ x: x + 1, y: row + 1 });
    }
  }
  return { text, cells };
}
