/** false(1). */
import { cpu } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';

function* main(): Coroutine<number> {
  yield* cpu(500);
  return 1;
}

export const program: Program = { name: 'false', main };
