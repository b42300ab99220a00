/** env(1): shows the environment, or runs a program in another one. */
import { chdir, cpu, environ, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, reason, usageError } from '../../lib/tool/index.ts';
import { runProgram } from '../../lib/tool/run.ts';

const LONG = { 'ignore-environment': 'i', null: '0', unset: 'u:', chdir: 'C:', 'split-string': 'S:', debug: 'v' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1).map((a) => (a === '-' ? '-i' : a)), '+i0u:C:S:v', LONG);
  if (error !== null) return yield* usageError('env', error, 125);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  if (on('S') || on('v')) {
    yield* complain('env', `-${on('S') ? 'S' : 'v'} is not available in this lab`);
    return 125;
  }
  const vars = new Map(on('i') ? [] : Object.entries(yield* environ()));
  for (const { value } of options.filter((o) => o.name === 'u')) vars.delete(value!);
  const words = [...operands];
  while (words[0]?.includes('=')) {
    const [, name, value] = /^([^=]*)=(.*)$/s.exec(words.shift()!)!;
    vars.set(name!, value!);
  }
  const dir = options.findLast((o) => o.name === 'C')?.value ?? null;
  if (dir !== null && words.length === 0) return yield* usageError('env', 'must specify command with --chdir (-C)', 125);
  if (words.length === 0) {
    for (const [name, value] of vars) yield* write(1, `${name}=${value}${on('0') ? '\0' : '\n'}`);
    return 0;
  }
  if (on('0')) return yield* usageError('env', 'cannot specify --null (-0) with command', 125);
  if (dir !== null) {
    try {
      yield* chdir(dir);
    } catch (caught) {
      yield* complain('env', `cannot change directory to ${quote(dir)}: ${reason(caught)}`);
      return 125;
    }
  }
  return yield* runProgram({ path: words[0]!, argv: words, env: Object.fromEntries(vars) }, (why) => `env: ${quote(words[0]!)}: ${why}`);
}

export const program: Program = { name: 'env', main: (argv) => quietly(body(argv)) };
