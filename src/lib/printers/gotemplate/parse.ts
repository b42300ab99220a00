/**
 * Go's text/template, as far as output templates use it: fields, variables, pipelines, range, if, with, trimming, comments.
 * Not modelled: define, template, block, break, continue, method calls.
 */

export type Operand =
  | { readonly kind: 'field'; readonly base: Operand | null; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string } | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'function'; readonly name: string } | { readonly kind: 'pipeline'; readonly commands: readonly (readonly Operand[])[] };
export interface Pipeline { readonly assign: readonly string[]; readonly declare: boolean; readonly commands: readonly (readonly Operand[])[] }
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string } | { readonly kind: 'print'; readonly pipeline: Pipeline }
  | { readonly kind: 'if' | 'range' | 'with'; readonly pipeline: Pipeline; readonly body: readonly TemplateNode[]; readonly otherwise: readonly TemplateNode[] };

/** A template that cannot be read; `message` is what Go says after the template's name and line. */
export class TemplateError extends Error {}

type Token = { readonly type: 'string' | 'number' | 'word' | 'field' | 'variable' | 'mark'; readonly text: string };
const TOKEN = /\s+|"((?:[^"\\]|\\.)*)"|`([^`]*)`|(-?\d+(?:\.\d+)?)|(\$\w*(?:\.\w+)*)|(\.(?:\w+(?:\.\w+)*)?)|(\w+)|(:=|[=|(),])/gy;

function tokens(text: string): Token[] {
  const list: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new TemplateError(`unexpected ${JSON.stringify(text[at])} in operand`);
    const [, double, raw, number, variable, field, word, mark] = match;
    if (double !== undefined) list.push({ type: 'string', text: JSON.parse(`"${double}"`) as string });
    else if (raw !== undefined) list.push({ type: 'string', text: raw });
    else if (number !== undefined) list.push({ type: 'number', text: number });
    else if (variable !== undefined) list.push({ type: 'variable', text: variable });
    else if (field !== undefined) list.push({ type: 'field', text: field });
    else if (word !== undefined) list.push({ type: 'word', text: word });
    else if (mark !== undefined) list.push({ type: 'mark', text: mark });
  }
  return list;
}

const namesOf = (dotted: string) => dotted.split('.').filter((name) => name !== '');

function operand(list: Token[]): Operand {
  const token = list.shift()!;
  if (token.type === 'string') return { kind: 'literal', value: token.text };
  if (token.type === 'number') return { kind: 'literal', value: Number(token.text) };
  if (token.type === 'field') return { kind: 'field', base: null, names: namesOf(token.text) };
  if (token.type === 'variable') {
    const [name = '$', ...names] = token.text.split('.');
    const variable: Operand = { kind: 'variable', name };
    return names.length === 0 ? variable : { kind: 'field', base: variable, names };
  }
  if (token.type === 'word') {
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true' };
    return token.text === 'nil' ? { kind: 'literal', value: null } : { kind: 'function', name: token.text };
  }
  if (token.text !== '(') throw new TemplateError(`unexpected ${JSON.stringify(token.text)} in command`);
  const inner: Operand = { kind: 'pipeline', commands: commands(list, true) };
  // `(index .a 0).b`
  const next = list[0];
  if (next?.type === 'field' && next.text !== '.') return { kind: 'field', base: inner, names: namesOf(list.shift()!.text) };
  return inner;
}

function commands(list: Token[], nested: boolean): Operand[][] {
  const all: Operand[][] = [[]];
  for (let token = list[0]; token !== undefined; token = list[0]) {
    if (token.type === 'mark' && token.text === '|') { list.shift(); all.push([]); }
    else if (token.type === 'mark' && token.text === ')') {
      if (!nested) throw new TemplateError('unexpected right paren');
      list.shift();
      nested = false;
      break;
    } else all.at(-1)!.push(operand(list));
  }
  if (nested) throw new TemplateError('unclosed left paren');
  if (all.some((command) => command.length === 0)) throw new TemplateError('missing value for command');
  return all;
}

function pipeline(text: string): Pipeline {
  const list = tokens(text);
  const assign: string[] = [];
  const at = list.findIndex((token) => token.type === 'mark' && (token.text === ':=' || token.text === '='));
  const declare = at >= 0 && list[at]!.text === ':=';
  if (at >= 0) assign.push(...list.splice(0, at + 1).filter((token) => token.type === 'variable').map((token) => token.text));
  return { assign, declare, commands: commands(list, false) };
}

type Piece = { readonly text: string } | { readonly action: string };

/** Cuts the template at its actions; `{{-` and `-}}` eat the space beside them. */
function pieces(template: string): Piece[] {
  const list: Piece[] = [];
  let at = 0, trim = false;
  for (;;) {
    const open = template.indexOf('{{', at);
    let text = template.slice(at, open < 0 ? undefined : open);
    if (trim) text = text.trimStart();
    if (open < 0) return [...list, { text }];
    const left = /^\{\{-\s/.test(template.slice(open, open + 4));
    list.push({ text: left ? text.trimEnd() : text });
    const close = template.indexOf('}}', open);
    if (close < 0) throw new TemplateError('unclosed action');
    let action = template.slice(open + (left ? 3 : 2), close);
    trim = /\s-$/.test(action);
    if (trim) action = action.slice(0, -1);
    if (!/^\s*\/\*/.test(action)) list.push({ action: action.trim() });
    at = close + 2;
  }
}

interface Block { readonly nodes: TemplateNode[]; readonly ended: 'end' | 'else' | 'eof'; readonly rest: string }

function block(list: Piece[]): Block {
  const nodes: TemplateNode[] = [];
  for (let piece = list.shift(); piece !== undefined; piece = list.shift()) {
    if ('text' in piece) {
      if (piece.text !== '') nodes.push({ kind: 'text', text: piece.text });
      continue;
    }
    const [, word = '', rest = ''] = /^(\w*)\s*(.*)$/s.exec(piece.action) ?? [];
    if (word === 'end') return { nodes, ended: 'end', rest: '' };
    if (word === 'else') return { nodes, ended: 'else', rest };
    if (word === 'if' || word === 'range' || word === 'with') nodes.push(control(word, rest, list));
    else if (piece.action === '') throw new TemplateError('missing value for command');
    else nodes.push({ kind: 'print', pipeline: pipeline(piece.action) });
  }
  return { nodes, ended: 'eof', rest: '' };
}

function control(kind: 'if' | 'range' | 'with', text: string, list: Piece[]): TemplateNode {
  if (text === '') throw new TemplateError(`missing value for ${kind}`);
  const body = block(list);
  let otherwise: readonly TemplateNode[] = [];
  if (body.ended === 'else') {
    const match = /^(if|with)\s+(.*)$/s.exec(body.rest);
    if (match !== null) otherwise = [control(match[1] as 'if' | 'with', match[2]!, list)];
    else {
      const second = block(list);
      if (second.ended !== 'end') throw new TemplateError('unexpected EOF');
      otherwise = second.nodes;
    }
  } else if (body.ended === 'eof') throw new TemplateError('unexpected EOF');
  return { kind, pipeline: pipeline(text), body: body.nodes, otherwise };
}

/** Throws TemplateError. */
export function parseTemplate(template: string): readonly TemplateNode[] {
  const { nodes, ended } = block(pieces(template));
  if (ended !== 'eof') throw new TemplateError(`unexpected {{${ended}}}`);
  return nodes;
}
