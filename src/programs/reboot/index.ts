/** reboot, shutdown, poweroff, halt: the node cannot be turned off from inside the lab, and says so. */
import { write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';

function* main(argv: readonly string[]): Coroutine<number> {
  yield* write(2, `${argv[0]!.replace(/^.*\//, '')}: not available in this lab\n`);
  return 1;
}

export const program: Program = { name: 'reboot', main };
