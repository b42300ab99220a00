/** A text that is no program: what is run before the mistake, and how it is told. */
import type { Coroutine } from '../../kernel/sys.ts';
import { err } from './io.ts';
import type { ShellState } from './state.ts';
import { parseSource } from './syntax.ts';
import type { Parsed } from './syntax.ts';

/** The lines before a mistake that are whole commands: a shell has run them before it meets it. */
export function linesBefore(source: string, at: number): string {
  const lines = source.slice(0, at).split('\n').slice(0, -1);
  for (let tries = 0; lines.length > 0 && tries < 50; tries++) {
    const text = lines.join('\n');
    if (parseSource(text).kind === 'ok') return text;
    lines.pop();
  }
  return '';
}
/** Tells the mistake with its line; a script's line is shown, too. → the status */
export function* tellMistake(state: ShellState, source: string, parsed: Exclude<Parsed, { kind: 'ok' }>, where: string): Coroutine<number> {
  const line = parsed.at === source.length ? source.replace(/\n$/, '').split('\n').length + 1 : lineOf(source, parsed.at);
  const place = state.interactive ? `${state.name.replace(/^-/, '')}: ${where}` : `${state.name}: ${where}line ${line}: `;
  yield* err(`${place}${parsed.message}\n`);
  if (parsed.kind === 'error' && !state.interactive) yield* err(`${place}\`${source.split('\n')[line - 1]}'\n`);
  return (state.status = 2);
}
/** The line in which a place lies, from 1. */
export function lineOf(source: string, pos: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at >= 0 && at < pos; at = source.indexOf('\n', at + 1)) line++;
  return line;
}
