/** The process that keeps a pod's namespaces: it waits for SIGTERM or SIGINT, and reaps nothing here. */
import { exit, poll, sigaction, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';

function* main(argv: readonly string[]): Coroutine<number> {
  if (argv[1] === '-v') {
    yield* write(1, 'pause.c 3.10\n');
    return 0;
  }
  for (const signal of ['INT', 'TERM'] as const) yield* sigaction(signal, 'catch');
  const { signal } = yield* poll({ signals: true });
  yield* write(2, `Shutting down, got signal: ${signal === 'INT' ? 'Interrupt' : 'Terminated'}\n`);
  return yield* exit(0);
}

export const program: Program = { name: 'pause', main };
