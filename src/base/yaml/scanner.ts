/**
 * YAML's tokens, one at a time and no sooner than they are asked for, so that of two mistakes the one is named that go-yaml names.
 * Models the scanner of go-yaml (libyaml): indents open and close collections, and a scalar is a key if a colon follows on its line.
 */
import { Cursor } from './cursor.ts';
import { blockScalar, plainScalar, quotedScalar } from './scalar.ts';
import { fault } from './token.ts';
import type { Mark, Token, TokenKind } from './token.ts';
import { anchorName, directive, tag } from './words.ts';

/** A token that a colon behind it would make a key. */
interface Candidate { readonly possible: boolean; /** Nothing else can stand here. */ readonly required: boolean; readonly number: number; readonly mark: Mark }

const LONGEST_KEY = 1024;
const NOWHERE: Mark = { index: 0, line: 0, column: 0 };
const NONE: Candidate = { possible: false, required: false, number: 0, mark: NOWHERE };

export class Scanner {
  readonly #cursor: Cursor;
  readonly #queue: Token[] = [];
  /** Tokens handed out so far. */ #taken = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  /** One a flow level, the last for the innermost. */ readonly #candidates: Candidate[] = [NONE];
  #keyAllowed = true;
  #ended = false;

  constructor(text: string) { this.#cursor = new Cursor(text); }

  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    return this.#queue[0]!;
  }
  next(): Token {
    const token = this.peek();
    this.#queue.shift();
    this.#taken++;
    return token;
  }

  get #inFlow(): boolean { return this.#candidates.length > 1; }
  /** The first token may yet turn out to be a key. */
  #needsMore(): boolean {
    if (this.#queue.length === 0) return true;
    const at = this.#candidates.findIndex((candidate) => candidate.possible && candidate.number === this.#taken);
    return at >= 0 && this.#isValid(at) && !this.#ended;
  }
  /** Whether the candidate can still be a key here; one that cannot is dropped. */
  #isValid(level: number): boolean {
    const candidate = this.#candidates[level]!;
    if (!candidate.possible) return false;
    if (candidate.mark.line >= this.#cursor.line && candidate.mark.index + LONGEST_KEY >= this.#cursor.index) return true;
    if (candidate.required) throw fault('scanner', "could not find expected ':'", this.#cursor.mark, candidate.mark);
    this.#candidates[level] = NONE;
    return false;
  }
  #saveCandidate(): void {
    if (!this.#keyAllowed) return;
    const mark = this.#cursor.mark;
    const required = !this.#inFlow && this.#indent === mark.column;
    this.#dropCandidate();
    this.#candidates[this.#candidates.length - 1] = { possible: true, required, number: this.#taken + this.#queue.length, mark };
  }
  #dropCandidate(): void {
    const candidate = this.#candidates.at(-1)!;
    if (candidate.possible && candidate.required) throw fault('scanner', "could not find expected ':'", this.#cursor.mark, candidate.mark);
    this.#candidates[this.#candidates.length - 1] = NONE;
  }

  #push(kind: TokenKind, start: Mark, text = '', plain = false): void { this.#queue.push({ kind, start, text, plain }); }
  /** Opens a collection if the column is further in. `number`: before which token; −1 behind all. */
  #roll(column: number, number: number, kind: TokenKind, mark: Mark): void {
    if (this.#inFlow || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    const token: Token = { kind, start: mark, text: '', plain: false };
    if (number < 0) this.#queue.push(token);
    else this.#queue.splice(number - this.#taken, 0, token);
  }
  #unroll(column: number): void {
    if (this.#inFlow) return;
    while (this.#indent > column) {
      this.#push('block-end', this.#cursor.mark);
      this.#indent = this.#indents.pop()!;
    }
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      if (cursor.index === 0 && cursor.at() === '\ufeff') cursor.index++;
      while (cursor.at() === ' ' || (cursor.at() === '\t' && (this.#inFlow || !this.#keyAllowed))) cursor.take();
      if (cursor.at() === '#') cursor.toLineEnd();
      if (!cursor.isBreak()) return;
      cursor.takeBreak();
      if (!this.#inFlow) this.#keyAllowed = true;
    }
  }

  #fetch(): void {
    this.#skipToToken();
    const cursor = this.#cursor;
    this.#unroll(cursor.column);
    if (cursor.isEnd()) return this.#streamEnd();
    const c = cursor.at();
    const gapBehind = cursor.isGap(1);
    if (cursor.column === 0 && c === '%') return this.#directive();
    if (cursor.isDocumentMark()) return this.#documentMark();
    switch (c) {
      case '[': return this.#flowStart('flow-sequence-start');
      case '{': return this.#flowStart('flow-mapping-start');
      case ']': return this.#flowEnd('flow-sequence-end');
      case '}': return this.#flowEnd('flow-mapping-end');
      case ',': return this.#flowEntry();
      case '*': return this.#named('alias');
      case '&': return this.#named('anchor');
      case '!': return this.#tag();
      case "'": case '"': return this.#flowScalar();
      case '-': if (gapBehind) return this.#blockEntry(); break;
      case '?': if (this.#inFlow || gapBehind) return this.#key(); break;
      case ':': if (this.#inFlow || gapBehind) return this.#value(); break;
      case '|': case '>': if (!this.#inFlow) return this.#blockScalar(); break;
      default: break;
    }
    if (!'-?:,[]{}#&*!|>\'"%@`'.includes(c) && !cursor.isGap() || (c === '-' && !cursor.isBlank(1)) || (!this.#inFlow && (c === '?' || c === ':') && !gapBehind)) return this.#plainScalar();
    throw fault('scanner', 'found character that cannot start any token', cursor.mark, cursor.mark);
  }

  #streamEnd(): void {
    const cursor = this.#cursor;
    if (cursor.column !== 0) {
      cursor.column = 0;
      cursor.line++;
    }
    this.#unroll(-1);
    this.#dropCandidate();
    this.#keyAllowed = false;
    this.#push('stream-end', cursor.mark);
    this.#ended = true;
  }
  #documentMark(): void {
    const cursor = this.#cursor;
    this.#unroll(-1);
    this.#dropCandidate();
    this.#keyAllowed = false;
    this.#push(cursor.at() === '-' ? 'document-start' : 'document-end', cursor.mark);
    cursor.skip(3);
  }
  #directive(): void {
    const { mark } = this.#cursor;
    this.#unroll(-1);
    this.#dropCandidate();
    this.#keyAllowed = false;
    this.#push(directive(this.#cursor), mark);
  }

  #flowStart(kind: TokenKind): void {
    this.#saveCandidate();
    this.#candidates.push(NONE);
    this.#keyAllowed = true;
    this.#push(kind, this.#cursor.mark);
    this.#cursor.take();
  }
  #flowEnd(kind: TokenKind): void {
    this.#dropCandidate();
    if (this.#inFlow) this.#candidates.pop();
    this.#keyAllowed = false;
    this.#push(kind, this.#cursor.mark);
    this.#cursor.take();
  }
  #flowEntry(): void {
    this.#dropCandidate();
    this.#keyAllowed = true;
    this.#push('flow-entry', this.#cursor.mark);
    this.#cursor.take();
  }
  #allowed(what: string): void {
    if (!this.#keyAllowed) throw fault('scanner', `${what} are not allowed in this context`, this.#cursor.mark, this.#cursor.mark);
  }
  #blockEntry(): void {
    const { mark } = this.#cursor;
    if (!this.#inFlow) {
      this.#allowed('block sequence entries');
      this.#roll(mark.column, -1, 'block-sequence-start', mark);
    }
    this.#dropCandidate();
    this.#keyAllowed = true;
    this.#push('block-entry', mark);
    this.#cursor.take();
  }
  #key(): void {
    const { mark } = this.#cursor;
    if (!this.#inFlow) {
      this.#allowed('mapping keys');
      this.#roll(mark.column, -1, 'block-mapping-start', mark);
    }
    this.#dropCandidate();
    this.#keyAllowed = !this.#inFlow;
    this.#push('key', mark);
    this.#cursor.take();
  }
  #value(): void {
    const { mark } = this.#cursor;
    const level = this.#candidates.length - 1;
    if (this.#isValid(level)) {
      const candidate = this.#candidates[level]!;
      this.#queue.splice(candidate.number - this.#taken, 0, { kind: 'key', start: candidate.mark, text: '', plain: false });
      this.#roll(candidate.mark.column, candidate.number, 'block-mapping-start', candidate.mark);
      this.#candidates[level] = NONE;
      this.#keyAllowed = false;
    } else {
      if (!this.#inFlow) {
        this.#allowed('mapping values');
        this.#roll(mark.column, -1, 'block-mapping-start', mark);
      }
      this.#keyAllowed = !this.#inFlow;
    }
    this.#push('value', mark);
    this.#cursor.take();
  }

  #named(kind: 'alias' | 'anchor'): void {
    this.#saveCandidate();
    this.#keyAllowed = false;
    const { mark } = this.#cursor;
    this.#push(kind, mark, anchorName(this.#cursor));
  }
  #tag(): void {
    this.#saveCandidate();
    this.#keyAllowed = false;
    const { mark } = this.#cursor;
    this.#push('tag', mark, tag(this.#cursor));
  }

  #plainScalar(): void {
    this.#saveCandidate();
    this.#keyAllowed = false;
    const { mark } = this.#cursor;
    const { text, ended } = plainScalar(this.#cursor, this.#indent + 1, this.#inFlow);
    if (ended) this.#keyAllowed = true;
    this.#push('scalar', mark, text, true);
  }
  #flowScalar(): void {
    this.#saveCandidate();
    this.#keyAllowed = false;
    const { mark } = this.#cursor;
    this.#push('scalar', mark, quotedScalar(this.#cursor));
  }
  #blockScalar(): void {
    this.#dropCandidate();
    this.#keyAllowed = true;
    const { mark } = this.#cursor;
    this.#push('scalar', mark, blockScalar(this.#cursor, this.#indent));
  }
}
