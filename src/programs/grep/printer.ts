/** Decides line by line what grep shows: matches, context, counts, names. */
import { write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import type { Match, Regex } from '../../lib/regex/index.ts';

export interface Style {
  readonly regexes: readonly Regex[]; readonly invert: boolean; readonly only: boolean; readonly numbers: boolean; readonly count: boolean; readonly names: 'with' | 'without' | null; readonly quiet: boolean;
  readonly max: number; readonly before: number; readonly after: number; readonly withFile: boolean; /** Binary lines are shown as they are. */ readonly text: boolean; readonly colour: boolean;
}

export class Printer {
  found = false;
  failed = false;
  readonly #style: Style;
  #file = '';
  #number = 0;
  #hits = 0;
  #queue: { n: number; text: string }[] = [];
  #afterLeft = 0;
  #lastShown = 0;
  #shownAny = false;
  constructor(style: Style) { this.#style = style; }

  begin(file: string): void {
    this.#file = file;
    this.#number = 0;
    this.#hits = 0;
    this.#queue = [];
    this.#afterLeft = 0;
    this.#lastShown = 0;
  }

  /** The leftmost, then longest match at or after `from`. */
  #find(text: string, from: number): Match | null {
    let best: Match | null = null;
    for (const regex of this.#style.regexes) {
      const m = regex.find(text, from);
      if (m !== null && (best === null || m.start < best.start || (m.start === best.start && m.end > best.end))) best = m;
    }
    return best;
  }

  /** False when no more lines of this file are wanted. */
  *line(text: string): Coroutine<boolean> {
    const s = this.#style;
    const n = ++this.#number;
    const hit = (this.#find(text, 0) !== null) !== s.invert;
    if (!hit || this.#hits >= s.max) {
      if (this.#afterLeft > 0) {
        this.#afterLeft--;
        yield* this.#show(n, text, '-');
      } else if (s.before > 0) this.#queue = [...this.#queue, { n, text }].slice(-s.before);
      return this.#hits < s.max || this.#afterLeft > 0;
    }
    this.#hits++;
    this.found = true;
    if (s.quiet || s.names !== null) return false;
    if (s.count) return this.#hits < s.max;
    if (!s.text && /[\0\xc0\xc1\xf5-\xff]/.test(text)) {
      yield* this.#told();
      return false;
    }
    for (const q of this.#queue) yield* this.#show(q.n, q.text, '-');
    this.#queue = [];
    yield* this.#show(n, text, ':');
    this.#afterLeft = s.after;
    return this.#hits < s.max || this.#afterLeft > 0;
  }

  *#show(n: number, text: string, mark: ':' | '-'): Coroutine<void> {
    const s = this.#style;
    if ((s.before > 0 || s.after > 0) && this.#shownAny && (n !== this.#lastShown + 1)) yield* write(1, s.colour ? '\x1b[36m\x1b[K--\x1b[m\x1b[K\n' : '--\n');
    this.#lastShown = n;
    this.#shownAny = true;
    const tint = (code: string, t: string): string => (s.colour ? `\x1b[${code}m\x1b[K${t}\x1b[m\x1b[K` : t);
    const prefix = `${s.withFile ? tint('35', this.#file) + tint('36', mark) : ''}${s.numbers ? tint('32', String(n)) + tint('36', mark) : ''}`;
    if (s.only) {
      if (mark === ':' && !s.invert) for (const m of this.#all(text)) yield* write(1, `${prefix}${tint('01;31', text.slice(m.start, m.end))}\n`);
      return;
    }
    let shown = text;
    if (s.colour && mark === ':' && !s.invert) {
      shown = '';
      let at = 0;
      for (const m of this.#all(text)) {
        shown += text.slice(at, m.start) + tint('01;31', text.slice(m.start, m.end));
        at = m.end;
      }
      shown += text.slice(at);
    }
    yield* write(1, `${prefix}${shown}\n`);
  }
  #all(text: string): Match[] {
    const all: Match[] = [];
    for (let at = 0; at <= text.length;) {
      const m = this.#find(text, at);
      if (m === null) break;
      if (m.end > m.start) all.push(m);
      at = m.end > m.start ? m.end : m.end + 1;
    }
    return all;
  }

  *binary(text: string): Coroutine<void> {
    if ((this.#find(text, 0) !== null) === this.#style.invert) return;
    this.#hits++;
    this.found = true;
    if (!this.#style.quiet && this.#style.names === null && !this.#style.count) yield* this.#told();
  }
  *#told(): Coroutine<void> { yield* write(1, `grep: ${this.#file}: binary file matches\n`); }
  *end(): Coroutine<void> {
    const s = this.#style;
    if (s.quiet) return;
    if (s.names !== null) {
      if ((this.#hits > 0) === (s.names === 'with')) yield* write(1, `${this.#file}\n`);
      if (s.names === 'without') this.found = this.#hits === 0 || this.found;
    } else if (s.count) yield* write(1, `${s.withFile ? `${this.#file}:` : ''}${this.#hits}\n`);
  }
}
