/**
 * Shell patterns (`*`, `?`, `[…]`, extglob) matched by a small backtracking-free automaton over parsed pieces.
 * A pattern comes as pieces, so that quoted characters are never special.
 */
export interface Piece { readonly text: string; readonly quoted: boolean }

type Token = { readonly k: 'c'; readonly c: string } | { readonly k: '?' } | { readonly k: '*' } | { readonly k: '['; readonly not: boolean; readonly items: readonly (readonly [string, string] | string)[] };

const CLASSES: Readonly<Record<string, (c: string) => boolean>> = {
  alpha: (c) => /[A-Za-z]/.test(c), digit: (c) => /[0-9]/.test(c), alnum: (c) => /[A-Za-z0-9]/.test(c), upper: (c) => /[A-Z]/.test(c), lower: (c) => /[a-z]/.test(c), space: (c) => /[ \t\n\r\f\v]/.test(c),
  blank: (c) => c === ' ' || c === '\t', punct: (c) => /[!-/:-@[-`{-~]/.test(c), xdigit: (c) => /[0-9A-Fa-f]/.test(c), cntrl: (c) => c < ' ' || c === '\x7f', print: (c) => c >= ' ' && c !== '\x7f', graph: (c) => c > ' ' && c !== '\x7f', word: (c) => /\w/.test(c),
};

function tokens(pieces: readonly Piece[]): readonly Token[] {
  const chars: { c: string; q: boolean }[] = [];
  for (const p of pieces) for (let i = 0; i < p.text.length; i++) {
    const c = p.text[i]!;
    if (!p.quoted && c === '\\' && i + 1 < p.text.length) chars.push({ c: p.text[++i]!, q: true });
    else chars.push({ c, q: p.quoted });
  }
  const out: Token[] = [];
  for (let i = 0; i < chars.length; i++) {
    const { c, q } = chars[i]!;
    if (q || (c !== '*' && c !== '?' && c !== '[')) out.push({ k: 'c', c });
    else if (c !== '[') {
      if (c !== '*' || out.at(-1)?.k !== '*') out.push({ k: c });
    } else {
      const set = bracket(chars, i);
      if (set === null) out.push({ k: 'c', c });
      else {
        out.push(set.token);
        i = set.end;
      }
    }
  }
  return out;
}

function bracket(chars: readonly { c: string; q: boolean }[], from: number): { token: Token; end: number } | null {
  let i = from + 1;
  const not = chars[i] !== undefined && !chars[i]!.q && (chars[i]!.c === '!' || chars[i]!.c === '^');
  if (not) i++;
  const items: (readonly [string, string] | string)[] = [];
  for (let first = true; i < chars.length; first = false) {
    const { c, q } = chars[i]!;
    if (c === ']' && !q && !first) return { token: { k: '[', not, items }, end: i };
    if (c === '[' && !q && chars[i + 1]?.c === ':') {
      const name = /^\[:(\w+):\]/.exec(chars.slice(i, i + 12).map((x) => x.c).join(''));
      if (name !== null) {
        items.push(name[1]!);
        i += name[0].length;
        continue;
      }
    }
    if (chars[i + 1]?.c === '-' && !chars[i + 1]!.q && chars[i + 2] !== undefined && !(chars[i + 2]!.c === ']' && !chars[i + 2]!.q)) {
      items.push([c, chars[i + 2]!.c]);
      i += 3;
    } else {
      items.push([c, c]);
      i++;
    }
  }
  return null;
}

function accepts(t: Token, c: string): boolean {
  if (t.k === 'c') return t.c === c;
  if (t.k === '[') return t.items.some((item) => (typeof item === 'string' ? CLASSES[item]?.(c) === true : c >= item[0] && c <= item[1])) !== t.not;
  return true;
}

/** The set of positions in `text` (from `from`) at which a match of the whole pattern may end. Linear in text × pattern. */
function ends(pattern: readonly Token[], text: string, from: number): readonly number[] {
  let states = new Set<number>([0]);
  const close = (set: Set<number>): Set<number> => {
    for (const s of set) if (pattern[s]?.k === '*') set.add(s + 1);
    return set;
  };
  close(states);
  const found: number[] = states.has(pattern.length) ? [from] : [];
  for (let i = from; i < text.length && states.size > 0; i++) {
    const next = new Set<number>();
    for (const s of states) {
      const t = pattern[s];
      if (t === undefined) continue;
      if (t.k === '*') next.add(s);
      else if (accepts(t, text[i]!)) next.add(s + 1);
    }
    states = close(next);
    if (states.has(pattern.length)) found.push(i + 1);
  }
  return found;
}

export class Pattern {
  readonly #tokens: readonly Token[];
  constructor(pieces: readonly Piece[]) { this.#tokens = tokens(pieces); }
  get magic(): boolean { return this.#tokens.some((t) => t.k !== 'c'); }
  get literal(): string { return this.#tokens.map((t) => (t.k === 'c' ? t.c : '')).join(''); }
  matches(text: string): boolean { return ends(this.#tokens, text, 0).at(-1) === text.length; }
  /** End of the shortest or longest match that begins at `from`; −1 for none. */
  endAt(text: string, from: number, longest: boolean): number { return (longest ? ends(this.#tokens, text, from).at(-1) : ends(this.#tokens, text, from)[0]) ?? -1; }
}
