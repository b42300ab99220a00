// One terminal of a sitting: where its output goes, and what has been typed and not yet sent. A paste is sent in pieces, each when the one
// before has been read, as a slow line would carry it.

/** A piece of a paste, in bytes. */
const pieceBytes = 4096;

export type Output = (bytes: string, fromStart: boolean) => void;

export class Line {
  /** Offset up to which output has been handed on. */
  at = 0;
  output: Output | null = null;
  #unsent = '';

  constructor(readonly tty: string) {}

  get isWaiting(): boolean {
    return this.#unsent !== '';
  }

  /** Takes typed bytes; true when they may be sent at once, false when they wait. */
  take(bytes: string, held: boolean): boolean {
    // An interrupt is not to wait behind a paste; it ends it.
    if (bytes === '\x03') this.#unsent = '';
    if (!held && this.#unsent === '' && bytes.length <= pieceBytes) return true;
    this.#unsent += bytes;
    return false;
  }

  /** The next piece of what waits; '' when nothing does. */
  piece(): string {
    const piece = this.#unsent.slice(0, pieceBytes);
    this.#unsent = this.#unsent.slice(pieceBytes);
    return piece;
  }

  forget(): void {
    this.#unsent = '';
  }
}
