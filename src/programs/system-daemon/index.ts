/** dbus-daemon and systemd-logind: they run, say that they are ready, and have nothing to do here. No bus is modelled. */
import { checkpoint, cpu, poll, sigaction, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { sdNotify } from '../../lib/systemd/index.ts';

const HELLO: Readonly<Record<string, readonly string[]>> = {
  'systemd-logind': ['New seat seat0.', 'Watching system buttons on /dev/input/event0 (Power Button)'],
};

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  if (saved === undefined) {
    yield* cpu(12_000);
    yield* sigaction('TERM', 'catch');
    for (const line of HELLO[argv[0]!.replace(/^.*\//, '')] ?? []) yield* write(2, `${line}\n`);
    yield* sdNotify('READY=1');
  }
  for (;;) {
    yield* checkpoint(true);
    if ((yield* poll({ signals: true })).signal === 'TERM') return 0;
  }
}

export const program: Program = { name: 'system-daemon', main };
