/**
 * JSON texts as they come in, one after another, with jq's complaints. Models jq 1.6 src/jv_parse.c: a machine that is fed
 * characters, so that a stream that never ends (`kubectl get -w -o json`) is answered value by value.
 */
import type { Value } from './value.ts';

/** Not JSON; the message is jq's, with the place. */
export class JsonError extends Error {}

type Slot = { readonly kind: 'array'; readonly items: Value[] } | { readonly kind: 'object'; readonly entries: Map<string, Value> } | { readonly kind: 'key'; readonly key: string };
const DEEPEST = 256;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' };

export class JsonStream {
  #stack: Slot[] = [];
  #next: Value | undefined;
  #token = '';
  #inString = false;
  #escaped = false;
  #line = 1;
  #column = 0;
  readonly #out: Value[] = [];
  #fail(message: string): never { throw new JsonError(`${message} at line ${this.#line}, column ${this.#column}`); }

  /** Feeds text; → the values that are complete. */
  feed(text: string): Value[] {
    for (const c of text) {
      this.#column++;
      if (c === '\n') {
        this.#line++;
        this.#column = 0;
      }
      this.#take(c);
    }
    return this.#out.splice(0);
  }
  /** The text is over; → what was waiting for its end. */
  end(): Value[] {
    const ending = (message: string): never => { throw new JsonError(`${message} at EOF at line ${this.#line}, column ${this.#column}`); };
    if (this.#inString) ending('Unfinished string');
    try {
      this.#literal();
    } catch (caught) {
      throw caught instanceof JsonError ? new JsonError(caught.message.replace(/ at line (\d+, column \d+)$/, ' at EOF at line $1')) : caught;
    }
    if (this.#stack.length > 0) ending('Unfinished JSON term');
    this.#emit();
    return this.#out.splice(0);
  }

  #take(c: string): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (c === '\\') this.#escaped = true;
      else if (c === '"') {
        this.#inString = false;
        this.#value(this.#unescape(this.#token));
        this.#token = '';
        return;
      }
      this.#token += c;
    } else if (c === '"') {
      this.#literal();
      this.#inString = true;
    } else if ('[{:,]}'.includes(c)) {
      this.#literal();
      this.#punctuation(c);
    } else if (' \t\r\n'.includes(c)) {
      this.#literal();
      if (this.#stack.length === 0) this.#emit();
    } else this.#token += c;
    if (this.#stack.length === 0 && (c === ']' || c === '}') && !this.#inString) this.#emit();
  }
  #emit(): void {
    if (this.#next !== undefined) this.#out.push(this.#next);
    this.#next = undefined;
  }
  #value(v: Value): void {
    if (this.#next !== undefined) {
      if (this.#stack.length > 0) this.#fail('Expected separator between values');
      this.#emit();
    }
    this.#next = v;
    if (typeof v === 'string' && this.#stack.length === 0) this.#emit();
  }
  #literal(): void {
    const text = this.#token;
    if (text === '') return;
    this.#token = '';
    if (text === 'true' || text === 'false' || text === 'null') return this.#value(text === 'null' ? null : text === 'true');
    if (text === 'nan') return this.#value(NaN);
    if ('tfn'.includes(text[0]!)) this.#fail('Invalid literal');
    if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) this.#fail('Invalid numeric literal');
    this.#value(Number(text));
  }
  #unescape(text: string): string {
    if (!text.includes('\\')) return text;
    return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S]|$)/g, (_, what: string) => {
      if (what.length === 5) return String.fromCharCode(Number.parseInt(what.slice(1), 16));
      return ESCAPES[what] ?? this.#fail('Invalid escape');
    });
  }
  #punctuation(c: string): void {
    const top = this.#stack.at(-1);
    if (c === '[' || c === '{') {
      if (this.#stack.length >= DEEPEST) this.#fail('Exceeds depth limit for parsing');
      if (this.#next !== undefined) {
        if (this.#stack.length > 0) this.#fail('Expected separator between values');
        this.#emit();
      }
      this.#stack.push(c === '[' ? { kind: 'array', items: [] } : { kind: 'object', entries: new Map() });
    } else if (c === ':') this.#colon(top);
    else if (c === ',') this.#comma(top);
    else this.#close(c, top);
  }
  #colon(top: Slot | undefined): void {
    if (this.#next === undefined) this.#fail("Expected string key before ':'");
    if (top?.kind !== 'object') this.#fail("':' not as part of an object");
    if (typeof this.#next !== 'string') this.#fail('Object keys must be strings');
    this.#stack.push({ kind: 'key', key: this.#next });
    this.#next = undefined;
  }
  #comma(top: Slot | undefined): void {
    if (this.#next === undefined) this.#fail("Expected value before ','");
    if (top === undefined) return this.#fail("Expected value before ','");
    if (top.kind === 'array') top.items.push(this.#next);
    else if (top.kind === 'key') this.#store(this.#next);
    else this.#fail('Objects must consist of key:value pairs');
    this.#next = undefined;
  }
  #store(value: Value): void {
    const key = this.#stack.pop() as Slot & { kind: 'key' };
    (this.#stack.at(-1) as Slot & { kind: 'object' }).entries.set(key.key, value);
  }
  #close(c: string, top: Slot | undefined): void {
    if (c === ']') {
      if (top?.kind !== 'array') return this.#fail("Unmatched ']'");
      if (this.#next !== undefined) top.items.push(this.#next);
      else if (top.items.length > 0) this.#fail('Expected another array element');
      this.#next = top.items;
    } else {
      if (top === undefined) return this.#fail("Unmatched '}'");
      if (this.#next !== undefined) {
        if (top.kind !== 'key') return this.#fail('Objects must consist of key:value pairs');
        this.#store(this.#next);
      } else if (top.kind !== 'object') this.#fail("Unmatched '}'");
      else if (top.entries.size > 0) this.#fail('Expected another key-value pair');
      this.#next = (this.#stack.at(-1) as Slot & { kind: 'object' }).entries;
    }
    this.#stack.pop();
  }
}

/** One JSON text. Errors: JsonError. */
export function parseJson(text: string): Value[] {
  const stream = new JsonStream();
  return [...stream.feed(text), ...stream.end()];
}
