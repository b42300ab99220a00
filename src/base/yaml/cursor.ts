/** A place in a text that knows its line and column. */
import type { Mark } from './token.ts';

const BREAKS = '\n\r\u0085\u2028\u2029';

export class Cursor {
  readonly text: string;
  index = 0;
  line = 0;
  column = 0;
  constructor(text: string) { this.text = text; }

  get mark(): Mark { return { index: this.index, line: this.line, column: this.column }; }
  /** '' at the end. */
  at(ahead = 0): string { return this.text.charAt(this.index + ahead); }
  isEnd(ahead = 0): boolean { return this.index + ahead >= this.text.length; }
  isBreak(ahead = 0): boolean { return !this.isEnd(ahead) && BREAKS.includes(this.at(ahead)); }
  isBlank(ahead = 0): boolean { const c = this.at(ahead); return c === ' ' || c === '\t'; }
  /** Blank, line break or end. */
  isGap(ahead = 0): boolean { return this.isEnd(ahead) || this.isBlank(ahead) || this.isBreak(ahead); }
  startsWith(text: string): boolean { return this.text.startsWith(text, this.index); }
  /** `---` or `...` with a gap behind it, at the beginning of a line. */
  isDocumentMark(): boolean { return this.column === 0 && (this.startsWith('---') || this.startsWith('...')) && this.isGap(3); }

  /** One character; not a line break. */
  take(): string {
    // A pair of surrogates is one column.
    const code = this.text.codePointAt(this.index) ?? 0;
    const length = code > 0xffff ? 2 : 1;
    const taken = this.text.substring(this.index, this.index + length);
    this.index += length;
    this.column++;
    return taken;
  }
  skip(count: number): void { for (let i = 0; i < count; i++) this.take(); }
  /** One line break, as a newline (the Unicode separators stay). */
  takeBreak(): string {
    const c = this.at();
    this.index += this.startsWith('\r\n') ? 2 : 1;
    this.line++;
    this.column = 0;
    return c === '\u2028' || c === '\u2029' ? c : '\n';
  }
  toLineEnd(): void { while (!this.isEnd() && !this.isBreak()) this.take(); }
}
