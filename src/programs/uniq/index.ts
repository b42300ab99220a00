/** uniq(1): folds equal neighbours. */
import { cpu, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, reason, usageError } from '../../lib/tool/index.ts';
import { eachText, linesOf } from '../../lib/tool/operands.ts';

const LONG = { count: 'c', repeated: 'd', 'ignore-case': 'i', unique: 'u', 'skip-fields': 'f:', 'skip-chars': 's:', 'check-chars': 'w:', 'all-repeated': 'D', 'zero-terminated': 'z' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'cdDf:is:uw:z', LONG);
  if (error !== null) return yield* usageError('uniq', error);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const refused = options.find((o) => o.name === 'z');
  if (refused !== undefined || operands.length > 2) return refused === undefined ? yield* usageError('uniq', `extra operand ${quote(operands[2]!)}`) : (yield* complain('uniq', '-z is not available in this lab'), 1);
  for (const [letter, what] of [['f', 'fields'], ['s', 'bytes'], ['w', 'bytes']] as const) {
    const given = options.findLast((o) => o.name === letter)?.value;
    if (given !== undefined && given !== null && !/^\d+$/.test(given)) {
      yield* complain('uniq', `${given}: invalid number of ${what} to ${letter === 'w' ? 'compare' : 'skip'}`);
      return 1;
    }
  }
  const count = (letter: string, otherwise: number): number => Number(options.findLast((o) => o.name === letter)?.value ?? otherwise);
  const [fields, chars, width] = [count('f', 0), count('s', 0), count('w', Infinity)];
  const part = (line: string): string => {
    let rest = line;
    for (let i = 0; i < fields; i++) rest = rest.replace(/^[ \t]*[^ \t]*/, '');
    rest = rest.slice(chars, width === Infinity ? undefined : chars + width);
    return on('i') ? rest.toLowerCase() : rest;
  };
  let out = '';
  const status = yield* eachText('uniq', operands.slice(0, 1), function* (text) {
    yield* cpu(1);
    const groups: string[][] = [];
    for (const line of linesOf(text)) {
      const group = groups.at(-1);
      if (group !== undefined && part(group[0]!) === part(line)) group.push(line);
      else groups.push([line]);
    }
    for (const group of groups) {
      if ((on('u') && group.length > 1) || ((on('d') || on('D')) && group.length === 1)) continue;
      if (on('D')) out += group.map((line) => `${line}\n`).join('');
      else out += `${on('c') ? `${String(group.length).padStart(7)} ` : ''}${group[0]}\n`;
    }
  });
  if (status !== 0) return status;
  if (operands[1] === undefined || operands[1] === '-') yield* write(1, out);
  else {
    try {
      yield* writeFile(operands[1], out);
    } catch (caught) {
      yield* complain('uniq', `${operands[1]}: ${reason(caught)}`);
      return 1;
    }
  }
  return 0;
}

export const program: Program = { name: 'uniq', main: (argv) => quietly(body(argv)) };
