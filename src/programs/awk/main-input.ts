/** awk's main input: the operands one after another, with assignments among them, or standard input when no file is named. */
import { close, open, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { unquote } from './lexer.ts';
import { arrayOf } from './store.ts';
import type { Store } from './store.ts';
import type { Reader, Streams } from './streams.ts';
import { AwkError } from './syntax.ts';
import { input, toNumber, toText } from './values.ts';

export interface Position { readonly at: number; readonly any: boolean; readonly reader: Reader | null }

export class MainInput {
  readonly #store: Store;
  readonly #streams: Streams;
  readonly #name: string;
  #at: number;
  /** A file operand was seen. */
  #any: boolean;
  #reader: Reader | null;
  constructor(held: Store, streams: Streams, name: string, from: Position = { at: 1, any: false, reader: null }) {
    this.#store = held;
    this.#streams = streams;
    this.#name = name;
    this.#at = from.at;
    this.#any = from.any;
    this.#reader = from.reader === null ? null : { ...from.reader };
  }
  position(): Position { return { at: this.#at, any: this.#any, reader: this.#reader === null ? null : { ...this.#reader } }; }

  *next(): Coroutine<string | null> {
    for (;;) {
      if (this.#reader === null && !(yield* this.#begin())) return null;
      try {
        const record = yield* this.#streams.record(this.#reader!, this.#store.text('RS'), this.#store.patterns);
        if (record !== null) return record;
      } catch (caught) {
        const code = errnoOf(caught);
        if (code === null || code === 'EPIPE') throw caught;
        yield* write(2, `${this.#name}: read error (${strerror(code)})\n`);
        throw new AwkError('');
      }
      yield* this.skip();
    }
  }
  /** Leaves the file at hand (nextfile). */
  *skip(): Coroutine<void> {
    if (this.#reader !== null && this.#reader.fd > 2) yield* close(this.#reader.fd);
    this.#reader = null;
  }
  *#begin(): Coroutine<boolean> {
    const { globals } = this.#store;
    while (this.#at < toNumber(globals.get('ARGC')!.value)) {
      const operand = toText(arrayOf(globals.get('ARGV')!).get(String(this.#at++)) ?? null, this.#store.convfmt);
      if (operand === '') continue;
      if (assignOperand(this.#store, operand)) continue;
      this.#any = true;
      yield* this.#start(operand);
      return true;
    }
    if (this.#any) return false;
    this.#any = true;
    yield* this.#start('-');
    return true;
  }
  *#start(path: string): Coroutine<void> {
    try {
      this.#reader = { fd: path === '-' ? 0 : yield* open(path, 'r'), pid: null, rest: '', over: false };
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      yield* this.#streams.flushAll();
      yield* write(2, `${this.#name}: cannot open ${path} (${strerror(code)})\n`);
      throw new AwkError('');
    }
    this.#store.set('FILENAME', path);
    this.#store.set('FNR', 0);
  }
}

/** `name=value` sets a variable; false when it is no such thing. */
export function assignOperand(held: Store, operand: string): boolean {
  const m = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(operand);
  if (m === null) return false;
  held.assign({ name: m[1]!, local: null }, input(unquote(m[2]!)));
  return true;
}
