/** Stands for tools a node has that the lab does not model: says so plainly, under the name it was called by. */
import { write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';

function* main(argv: readonly string[]): Coroutine<number> {
  yield* write(2, `${argv[0]!.replace(/^.*\//, '')}: not available in this lab\n`);
  return 1;
}

export const program: Program = { name: 'unavailable', main };
