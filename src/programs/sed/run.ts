/** Runs a parsed sed script over lines, whether they come from files or from one text to be edited in place. */
import { tick } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { SysError } from '../../kernel/errno.ts';
import { MEMORY } from '../../lib/tool/index.ts';
import type { Regex } from '../../lib/regex/index.ts';
import type { Address, Command } from './parse.ts';

/** Where further lines come from. */
export interface Source { next(): Coroutine<string | null>; last(): Coroutine<boolean> }

export interface Step { readonly output: string; /** The output ends with the pattern space, whose newline may have been missing. */ readonly endsInSpace: boolean; /** Exit status when `q` or `Q` ended it. */ readonly quit: number | null }

/** The state of one run. Lines are fed one at a time; `$` and `N` ask the source for more. */
export class SedRun {
  readonly #commands: readonly Command[];
  readonly #quiet: boolean;
  #hold = '';
  #line = 0;
  #lastRegex: Regex | null = null;
  /** Ranges that are open: command → the line they end at, or null when a pattern ends them. */
  readonly #ranges = new Map<Command, number | null>();
  constructor(commands: readonly Command[], quiet: boolean) {
    this.#commands = commands;
    this.#quiet = quiet;
  }

  /** Lines are counted from 1 again (-s, -i). */
  restart(): void { this.#line = 0; }

  /** Processes one cycle. */
  *cycle(line: string, source: Source): Coroutine<Step> {
    this.#line++;
    let space = line;
    let output = '';
    let after = '';
    let deleted = false;
    let quit: number | null = null;
    let substituted = false;
    let endsInSpace = false;
    const put = (text: string, isSpace = false): void => void ([output, endsInSpace] = [`${output}${text}\n`, isSpace]);
    const run = function* (this: SedRun, commands: readonly Command[]): Coroutine<'end' | { label: string } | null> {
      for (let i = 0; i < commands.length; i++) {
        const c = commands[i]!;
        if (c.name === ':' || !(yield* this.#selects(c, space, source))) continue;
        switch (c.name) {
          case '{': {
            const left = yield* run.call(this, c.block);
            if (left === null) break;
            const at = left === 'end' ? -1 : commands.findIndex((x) => x.name === ':' && x.text === left.label);
            if (at < 0) return left;
            i = at;
            break;
          }
          case 's': {
            const done = this.#substitute(c, space);
            if (done === null) break;
            space = done;
            substituted = true;
            if (c.print) put(space, true);
            break;
          }
          case 'y': space = [...space].map((ch) => (c.text.includes(ch) ? c.text2[c.text.indexOf(ch)]! : ch)).join(''); break;
          case 'p': put(space, true); break;
          case 'P': put(space.split('\n')[0]!); break;
          case '=': put(String(this.#line)); break;
          case 'l': put(`${visible(space)}$`); break;
          case 'd': deleted = true; return 'end';
          case 'D': {
            const cut = space.indexOf('\n');
            deleted = true;
            if (cut >= 0) output += yield* this.#again(space.slice(cut + 1), source);
            return 'end';
          }
          case 'n': case 'N': {
            const more = yield* source.next();
            if (more === null) {
              if (c.name === 'n' && !this.#quiet) put(space, true);
              deleted = c.name === 'n' || this.#quiet;
              return 'end';
            }
            this.#line++;
            if (c.name === 'n' && !this.#quiet) put(space, true);
            space = c.name === 'n' ? more : `${space}\n${more}`;
            break;
          }
          case 'g': space = this.#hold; break;
          case 'G': space = held(`${space}\n${this.#hold}`); break;
          case 'h': this.#hold = space; break;
          case 'H': this.#hold = held(`${this.#hold}\n${space}`); break;
          case 'x': [space, this.#hold] = [this.#hold, space]; break;
          case 'z': space = ''; break;
          case 'a': after += `${c.text}\n`; break;
          case 'i': put(c.text); break;
          case 'c':
            if (c.to === null || c.negated || !this.#ranges.has(c)) put(c.text);
            deleted = true;
            return 'end';
          case 'q': case 'Q':
            quit = Number(c.text === '' ? 0 : c.text);
            if (c.name === 'Q') deleted = true;
            return 'end';
          case 'b': case 't': case 'T': {
            if (c.name === 't' ? !substituted : c.name === 'T' && substituted) break;
            if (c.name !== 'b') substituted = false;
            const left = c.text === '' ? 'end' as const : { label: c.text };
            const at = left === 'end' ? -1 : commands.findIndex((x) => x.name === ':' && x.text === left.label);
            if (at < 0) return left;
            i = at;
            break;
          }
          default: break;
        }
      }
      return null;
    };
    yield* run.call(this, this.#commands);
    if (!deleted && !this.#quiet) put(space, true);
    return { output: output + after, endsInSpace: endsInSpace && after === '', quit };
  }
  *#again(space: string, source: Source): Coroutine<string> {
    this.#line--;
    return (yield* this.cycle(space, source)).output;
  }

  *#matches(address: Address, space: string, source: Source): Coroutine<boolean> {
    switch (address.kind) {
      case 'line': return this.#line === address.n;
      case 'last': return yield* source.last();
      case 'step': return address.step <= 0 ? this.#line === address.first : this.#line >= address.first && (this.#line - address.first) % address.step === 0;
      case 'regex': return this.#regex(address.regex)?.find(space) !== null;
    }
  }
  #regex(regex: Regex | null): Regex | null {
    if (regex !== null) this.#lastRegex = regex;
    return this.#lastRegex;
  }
  *#selects(c: Command, space: string, source: Source): Coroutine<boolean> {
    if (c.name === 'b' || c.name === 't' || c.name === 'T') yield* tick();   // `:a;ba` has no end of its own
    return (yield* this.#inRange(c, space, source)) !== c.negated;
  }
  *#inRange(c: Command, space: string, source: Source): Coroutine<boolean> {
    if (c.from === null) return true;
    if (c.to === null) return yield* this.#matches(c.from, space, source);
    const open = this.#ranges.get(c);
    if (open === undefined) {
      const zero = c.from.kind === 'line' && c.from.n === 0;
      if (!zero && !(yield* this.#matches(c.from, space, source))) return false;
      const end = c.to.kind === 'line' ? c.to.n : c.to.kind === 'plus' ? this.#line + c.to.n : c.to.kind === 'multiple' ? Math.ceil(this.#line / Math.max(1, c.to.n)) * c.to.n : null;
      if (end === null ? !(zero && (yield* this.#ends(c, space, source))) : end > this.#line) this.#ranges.set(c, end);
      return true;
    }
    if (open === null ? (yield* this.#ends(c, space, source)) : this.#line >= open) this.#ranges.delete(c);
    return open === null || this.#line <= open;
  }
  *#ends(c: Command, space: string, source: Source): Coroutine<boolean> {
    return c.to !== null && c.to.kind !== 'plus' && c.to.kind !== 'multiple' && (yield* this.#matches(c.to, space, source));
  }

  #substitute(c: Command, space: string): string | null {
    const regex = this.#regex(c.regex);
    if (regex === null) return null;
    let out = '';
    let from = 0;
    let hits = 0;
    let changed = false;
    for (let at = 0; at <= space.length;) {
      const m = regex.find(space, at);
      if (m === null) break;
      hits++;
      if (hits >= c.nth) {
        out += space.slice(from, m.start) + replacement(c.text, (n) => m.group(n) ?? '');
        from = m.end;
        changed = true;
        if (!c.global) break;
      }
      at = m.end > m.start ? m.end : m.end + 1;
    }
    return changed ? out + space.slice(from) : null;
  }
}

/** A text that may still be held. Errors: ENOMEM. */
function held(text: string): string {
  if (text.length > MEMORY) throw new SysError('ENOMEM');
  return text;
}
/** `l`: what cannot be seen spelt out. */
const visible = (text: string): string => text.replace(/[\\\x00-\x1f\x7f-\xff]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f', '\v': '\\v', '\b': '\\b', '\x07': '\\a' })[c] ?? `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** `&`, `\1`…`\9`, `\n`, `\t`, and the case conversions `\U \L \u \l \E`. */
function replacement(text: string, group: (n: number) => string): string {
  let out = '';
  let mode: 'U' | 'L' | null = null;
  let once: 'u' | 'l' | null = null;
  const put = (piece: string): void => {
    let t = mode === 'U' ? piece.toUpperCase() : mode === 'L' ? piece.toLowerCase() : piece;
    if (once !== null && t !== '') {
      t = (once === 'u' ? t[0]!.toUpperCase() : t[0]!.toLowerCase()) + t.slice(1);
      once = null;
    }
    out += t;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '&') put(group(0));
    else if (c !== '\\') put(c);
    else {
      const n = text[++i] ?? '\\';
      if (n >= '0' && n <= '9') put(group(Number(n)));
      else if (n === 'n') put('\n');
      else if (n === 't') put('\t');
      else if (n === 'U' || n === 'L') mode = n;
      else if (n === 'E') mode = null;
      else if (n === 'u' || n === 'l') once = n;
      else put(n);
    }
  }
  return out;
}
