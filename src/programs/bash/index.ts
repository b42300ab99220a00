/** GNU bash 5.2: an interactive shell on a terminal, or a script's interpreter without one. */
import { checkpoint, isatty } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { begin, loop } from './interactive.ts';
import { nonInteractive, subshell } from './script.ts';
import type { SubshellStart } from './state.ts';
import type { InteractiveState } from './typing.ts';

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  const kept = saved as unknown as InteractiveState | SubshellStart | undefined;
  if (kept?.kind === 'interactive') return yield* loop(kept);
  if (kept?.kind === 'subshell') return yield* subshell(kept);
  const script = argv.slice(1).some((a) => a === '-c' || !a.startsWith('-'));
  if (script || !(yield* isatty(0))) return yield* nonInteractive(argv);
  yield* checkpoint(yield* begin(argv));
  return 0;
}

export const program: Program = { name: 'bash', main };
