// The terminals of a sitting, seen from the page: where the output of each goes, and what has been typed and not yet sent.
import type { Session } from '../core/index.ts';
import { Line, type Output } from './line.ts';
import type { Host } from './pacer.ts';

export class Terminals {
  #lines = new Map<string, Line>();
  /** While it is true, nothing that is typed reaches the world. */
  held = false;

  constructor(
    private readonly session: Session,
    private readonly host: Host,
    private readonly send: (bytes: string, tty: string) => void,
  ) {}

  #line(tty: string): Line {
    let line = this.#lines.get(tty);
    if (line === undefined) this.#lines.set(tty, (line = new Line(tty)));
    return line;
  }

  isWaiting(tty: string): boolean {
    return this.#line(tty).isWaiting;
  }

  connect(output: Output, tty: string): () => void {
    const line = this.#line(tty);
    line.output = output;
    this.#reprint(line);
    return () => { if (line.output === output) line.output = null; };
  }

  forget(tty: string): void {
    this.#lines.delete(tty);
  }

  type(bytes: string, tty: string): void {
    const line = this.#line(tty);
    const waited = line.isWaiting;
    if (line.take(bytes, this.held)) this.send(bytes, tty);
    else if (!waited) this.#sendPieces(line);
  }

  /** Lets through what was typed meanwhile. */
  release(): void {
    this.held = false;
    for (const line of this.#lines.values()) this.#sendPieces(line);
  }

  /** With each frame, sends the next piece if the last has been read. */
  #sendPieces(line: Line): void {
    if (!line.isWaiting || this.held) return;
    if (this.session.atRest) this.send(line.piece(), line.tty);
    if (line.isWaiting) this.host.onFrame(() => this.#sendPieces(line));
  }

  /** Hands on what has been printed; → whether there was anything. */
  drain(): boolean {
    let printed = false;
    for (const line of this.#lines.values()) {
      const { data, at } = this.session.output(line.at, line.tty);
      line.at = at;
      if (data === '') continue;
      printed = true;
      line.output?.(data, false);
    }
    return printed;
  }

  /** The world has gone elsewhere: what waited is dropped, and every screen is drawn anew. */
  restart(): void {
    for (const line of this.#lines.values()) {
      line.forget();
      this.#reprint(line);
    }
  }

  #reprint(line: Line): void {
    const { data, at } = this.session.output(0, line.tty);
    line.at = at;
    line.output?.(data, true);
  }
}
