/** Runs a parsed sed script over lines: pure, so that in-place editing and streaming share it. */
import type { Regex } from '../../lib/regex/index.ts';
import type { Address, Command } from './parse.ts';

export interface Step { readonly output: string; /** Exit status when `q` or `Q` ended it. */ readonly quit: number | null }

/** The state of one run. Lines are fed one at a time with one line of look-ahead, since `$` and `N` need it. */
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

  /** Processes one cycle. `next` gives the following line, or null at the end. */
  cycle(line: string, next: () => string | null, isLast: () => boolean): Step {
    this.#line++;
    let space = line;
    let output = '';
    let after = '';
    let deleted = false;
    let quit: number | null = null;
    let substituted = false;
    const branch = (label: string): 'end' | { label: string } => (label === '' ? 'end' : { label });
    const run = (commands: readonly Command[]): 'end' | { label: string } | null => {
      for (let i = 0; i < commands.length; i++) {
        const c = commands[i]!;
        if (c.name === ':' || !this.#selects(c, space, isLast)) continue;
        switch (c.name) {
          case '{': {
            const left = run(c.block);
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
            if (c.print) output += `${space}\n`;
            break;
          }
          case 'y': space = [...space].map((ch) => (c.text.includes(ch) ? c.text2[c.text.indexOf(ch)]! : ch)).join(''); break;
          case 'p': output += `${space}\n`; break;
          case 'P': output += `${space.split('\n')[0]}\n`; break;
          case '=': output += `${this.#line}\n`; break;
          case 'l': output += `${space.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n')}$\n`; break;
          case 'd': deleted = true; return 'end';
          case 'D': {
            const cut = space.indexOf('\n');
            deleted = true;
            if (cut >= 0) output += this.#again(space.slice(cut + 1), next, isLast);
            return 'end';
          }
          case 'n': case 'N': {
            const more = isLast() ? null : next();
            if (more === null) {
              if (c.name === 'n' && !this.#quiet) output += `${space}\n`;
              deleted = c.name === 'n' || this.#quiet;
              return 'end';
            }
            this.#line++;
            if (c.name === 'n' && !this.#quiet) output += `${space}\n`;
            space = c.name === 'n' ? more : `${space}\n${more}`;
            break;
          }
          case 'g': space = this.#hold; break;
          case 'G': space = `${space}\n${this.#hold}`; break;
          case 'h': this.#hold = space; break;
          case 'H': this.#hold = `${this.#hold}\n${space}`; break;
          case 'x': [space, this.#hold] = [this.#hold, space]; break;
          case 'z': space = ''; break;
          case 'a': after += `${c.text}\n`; break;
          case 'i': output += `${c.text}\n`; break;
          case 'c':
            if (c.to === null || c.negated || !this.#ranges.has(c)) output += `${c.text}\n`;
            deleted = true;
            return 'end';
          case 'q': case 'Q':
            quit = Number(c.text === '' ? 0 : c.text);
            if (c.name === 'Q') deleted = true;
            return 'end';
          case 'b': case 't': case 'T': {
            if (c.name === 't' ? !substituted : c.name === 'T' && substituted) break;
            if (c.name !== 'b') substituted = false;
            const left = branch(c.text);
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
    run(this.#commands);
    if (!deleted && !this.#quiet) output += `${space}\n`;
    return { output: output + after, quit };
  }
  #again(space: string, next: () => string | null, isLast: () => boolean): string {
    this.#line--;
    return this.cycle(space, next, isLast).output;
  }

  #matches(address: Address, space: string, isLast: () => boolean): boolean {
    switch (address.kind) {
      case 'line': return this.#line === address.n;
      case 'last': return isLast();
      case 'step': return address.step <= 0 ? this.#line === address.first : this.#line >= address.first && (this.#line - address.first) % address.step === 0;
      case 'regex': return this.#regex(address.regex)?.find(space) !== null;
    }
  }
  #regex(regex: Regex | null): Regex | null {
    if (regex !== null) this.#lastRegex = regex;
    return this.#lastRegex;
  }
  #selects(c: Command, space: string, isLast: () => boolean): boolean {
    return this.#inRange(c, space, isLast) !== c.negated;
  }
  #inRange(c: Command, space: string, isLast: () => boolean): boolean {
    if (c.from === null) return true;
    if (c.to === null) return this.#matches(c.from, space, isLast);
    const open = this.#ranges.get(c);
    if (open === undefined) {
      const zero = c.from.kind === 'line' && c.from.n === 0;
      if (!zero && !this.#matches(c.from, space, isLast)) return false;
      const end = c.to.kind === 'line' ? c.to.n : c.to.kind === 'plus' ? this.#line + c.to.n : c.to.kind === 'multiple' ? Math.ceil(this.#line / Math.max(1, c.to.n)) * c.to.n : null;
      if (end === null ? !(zero && this.#ends(c, space, isLast)) : end > this.#line) this.#ranges.set(c, end);
      return true;
    }
    if (open === null ? this.#ends(c, space, isLast) : this.#line >= open) this.#ranges.delete(c);
    return open === null || this.#line <= open;
  }
  #ends(c: Command, space: string, isLast: () => boolean): boolean {
    return c.to !== null && c.to.kind !== 'plus' && c.to.kind !== 'multiple' && this.#matches(c.to, space, isLast);
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
