/** Source text as a tree, or what is wrong with it in bash's words. */
import { parse } from 'unbash';
import type { ParsedScript } from 'unbash';
import { printBody } from './print.ts';

export type Parsed =
  | { readonly kind: 'ok'; readonly script: ParsedScript }
  /** More lines are needed (an open quote, `if` without `fi`, a here-document, a trailing `|`). */
  | { readonly kind: 'incomplete'; readonly message: string; readonly at: number }
  | { readonly kind: 'error'; readonly message: string; readonly at: number };

const memo = new Map<string, Parsed>();   // pure, by content
const MEMO_LIMIT = 500;

export function parseSource(source: string): Parsed {
  const known = memo.get(source);
  if (known !== undefined) return known;
  if (memo.size > MEMO_LIMIT) memo.clear();
  const parsed = analyse(source);
  memo.set(source, parsed);
  return parsed;
}

function analyse(source: string): Parsed {
  const script = parse(source);
  const problem = script.errors?.[0];
  if (problem === undefined) {
    if (/(^|[^\\])(\\\\)*\\$/.test(source) || openHereDoc(script, source)) return { kind: 'incomplete', message: 'syntax error: unexpected end of file', at: source.length };
    return { kind: 'ok', script };
  }
  const { message, pos } = problem;
  const quote = /^unterminated (single quote|double quote|backtick|ANSI-C quote)/.exec(message);
  if (quote !== null) return { kind: 'incomplete', message: `unexpected EOF while looking for matching \`${quote[1] === 'double quote' ? '"' : quote[1] === 'backtick' ? '`' : "'"}'`, at: pos };
  if (message.startsWith('unterminated')) return { kind: 'incomplete', message: `unexpected EOF while looking for matching \`${message.includes('brace') || message.includes('parameter') ? '}' : ')'}'`, at: pos };
  const rest = source.slice(pos);
  if (rest.trim() === '' && message.startsWith('expected')) return { kind: 'incomplete', message: 'syntax error: unexpected end of file', at: source.length };
  const token = /^unexpected token '(.*)'$/s.exec(message)?.[1] ?? nextToken(rest);
  return { kind: 'error', message: `syntax error near unexpected token \`${token}'`, at: pos };
}

/** A function as `type` shows it; `body` is the text it was defined by. */
export function functionText(name: string, body: string): string {
  const parsed = parseSource(body);
  const command = parsed.kind === 'ok' ? parsed.script.commands[0]?.command : undefined;
  const printed = command === undefined || command.type === 'AndOr' || command.type === 'Pipeline' ? body : printBody(command, body);
  return `${name} () \n${printed}`;
}

function nextToken(rest: string): string {
  const text = rest.replace(/^[ \t]+/, '');
  if (text === '' || text.startsWith('\n')) return 'newline';
  return /^(?:;;&?|;&|&&|\|\||\|&|<<-?|>>|[;&|()<>]|[^\s;&|()<>]+)/.exec(text)?.[0] ?? text.slice(0, 1);
}

/** A here-document whose delimiter has not come yet. */
function openHereDoc(script: ParsedScript, source: string): boolean {
  if (!source.includes('<<')) return false;
  let open = false;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const n = node as { type?: string; closing?: unknown; operator?: string };
    if (n.type === 'HereDoc' && n.closing === undefined) open = true;
    for (const value of Object.values(node)) if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object') visit(value);
  };
  visit(script.commands);
  return open;
}
