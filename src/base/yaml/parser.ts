/**
 * Documents from tokens, as JSON values. Models go-yaml's parser, whose faults these are, and its decoding into an interface: map keys
 * become texts, of equal keys the last one counts, `<<` merges. Not modelled: limits on aliases.
 */
import type { Json } from '../json.ts';
import { isObject } from '../json.ts';
import { goQuote } from '../goquote.ts';
import { resolve } from './resolve.ts';
import { Scanner } from './scanner.ts';
import { fault, YamlError } from './token.ts';
import type { Mark, Token, TokenKind } from './token.ts';

const DEEPEST = 1000;

/** `%#v` of what go-yaml decodes. */
function goSyntax(value: Json): string {
  if (value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isObject(value)) return `map[interface {}]interface {}{${Object.entries(value).map(([key, item]) => `${goQuote(key)}:${goSyntax(item!)}`).join(', ')}}`;
  return String(value);
}

class Parser {
  readonly #tokens: Scanner;
  readonly #anchors = new Map<string, Json>();
  #depth = 0;
  /** What is wrong with the content; go-yaml looks at that when all is parsed. */ #late: YamlError | null = null;
  constructor(text: string) { this.#tokens = new Scanner(text); }

  /** The next document; undefined when there is none. `first`: it may begin without `---`. */
  document(first: boolean): Json | undefined {
    const tokens = this.#tokens;
    if (!first) while (tokens.peek().kind === 'document-end') tokens.next();
    const { kind } = tokens.peek();
    if (kind === 'stream-end') return undefined;
    const starts = kind === 'version-directive' || kind === 'tag-directive' || kind === 'document-start';
    if (starts || !first) {
      while (tokens.peek().kind === 'version-directive' || tokens.peek().kind === 'tag-directive') tokens.next();
      if (tokens.peek().kind !== 'document-start') throw fault('parser', 'did not find expected <document start>', tokens.peek().start);
      tokens.next();
    }
    this.#anchors.clear();
    const value = this.#is('document-start', 'document-end', 'stream-end', 'version-directive', 'tag-directive') ? null : this.#node(true, false);
    if (tokens.peek().kind === 'document-end') tokens.next();
    if (this.#late !== null) throw this.#late;
    return value;
  }
  #fields(): Fields { return new Fields((problem) => { this.#late ??= problem; }); }

  #is(...kinds: readonly TokenKind[]): boolean { return kinds.includes(this.#tokens.peek().kind); }

  #node(block: boolean, indentless: boolean): Json {
    if (++this.#depth > DEEPEST) throw new YamlError('yaml: exceeded max depth of 10000');
    const first = this.#tokens.peek();
    if (first.kind === 'alias') {
      this.#depth--;
      return this.#alias(this.#tokens.next());
    }
    let anchor: string | null = null;
    let tag: string | null = null;
    while ((anchor === null && this.#is('anchor')) || (tag === null && this.#is('tag'))) {
      const token = this.#tokens.next();
      if (token.kind === 'anchor') anchor = token.text;
      else tag = this.#tagOf(token, first.start);
    }
    const value = this.#content(block, indentless, tag, anchor !== null || tag !== null, first.start);
    if (anchor !== null) this.#anchors.set(anchor, value);
    this.#depth--;
    return value;
  }
  #alias({ text }: Token): Json {
    const value = this.#anchors.get(text);
    // go-yaml builds its nodes while it parses, so this is found at once.
    if (value === undefined) throw new YamlError(`yaml: unknown anchor '${text}' referenced`);
    return value;
  }
  #tagOf({ text, start }: Token, context: Mark): string {
    const handle = /^!([A-Za-z0-9_-]+)!/.exec(text);
    if (handle !== null) throw fault('parser', 'found undefined tag handle', start, context);
    return text;
  }
  #content(block: boolean, indentless: boolean, tag: string | null, marked: boolean, start: Mark): Json {
    const token = this.#tokens.peek();
    if (indentless && token.kind === 'block-entry') return this.#sequence(true);
    switch (token.kind) {
      case 'scalar': return this.#scalar(this.#tokens.next(), tag);
      case 'flow-sequence-start': return this.#flowSequence();
      case 'flow-mapping-start': return this.#flowMapping();
      case 'block-sequence-start': if (block) return this.#sequence(false); break;
      case 'block-mapping-start': if (block) return this.#mapping(); break;
      default: break;
    }
    if (marked) return tag === '!!str' || tag === '!' ? '' : null;
    throw fault('parser', 'did not find expected node content', token.start, start);
  }
  #scalar({ text, plain }: Token, tag: string | null): Json {
    if (tag === '!!str' || tag === '!' || (!plain && tag === null)) return text;
    return resolve(text);
  }

  /** An indentless one stands at the indent of the key it is the value of, and ends without a token. */
  #sequence(indentless: boolean): Json {
    const { start } = indentless ? this.#tokens.peek() : this.#tokens.next();
    const items: Json[] = [];
    while (this.#is('block-entry')) {
      this.#tokens.next();
      const empty = this.#is('block-entry', 'block-end') || (indentless && this.#is('key', 'value'));
      items.push(empty ? null : this.#node(true, false));
    }
    if (indentless) return items;
    if (!this.#is('block-end')) throw fault('parser', "did not find expected '-' indicator", this.#tokens.peek().start, start);
    this.#tokens.next();
    return items;
  }
  #mapping(): Json {
    const { start } = this.#tokens.next();
    const out = this.#fields();
    while (this.#is('key')) {
      this.#tokens.next();
      const key = this.#is('key', 'value', 'block-end') ? null : this.#node(true, true);
      out.set(key, this.#valueOf(true));
    }
    if (!this.#is('block-end')) throw fault('parser', 'did not find expected key', this.#tokens.peek().start, start);
    this.#tokens.next();
    return out.value();
  }
  #valueOf(block: boolean): Json {
    if (!this.#is('value')) return null;
    this.#tokens.next();
    if (block) return this.#is('key', 'value', 'block-end') ? null : this.#node(true, true);
    return this.#is('flow-entry', 'flow-mapping-end', 'flow-sequence-end') ? null : this.#node(false, false);
  }
  /** Between the entries of a flow collection. */
  #separator(isFirst: boolean, end: string, start: Mark): void {
    if (isFirst) return;
    if (!this.#is('flow-entry')) throw fault('parser', `did not find expected ',' or '${end}'`, this.#tokens.peek().start, start);
    this.#tokens.next();
  }
  #flowSequence(): Json {
    const { start } = this.#tokens.next();
    const items: Json[] = [];
    for (let isFirst = true; !this.#is('flow-sequence-end'); isFirst = false) {
      this.#separator(isFirst, ']', start);
      if (this.#is('flow-sequence-end')) break;
      if (this.#is('key')) {
        this.#tokens.next();
        const pair = this.#fields();
        const key = this.#is('value', 'flow-entry', 'flow-sequence-end') ? null : this.#node(false, false);
        pair.set(key, this.#valueOf(false));
        items.push(pair.value());
      } else items.push(this.#node(false, false));
    }
    this.#tokens.next();
    return items;
  }
  #flowMapping(): Json {
    const { start } = this.#tokens.next();
    const out = this.#fields();
    for (let isFirst = true; !this.#is('flow-mapping-end'); isFirst = false) {
      this.#separator(isFirst, '}', start);
      if (this.#is('flow-mapping-end')) break;
      if (this.#is('key')) {
        this.#tokens.next();
        const key = this.#is('value', 'flow-entry', 'flow-mapping-end') ? null : this.#node(false, false);
        out.set(key, this.#valueOf(false));
      } else out.set(this.#node(false, false), null);
    }
    this.#tokens.next();
    return out.value();
  }
}

/** A mapping under construction. */
class Fields {
  readonly #own = new Map<string, Json>();
  readonly #merged = new Map<string, Json>();
  readonly #refuse: (problem: YamlError) => void;
  constructor(refuse: (problem: YamlError) => void) { this.#refuse = refuse; }

  set(key: Json, value: Json): void {
    if (key === '<<') return this.#merge(value);
    if (typeof key === 'object' && key !== null) return this.#refuse(new YamlError(`yaml: invalid map key: ${goSyntax(key)}`));
    this.#own.set(key === null ? 'null' : String(key), value);
  }
  #merge(value: Json): void {
    for (const source of Array.isArray(value) ? [...value].reverse() : [value]) {
      if (!isObject(source as Json)) return this.#refuse(new YamlError('yaml: map merge requires map or sequence of maps as the value'));
      for (const [key, item] of Object.entries(source as object)) this.#merged.set(key, item as Json);
    }
  }
  value(): Json {
    const out: Record<string, Json> = {};
    // Own fields keep their place; what they override stays out.
    for (const [key, item] of [...this.#own, ...[...this.#merged].filter(([name]) => !this.#own.has(name))]) {
      if (key === '__proto__') Object.defineProperty(out, key, { value: item, enumerable: true, configurable: true, writable: true });
      else out[key] = item;
    }
    return out;
  }
}

/** go-yaml's reader refuses these before anything else. */
function check(text: string): void {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/.test(text)) throw new YamlError('yaml: control characters are not allowed');
}

/** The documents of a text, at most `most` of them. Errors: YamlError. */
export function parseDocuments(text: string, most: number): readonly Json[] {
  check(text);
  const parser = new Parser(text);
  const documents: Json[] = [];
  while (documents.length < most) {
    const value = parser.document(documents.length === 0);
    if (value === undefined) break;
    documents.push(value);
  }
  return documents;
}
