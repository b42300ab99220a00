/** sed's language: addresses, commands, blocks. Errors in GNU's words, without the program's name. */
import { compileRegex, RegexError } from '../../lib/regex/index.ts';
import type { Regex } from '../../lib/regex/index.ts';

export class SedError extends Error {}

export type Address =
  | { readonly kind: 'line'; readonly n: number } | { readonly kind: 'last' } | { readonly kind: 'regex'; readonly regex: Regex | null }
  | { readonly kind: 'step'; readonly first: number; readonly step: number };
export type End = Address | { readonly kind: 'plus'; readonly n: number } | { readonly kind: 'multiple'; readonly n: number };
export interface Command {
  readonly from: Address | null; readonly to: End | null; readonly negated: boolean; readonly name: string;
  /** `s`: the replacement's source; `a i c`: text; `y`: the two sets; `b t T :`: label; `r w R W`: file; `q Q`: code. */ readonly text: string; readonly text2: string;
  readonly regex: Regex | null; readonly global: boolean; readonly print: boolean; readonly nth: number; readonly block: readonly Command[];
}

export function parseSed(script: string, extended: boolean): readonly Command[] {
  let at = 0;
  const bad = (message: string): never => { throw new SedError(`-e expression #1, char ${Math.min(at, script.length)}: ${message}`); };
  const skip = (set: string): void => { while (at < script.length && set.includes(script[at]!)) at++; };

  function delimited(delimiter: string, isPattern: boolean): string {
    let text = '';
    for (let inSet = false; at < script.length; at++) {
      const c = script[at]!;
      if (c === '\\' && at + 1 < script.length) {
        const next = script[++at]!;
        text += next === delimiter && delimiter !== '\\' ? (/[.*[\]^$+?(){}|]/.test(delimiter) ? `\\${delimiter}` : delimiter) : next === '\n' ? '\n' : `\\${next}`;
        continue;
      }
      if (c === delimiter && !inSet) return (at++, text);
      text += c;
      if (c === '[' && isPattern && !inSet) {
        // A `]` that comes first stands for itself.
        const first = /^\^?\]?/.exec(script.slice(at + 1))![0];
        [text, at, inSet] = [text + first, at + first.length, true];
      } else if (c === ']') inSet = false;
    }
    throw new SedError('');
  }
  function pattern(text: string, ignoreCase: boolean): Regex | null {
    if (text === '') return null;
    try {
      return compileRegex(text, { extended, ignoreCase });
    } catch (caught) {
      if (caught instanceof RegexError) return bad(caught.message);
      throw caught;
    }
  }
  function regexAddress(delimiter: string): Address {
    let text: string;
    try {
      text = delimited(delimiter, true);
    } catch {
      return bad('unterminated address regex');
    }
    const ignoreCase = script[at] === 'I';
    if (ignoreCase) at++;
    return { kind: 'regex', regex: pattern(text, ignoreCase) };
  }
  function number(): number {
    const digits = /^\d+/.exec(script.slice(at))![0];
    at += digits.length;
    return Number(digits);
  }
  function address(): Address | null {
    const c = script[at];
    if (c === undefined) return null;
    if (c >= '0' && c <= '9') {
      const n = number();
      if (script[at] !== '~') return { kind: 'line', n };
      at++;
      return { kind: 'step', first: n, step: number() };
    }
    at++;
    if (c === '$') return { kind: 'last' };
    if (c === '/') return regexAddress('/');
    if (c === '\\') return regexAddress(script[at++]!);
    at--;
    return null;
  }
  function end(): End {
    skip(' \t');
    if (script[at] === '+' || script[at] === '~') return script[at++] === '+' ? { kind: 'plus', n: number() } : { kind: 'multiple', n: number() };
    return address() ?? (at++, bad('unexpected `,\''));
  }
  function rest(): string {
    skip(' \t');
    const stop = /[;\n}]/.exec(script.slice(at));
    const text = script.slice(at, stop === null ? script.length : at + stop.index).trim();
    at = stop === null ? script.length : at + stop.index;
    return text;
  }
  function lineText(): string {
    skip(' \t');
    if (script[at] === '\\') {
      at++;
      skip(' \t');
      if (script[at] === '\n') at++;
    }
    let text = '';
    for (; at < script.length && script[at] !== '\n'; at++) {
      if (script[at] === '\\' && at + 1 < script.length) at++;
      text += script[at];
    }
    return text;
  }
  function substitute(base: Omit<Command, 'text' | 'regex' | 'global' | 'print' | 'nth'>): Command {
    const delimiter = script[at++] ?? bad("unterminated `s' command");
    let [source, text] = ['', ''];
    try {
      source = delimited(delimiter, true);
      text = delimited(delimiter, false);
    } catch {
      bad("unterminated `s' command");
    }
    const flags = /^(?:[gpiIe]|\d+)*/.exec(script.slice(at))![0];
    at += flags.length;
    skip(' \t');
    if (at < script.length && !';\n}#'.includes(script[at]!)) {
      if (script[at] === 'w') bad('the w flag is not available in this lab');
      at++;
      bad("unknown option to `s'");
    }
    const regex = pattern(source, /[iI]/.test(flags));
    const highest = Math.max(0, ...[...text.matchAll(/\\(\d)/g)].map((m) => Number(m[1])));
    if (regex !== null && highest > regex.groups) bad(`invalid reference \\${highest} on \`s' command's RHS`);
    return { ...base, text, regex, global: flags.includes('g'), print: flags.includes('p'), nth: Number(/\d+/.exec(flags)?.[0] ?? 1) };
  }
  function commands(depth: number): Command[] {
    const list: Command[] = [];
    for (;;) {
      skip(' \t\n;');
      if (at >= script.length) {
        if (depth > 0) throw new SedError(`-e expression #1, char 0: unmatched \`{'`);
        return list;
      }
      if (script[at] === '#') {
        while (at < script.length && script[at] !== '\n') at++;
        continue;
      }
      if (script[at] === '}') {
        at++;
        if (depth === 0) bad("unexpected `}'");
        return list;
      }
      const from = address();
      skip(' \t');
      let to: End | null = null;
      if (from !== null && script[at] === ',') {
        at++;
        to = end();
        skip(' \t');
      }
      let negated = false;
      while (script[at] === '!' || script[at] === ' ') if (script[at++] === '!') negated = true;
      list.push(one(from, to, negated, depth));
    }
  }
  function one(from: Address | null, to: End | null, negated: boolean, depth: number): Command {
    const name = script[at++];
    if (name === undefined) return bad('missing command');
    const base = { from, to, negated, name, text: '', text2: '', regex: null, global: false, print: false, nth: 1, block: [] };
    if ('pPdDnNgGhHxlz='.includes(name)) return closed(base);
    if (name === '{') return { ...base, block: commands(depth + 1) };
    if (name === 's') return closed(substitute(base));
    if ('aic'.includes(name)) {
      const text = lineText();
      return text === '' && at >= script.length ? bad('expected \\ after `a\', `c\' or `i\'') : { ...base, text };
    }
    if (name === 'y') {
      const delimiter = script[at++]!;
      const plain = (t: string): string => t.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
      try {
        const [text, text2] = [plain(delimited(delimiter, false)), plain(delimited(delimiter, false))];
        return text.length === text2.length ? closed({ ...base, text, text2 }) : bad("strings for `y' command are different lengths");
      } catch (caught) {
        if (caught instanceof SedError && caught.message !== '') throw caught;
        return bad("unterminated `y' command");
      }
    }
    if ('btT:qQ'.includes(name)) return { ...base, text: rest() };
    if ('rwRWeF'.includes(name)) return bad(`the ${name} command is not available in this lab`);
    return bad(`unknown command: \`${name}'`);
  }
  function closed(command: Command): Command {
    skip(' \t');
    if (at < script.length && !';\n}#'.includes(script[at]!)) {
      at++;
      bad('extra characters after command');
    }
    return command;
  }
  return commands(0);
}
