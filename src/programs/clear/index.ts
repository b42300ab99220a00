/** clear(1): home, the screen, and (but for -x) the lines above it; also reset(1), which gives the terminal its usual manners back. */
import { cpu, isatty, ttyMode, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { quietly } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  if (argv[0]!.endsWith('reset')) {
    if (yield* isatty(0)) yield* ttyMode(0, { raw: false, echo: true });
    yield* write(1, '\x1bc\x1b[!p\x1b[?3;4l\x1b[4l\x1b>');
    return 0;
  }
  const unknown = argv.slice(1).find((a) => a !== '-x' && a !== '-T');
  if (unknown !== undefined) {
    yield* write(2, `Usage: ${argv[0]} [options]\n\nOptions:\n  -T TERM     use this instead of $TERM\n  -V          print curses-version\n  -x          do not try to clear scrollback\n`);
    return 1;
  }
  yield* write(1, `\x1b[H\x1b[2J${argv.includes('-x') ? '' : '\x1b[3J'}`);
  return 0;
}

export const program: Program = { name: 'clear', main: (argv) => quietly(body(argv)) };
