/** find's expression: words to a tree of tests and actions, with find's complaints. Pure. */

import { quote } from '../../lib/tool/index.ts';

export type Expression =
  | { readonly kind: 'and' | 'or' | 'comma'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'test'; readonly name: string; readonly value: string }
  | { readonly kind: 'exec'; readonly command: readonly string[]; readonly batch: boolean; readonly inDir: boolean; readonly ask: boolean; readonly id: number }
  | { readonly kind: 'print'; readonly form: 'print' | 'print0' | 'printf' | 'ls'; readonly format: string }
  | { readonly kind: 'act'; readonly name: 'delete' | 'prune' | 'quit' | 'true' | 'false' };
export interface Command { readonly paths: readonly string[]; readonly expression: Expression; readonly maxDepth: number; readonly minDepth: number; readonly depthFirst: boolean; readonly follow: boolean; readonly warnings: readonly string[] }

export class BadFind { readonly message: string; constructor(message: string) { this.message = message; } }

/** Tests that take a word. */
const TESTS = new Set(['name', 'iname', 'path', 'ipath', 'wholename', 'iwholename', 'regex', 'iregex', 'type', 'xtype', 'mtime', 'mmin', 'ctime', 'cmin', 'atime', 'amin', 'size', 'newer', 'newermt', 'anewer', 'cnewer', 'user', 'group', 'uid', 'gid', 'perm', 'inum', 'links', 'samefile', 'lname', 'ilname']);
const BARE = new Set(['empty', 'nouser', 'nogroup', 'readable', 'writable', 'executable']);
const UNAVAILABLE = new Set(['fls', 'fprint', 'fprintf', 'fprint0', 'fstype', 'used', 'context', 'xdev', 'mount', 'regextype', 'ok', 'okdir']);

const TRUE: Expression = { kind: 'act', name: 'true' };
const acts = (e: Expression): boolean => e.kind === 'print' || e.kind === 'exec' || (e.kind === 'act' && (e.name === 'delete' || e.name === 'quit')) || ('left' in e && (acts(e.left) || acts(e.right))) || (e.kind === 'not' && acts(e.of));

export function parseFind(words: readonly string[]): Command {
  let at = 0;
  let follow = false;
  while (/^-[LHP]$/.test(words[at] ?? '')) follow = words[at++] === '-L';
  const paths: string[] = [];
  while (at < words.length && !/^(?:-.|[()!,]$)/.test(words[at]!)) paths.push(words[at++]!);
  const parser = new Parser(words.slice(at));
  const parsed = parser.whole();
  const expression: Expression = acts(parsed) ? parsed : { kind: 'and', left: parsed, right: { kind: 'print', form: 'print', format: '' } };
  return { paths: paths.length === 0 ? ['.'] : paths, expression, follow, maxDepth: parser.maxDepth, minDepth: parser.minDepth, depthFirst: parser.depthFirst, warnings: parser.warnings };
}

class Parser {
  maxDepth = Infinity;
  minDepth = 0;
  depthFirst = false;
  readonly warnings: string[] = [];
  readonly #words: readonly string[];
  #at = 0;
  #execs = 0;
  constructor(words: readonly string[]) { this.#words = words; }

  whole(): Expression {
    if (this.#words.length === 0) return TRUE;
    const expression = this.#comma();
    const left = this.#words[this.#at];
    if (left === ')') throw new BadFind("you have too many ')'");
    if (left !== undefined) throw new BadFind(`paths must precede expression: \`${left}'`);
    return expression;
  }
  #comma(): Expression {
    let left = this.#or();
    while (this.#words[this.#at] === ',') {
      this.#at++;
      left = { kind: 'comma', left, right: this.#or() };
    }
    return left;
  }
  #or(): Expression {
    let left = this.#and();
    while (/^-(o|or)$/.test(this.#words[this.#at] ?? '')) {
      const operator = this.#words[this.#at++]!;
      left = { kind: 'or', left, right: this.#and(operator) };
    }
    return left;
  }
  #and(after?: string): Expression {
    let left = this.#not(after);
    for (;;) {
      const word = this.#words[this.#at];
      if (word === undefined || word === ')' || word === ',' || /^-(o|or)$/.test(word)) return left;
      const explicit = /^-(a|and)$/.test(word);
      if (explicit) this.#at++;
      left = { kind: 'and', left, right: this.#not(explicit ? word : undefined) };
    }
  }
  #not(after?: string): Expression {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new BadFind(after === undefined ? "expected an expression after '!'" : `expected an expression after '${after}'`);
    if (word === '!' || word === '-not') return { kind: 'not', of: this.#not() };
    if (word === '(') {
      if (this.#words[this.#at] === ')') throw new BadFind("invalid expression; empty parentheses are not allowed.");
      const inner = this.#comma();
      if (this.#words[this.#at++] !== ')') throw new BadFind("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      return inner;
    }
    if (word === ')') throw new BadFind("invalid expression; you have too many ')'");
    if (/^-(a|and|o|or)$/.test(word)) throw new BadFind(`invalid expression; you have used a binary operator '${word}' with nothing before it.`);
    return this.#primary(word);
  }
  #value(word: string): string {
    const value = this.#words[this.#at++];
    if (value === undefined) throw new BadFind(`missing argument to \`${word}'`);
    return value;
  }
  #primary(word: string): Expression {
    if (!word.startsWith('-')) throw new BadFind(`paths must precede expression: \`${word}'`);
    const name = word.slice(1);
    if (name === 'maxdepth' || name === 'mindepth') {
      const depth = this.#value(word);
      if (!/^\d+$/.test(depth)) throw new BadFind(`Expected a positive decimal integer argument to ${word}, but got ${quote(depth)}`);
      if (name === 'maxdepth') this.maxDepth = Number(depth);
      else this.minDepth = Number(depth);
      return TRUE;
    }
    if (name === 'depth' || name === 'd') {
      this.depthFirst = true;
      return TRUE;
    }
    if (TESTS.has(name)) return { kind: 'test', name, value: checked(word, this.#value(word)) };
    if (BARE.has(name)) return { kind: 'test', name, value: '' };
    if (name === 'print' || name === 'print0' || name === 'ls') return { kind: 'print', form: name, format: '' };
    if (name === 'printf') return { kind: 'print', form: 'printf', format: this.#value(word) };
    if (name === 'exec' || name === 'execdir') return this.#exec(word);
    if (name === 'delete') this.depthFirst = true;
    if (name === 'delete' || name === 'prune' || name === 'quit' || name === 'true' || name === 'false') return { kind: 'act', name };
    if (/^(daystart|warn|nowarn|noleaf|ignore_readdir_race|follow)$/.test(name)) throw new BadFind(`${word} is not available in this lab`);
    throw new BadFind(UNAVAILABLE.has(name) ? `${word} is not available in this lab` : `unknown predicate \`${word}'`);
  }
  #exec(word: string): Expression {
    const command: string[] = [];
    for (;;) {
      const part = this.#words[this.#at++];
      if (part === undefined) throw new BadFind(`missing argument to \`${word}'`);
      if (part === ';') break;
      if (part === '+' && command.at(-1) === '{}') return { kind: 'exec', command: command.slice(0, -1), batch: true, inDir: word === '-execdir', ask: false, id: this.#execs++ };
      command.push(part);
    }
    if (command.length === 0) throw new BadFind(`missing argument to \`${word}'`);
    return { kind: 'exec', command, batch: false, inDir: word === '-execdir', ask: false, id: this.#execs++ };
  }
}

/** Says at once what a test could not read. */
function checked(word: string, value: string): string {
  if (/^-x?type$/.test(word)) {
    const unknown = value.split(',').find((t) => !/^[bcdpflsD]$/.test(t));
    if (unknown !== undefined) throw new BadFind(unknown.length > 1 ? `Must separate multiple arguments to ${word} using: ','` : `Unknown argument to ${word}: ${unknown}`);
  }
  if (/^-[amc](time|min)$/.test(word) && !/^[-+]?\d+(\.\d+)?$/.test(value)) throw new BadFind(`invalid argument \`${value}' to \`${word}'`);
  if (word === '-size' && !/^[-+]?\d+[bcwkMG]?$/.test(value)) throw new BadFind(/\d[^\dbcwkMG]$/.test(value) ? `invalid -size type \`${value.at(-1)}'` : `Invalid argument \`${value}' to -size`);
  if (word === '-perm' && !/^[-/]?(?:[0-7]+|[ugoa]*[-+=][rwxXst]*(?:,[ugoa]*[-+=][rwxXst]*)*)$/.test(value)) throw new BadFind(`invalid mode ${quote(value)}`);
  if (/^-(inum|links)$/.test(word) && !/^[-+]?\d+$/.test(value)) throw new BadFind(`invalid argument \`${value}' to \`${word}'`);
  return value;
}
