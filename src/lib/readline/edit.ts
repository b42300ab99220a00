/**
 * The line editor as a pure reducer: a key and a line give a line and what the shell has to do.
 * Emacs keys as readline's defaults. Lines are byte strings; the cursor moves by UTF-8 characters.
 */
import { pasted } from './keys.ts';

export interface Line {
  readonly text: string; readonly cursor: number;
  /** Index into history; its length means the new line, which `draft` keeps meanwhile. */ readonly at: number; readonly draft: string;
  readonly killed: string; /** The last key killed, so that the next kill appends. */ readonly killing: boolean;
  readonly search: { readonly query: string; readonly at: number; readonly failed: boolean; readonly before: string } | null;
  readonly undo: readonly (readonly [string, number])[];
  readonly tabs: number; readonly quoted: boolean;
}
export type Action = 'none' | 'submit' | 'interrupt' | 'eof' | 'clear' | 'complete' | 'list' | 'bell';
export interface Step { readonly line: Line; readonly action: Action }

export const emptyLine = (historyLength: number, text = ''): Line => ({ text, cursor: text.length, at: historyLength, draft: '', killed: '', killing: false, search: null, undo: [], tabs: 0, quoted: false });

const back = (text: string, at: number): number => {
  let n = at - 1;
  while (n > 0 && (text.charCodeAt(n) & 0xc0) === 0x80) n--;
  return Math.max(0, n);
};
const forward = (text: string, at: number): number => {
  let n = at + 1;
  while (n < text.length && (text.charCodeAt(n) & 0xc0) === 0x80) n++;
  return Math.min(text.length, n);
};
const isWord = (c: string | undefined): boolean => c !== undefined && /[\w\x80-\xff]/.test(c);
function wordBack(text: string, at: number): number {
  let n = at;
  while (n > 0 && !isWord(text[n - 1])) n--;
  while (n > 0 && isWord(text[n - 1])) n--;
  return n;
}
function wordForward(text: string, at: number): number {
  let n = at;
  while (n < text.length && !isWord(text[n])) n++;
  while (n < text.length && isWord(text[n])) n++;
  return n;
}
function spaceBack(text: string, at: number): number {
  let n = at;
  while (n > 0 && text[n - 1] === ' ') n--;
  while (n > 0 && text[n - 1] !== ' ') n--;
  return n;
}

const done = (line: Line, action: Action = 'none'): Step => ({ line: { ...line, killing: false, tabs: action === 'complete' || action === 'list' ? line.tabs : 0 }, action });
const changed = (line: Line, text: string, cursor: number): Line => ({ ...line, text, cursor, undo: [...line.undo.slice(-99), [line.text, line.cursor]] });
const move = (line: Line, cursor: number): Step => done({ ...line, cursor });
const insert = (line: Line, text: string): Step => done(changed(line, line.text.slice(0, line.cursor) + text + line.text.slice(line.cursor), line.cursor + text.length));
function kill(line: Line, from: number, to: number): Step {
  const gone = line.text.slice(from, to);
  const killed = !line.killing ? gone : to <= line.cursor ? gone + line.killed : line.killed + gone;
  return { line: { ...changed(line, line.text.slice(0, from) + line.text.slice(to), from), killed, killing: true, tabs: 0 }, action: 'none' };
}
const remove = (line: Line, from: number, to: number): Step => (from === to ? done(line, 'bell') : done(changed(line, line.text.slice(0, from) + line.text.slice(to), from)));

function recall(line: Line, at: number, history: readonly string[]): Step {
  if (at < 0 || at > history.length) return done(line, 'bell');
  const draft = line.at === history.length ? line.text : line.draft;
  const text = at === history.length ? draft : history[at]!;
  return done({ ...line, text, cursor: text.length, at, draft });
}

/** Applies one key. `history` is oldest first. */
export function press(line: Line, key: string, history: readonly string[]): Step {
  if (line.quoted) return insert({ ...line, quoted: false }, key);
  const paste = pasted(key);
  if (paste !== null) return insert(line.search === null ? line : { ...line, search: null }, paste.replace(/\r\n?/g, '\n').replace(/\n+$/, ''));
  if (line.search !== null) return search(line, key, history);
  const { text, cursor } = line;
  switch (key) {
    case '\r': case '\n': return done(line, 'submit');
    case '\x03': return done(line, 'interrupt');
    case '\x04': return text === '' ? done(line, 'eof') : remove(line, cursor, forward(text, cursor));
    case '\t': return { line: { ...line, tabs: line.tabs + 1, killing: false }, action: line.tabs > 0 ? 'list' : 'complete' };
    case '\x01': case '\x1b[H': case '\x1bOH': case '\x1b[1~': return move(line, 0);
    case '\x05': case '\x1b[F': case '\x1bOF': case '\x1b[4~': return move(line, text.length);
    case '\x02': case '\x1b[D': case '\x1bOD': return move(line, back(text, cursor));
    case '\x06': case '\x1b[C': case '\x1bOC': return move(line, forward(text, cursor));
    case '\x1bb': case '\x1b[1;5D': case '\x1b[1;3D': return move(line, wordBack(text, cursor));
    case '\x1bf': case '\x1b[1;5C': case '\x1b[1;3C': return move(line, wordForward(text, cursor));
    case '\x7f': case '\b': return remove(line, cursor === 0 ? 0 : back(text, cursor), cursor);
    case '\x1b[3~': return remove(line, cursor, forward(text, cursor));
    case '\x0b': return kill(line, cursor, text.length);
    case '\x15': return kill(line, 0, cursor);
    case '\x17': return kill(line, spaceBack(text, cursor), cursor);
    case '\x1b\x7f': case '\x1b\b': return kill(line, wordBack(text, cursor), cursor);
    case '\x1bd': return kill(line, cursor, wordForward(text, cursor));
    case '\x19': return insert(line, line.killed);
    case '\x14': return transpose(line);
    case '\x1f': return undo(line);
    case '\x0c': return done(line, 'clear');
    case '\x10': case '\x1b[A': case '\x1bOA': return recall(line, line.at - 1, history);
    case '\x0e': case '\x1b[B': case '\x1bOB': return recall(line, line.at + 1, history);
    case '\x1b<': return recall(line, 0, history);
    case '\x1b>': return recall(line, history.length, history);
    case '\x1b.': case '\x1b_': return insert(line, /(\S+)\s*$/.exec(history.at(-1) ?? '')?.[1] ?? '');
    case '\x12': return { line: { ...line, search: { query: '', at: history.length, failed: false, before: text } }, action: 'none' };
    case '\x16': return done({ ...line, quoted: true });
    case '\x1bu': case '\x1bl': case '\x1bc': return recase(line, key);
    default: return key >= ' ' && !key.startsWith('\x1b') ? insert(line, key) : done(line);
  }
}

function transpose(line: Line): Step {
  const { text } = line;
  const at = line.cursor === text.length ? back(text, line.cursor) : line.cursor;
  if (at === 0) return done(line, 'bell');
  const left = back(text, at);
  const right = forward(text, at);
  return done(changed(line, text.slice(0, left) + text.slice(at, right) + text.slice(left, at) + text.slice(right), right));
}
function recase(line: Line, key: string): Step {
  const to = wordForward(line.text, line.cursor);
  const word = line.text.slice(line.cursor, to);
  const next = key === '\x1bu' ? word.toUpperCase() : key === '\x1bl' ? word.toLowerCase() : word.replace(/\w[\s\S]*/, (w) => w[0]!.toUpperCase() + w.slice(1).toLowerCase());
  return done(changed(line, line.text.slice(0, line.cursor) + next + line.text.slice(to), to));
}
function undo(line: Line): Step {
  const last = line.undo.at(-1);
  if (last === undefined) return done(line, 'bell');
  return done({ ...line, text: last[0], cursor: last[1], undo: line.undo.slice(0, -1) });
}

function search(line: Line, key: string, history: readonly string[]): Step {
  const s = line.search!;
  const find = (query: string, from: number): Step => {
    for (let i = Math.min(from, history.length - 1); i >= 0; i--) {
      const at = query === '' ? -1 : history[i]!.indexOf(query);
      if (at >= 0) return { line: { ...line, text: history[i]!, cursor: at, at: i, search: { ...s, query, at: i, failed: false } }, action: 'none' };
    }
    return { line: { ...line, search: { ...s, query, failed: query !== '' } }, action: query === '' ? 'none' : 'bell' };
  };
  if (key === '\x12') return find(s.query, s.at - 1);
  if (key === '\x7f' || key === '\b') return find(s.query.slice(0, -1), history.length - 1);
  if (key === '\x07' || key === '\x03') return done({ ...line, text: s.before, cursor: s.before.length, at: history.length, search: null }, key === '\x03' ? 'interrupt' : 'none');
  if (key >= ' ' && !key.startsWith('\x1b')) return find(s.query + key, s.at);
  const left: Line = { ...line, search: null };
  return key === '\x1b' ? done(left) : press(left, key, history);
}
