/** A jq program's tree from its text. Models jq 1.6 src/parser.y: its precedences, and where it is of no use its words. */
import { tokenize } from './lexer.ts';
import { Patterns } from './patterns.ts';
import type { Def, Node } from './syntax.ts';

/** Operators from loose to tight; `pipe` and `,` are handled apart. */
const LEVELS: readonly { readonly operators: readonly string[]; readonly side: 'left' | 'right' | 'none' }[] = [
  { operators: ['//'], side: 'right' },
  { operators: ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='], side: 'none' },
  { operators: ['or'], side: 'left' }, { operators: ['and'], side: 'left' },
  { operators: ['==', '!=', '<', '<=', '>', '>='], side: 'none' },
  { operators: ['+', '-'], side: 'left' }, { operators: ['*', '/', '%'], side: 'left' },
];
const literal = (value: string | number | null): Node => ({ t: 'literal', value });
const CONSTANTS: Readonly<Record<string, boolean | null>> = { null: null, true: true, false: false };
const IDENTITY: Node = { t: 'identity' };

/** Errors: SyntaxProblem. An empty program is `.`. */
export function parseProgram(source: string): Node {
  const parser = new Parser(tokenize(source));
  return parser.program();
}
/** Definitions alone. */
export const parseDefinitions = (source: string): Def[] => new Parser(tokenize(source)).definitions();

class Parser extends Patterns {
  program(): Node {
    if (this.over) return IDENTITY;
    const defs = this.definitions(false);
    const body = this.over && defs.length > 0 ? IDENTITY : this.pipe();
    if (!this.over) this.fail();
    return defs.reduceRight<Node>((rest, def) => ({ t: 'define', def, body: rest }), body);
  }
  definitions(all = true): Def[] {
    const defs: Def[] = [];
    while (this.is('def')) defs.push(this.#define());
    if (all && !this.over) this.fail();
    return defs;
  }
  #define(): Def {
    this.need('def');
    const name = this.name();
    const params: string[] = [];
    if (this.try('(')) {
      do params.push(this.try('$') ? `$${this.name()}` : this.name()); while (this.try(';'));
      this.need(')');
    }
    this.need(':');
    const body = this.pipe();
    this.need(';');
    // `def f($a)` is `def f(a): a as $a | …`.
    const values = params.filter((p) => p.startsWith('$'));
    return { name, params: params.map((p) => p.replace('$', '')), body: values.reduceRight<Node>((rest, p) => ({ t: 'as', source: { t: 'call', name: p.slice(1), args: [], at: 0 }, patterns: [{ t: 'var', name: p.slice(1) }], body: rest }), body) };
  }

  protected pipe(): Node {
    if (this.is('def')) {
      const def = this.#define();
      return { t: 'define', def, body: this.pipe() };
    }
    if (this.try('label')) {
      this.need('$');
      const name = this.name();
      this.need('|');
      return { t: 'label', name, body: this.pipe() };
    }
    const left = this.#comma();
    return this.try('|') ? { t: 'pipe', left, right: this.pipe() } : left;
  }
  #comma(): Node {
    let left = this.#binary(0);
    while (this.try(',')) left = { t: 'comma', left, right: this.#binary(0) };
    return left;
  }
  #binary(level: number): Node {
    const here = LEVELS[level];
    if (here === undefined) return this.#postfix();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.t.text;
      if ((this.t.kind !== 'operator' && this.t.kind !== 'keyword') || !here.operators.includes(operator)) return left;
      this.i++;
      const right = here.side === 'right' ? this.#binary(level) : this.#binary(level + 1);
      left = combine(operator, left, right);
      if (here.side === 'none' && here.operators.includes(this.t.text) && this.t.kind === 'operator') this.fail();
    }
  }

  /** A term with its suffixes, or the forms that begin with a word. */
  #postfix(): Node {
    if (this.try('-')) return { t: 'negate', body: this.#postfix() };
    if (this.try('reduce')) return this.#fold('reduce');
    if (this.try('foreach')) return this.#fold('foreach');
    if (this.try('if')) return this.#suffixes(this.#conditional());
    if (this.try('try')) {
      const body = this.#postfix();
      return { t: 'try', body, handler: this.try('catch') ? this.#postfix() : null };
    }
    const term = this.#suffixes(this.#term());
    if (!this.try('as')) return term;
    const patterns = this.patterns();
    this.need('|', patterns.length === 1);
    return { t: 'as', source: term, patterns, body: this.pipe() };
  }
  #fold(kind: 'reduce' | 'foreach'): Node {
    const source = this.#suffixes(this.#term());
    this.need('as');
    const pattern = this.pattern();
    this.need('(');
    const start = this.pipe();
    this.need(';');
    const update = this.pipe();
    const extract = kind === 'foreach' && this.try(';') ? this.pipe() : IDENTITY;
    this.need(')');
    return kind === 'reduce' ? { t: kind, source, pattern, start, update } : { t: kind, source, pattern, start, update, extract };
  }
  #conditional(): Node {
    const condition = this.pipe();
    this.need('then');
    const yes = this.pipe();
    if (this.try('elif')) return { t: 'if', condition, yes, no: this.#conditional() };
    this.need('else');
    const other = this.pipe();
    this.need('end');
    return { t: 'if', condition, yes, no: other };
  }
  #suffixes(start: Node): Node {
    let node = start;
    for (;;) {
      if (this.t.kind === 'field') {
        node = { t: 'index', target: node, key: literal(this.t.text.slice(1)) };
        this.i++;
      } else if (this.is('.') && this.tokens[this.i + 1]?.kind === 'string') {
        this.i++;
        node = { t: 'index', target: node, key: this.string(null) };
      } else if (this.is('.') && this.tokens[this.i + 1]?.text === '[') this.i++;
      else if (this.try('[')) node = this.#bracket(node);
      else if (this.try('?')) node = { t: 'try', body: node, handler: null };
      else return node;
    }
  }
  #bracket(target: Node): Node {
    if (this.try(']')) return { t: 'iterate', target };
    if (this.try(':')) {
      const to = this.pipe();
      this.need(']');
      return { t: 'slice', target, from: null, to };
    }
    const key = this.pipe();
    if (this.try(':')) {
      const to = this.is(']') ? null : this.pipe();
      this.need(']');
      return { t: 'slice', target, from: key, to };
    }
    this.need(']');
    return { t: 'index', target, key };
  }

  #term(): Node {
    const { kind, text, at } = this.t;
    if (kind === 'string') return this.string(null);
    if (kind === 'field') {
      this.i++;
      return { t: 'index', target: IDENTITY, key: literal(text.slice(1)) };
    }
    if (kind === 'number') {
      this.i++;
      return literal(Number(text));
    }
    if (kind === 'format') {
      this.i++;
      return this.t.kind === 'string' ? this.string(text) : { t: 'format', name: text };
    }
    if (kind === 'ident' && Object.hasOwn(CONSTANTS, text) && this.tokens[this.i + 1]?.text !== '(') {
      this.i++;
      return { t: 'literal', value: CONSTANTS[text] ?? null };
    }
    if (kind === 'ident') return this.#call();
    if (this.try('..')) return { t: 'recurse' };
    if (this.try('.')) return this.t.kind === 'string' ? { t: 'index', target: IDENTITY, key: this.string(null) } : IDENTITY;
    if (this.try('$')) {
      if (this.try('__loc__')) return { t: 'literal', value: new Map<string, string | number>([['file', '<top-level>'], ['line', 1]]) };
      return { t: 'variable', name: this.name(), at };
    }
    if (this.try('(')) {
      const inner = this.pipe();
      this.need(')');
      return inner;
    }
    if (this.try('[')) {
      const body = this.is(']') ? null : this.pipe();
      this.need(']');
      return { t: 'array', body };
    }
    if (this.try('{')) return this.#object();
    return this.fail();
  }
  #call(): Node {
    const { at } = this.t;
    const name = this.name();
    if (name === 'break' && this.try('$')) return { t: 'break', name: this.name(), at };
    const args: Node[] = [];
    if (this.try('(')) {
      do args.push(this.pipe()); while (this.try(';'));
      this.need(')');
    }
    return { t: 'call', name, args, at };
  }
  protected string(format: string | null): Node {
    const parts = this.t.parts!.map((part) => (typeof part === 'string' ? part : new Parser(part).program()));
    this.i++;
    return parts.length === 1 ? literal(parts[0] as string) : { t: 'string', format, parts };
  }
  #object(): Node {
    const entries: (readonly [Node, Node])[] = [];
    if (this.try('}')) return { t: 'object', entries };
    do {
      const { kind, text, at } = this.t;
      if (this.try('$')) {
        const name = this.name();
        entries.push([literal(name), { t: 'variable', name, at }]);
        continue;
      }
      let key: Node;
      if (kind === 'string') key = this.string(null);
      else if (kind === 'format') {
        this.i++;
        key = this.t.kind === 'string' ? this.string(text) : { t: 'format', name: text };
      } else if (this.try('(')) {
        key = this.pipe();
        this.need(')');
        if (!this.is(':')) this.fail("':'");
      } else key = kind === 'number' ? (this.i++, literal(Number(text))) : literal(this.name());
      entries.push([key, this.try(':') ? this.#entryValue() : { t: 'index', target: IDENTITY, key }]);
    } while (this.try(','));
    this.need('}', true);
    return { t: 'object', entries };
  }
  /** `ExpD`: terms joined by `|`. */
  #entryValue(): Node {
    const negative = this.try('-');
    const term = this.is('reduce') || this.is('foreach') || this.is('if') ? this.#postfix() : this.#suffixes(this.#term());
    const left: Node = negative ? { t: 'negate', body: term } : term;
    return this.try('|') ? { t: 'pipe', left, right: this.#entryValue() } : left;
  }
}

function combine(operator: string, left: Node, right: Node): Node {
  if (operator === '//') return { t: 'alternative', left, right };
  if (operator === 'and' || operator === 'or') return { t: operator, left, right };
  return { t: /^(?:[-+*/%|]|\/\/)?=$/.test(operator) ? 'update' : 'binary', operator, left, right };
}
