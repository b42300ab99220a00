/** /bin/echo, for those who start it without a shell (kubectl exec, xargs, find -exec). */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { quietly } from '../../lib/tool/index.ts';
import { fromEscapes } from '../../lib/tool/printf.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(500);
  const words = argv.slice(1);
  let flags = '';
  while (/^-[neE]+$/.test(words[0] ?? '')) flags += words.shift()!;
  const text = words.join(' ');
  const done = flags.includes('e') ? fromEscapes(text, true) : { text, stop: false };
  yield* write(1, done.text + (flags.includes('n') || done.stop ? '' : '\n'));
  return 0;
}

export const program: Program = { name: 'echo', main: (argv) => quietly(body(argv)) };
