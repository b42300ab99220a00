/** sleep(1): waits for the sum of its operands. */
import { sleep, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { quote } from '../../lib/tool/index.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

function* main(argv: readonly string[]): Coroutine<number> {
  const operands = argv.slice(1).filter((a) => a !== '--');
  const option = operands.find((a) => a.startsWith('-') && a !== '-');
  if (option !== undefined) {
    yield* write(2, `sleep: ${option.startsWith('--') ? `unrecognized option '${option}'` : `invalid option -- '${option[1]}'`}\nTry 'sleep --help' for more information.\n`);
    return 1;
  }
  if (operands.length === 0) {
    yield* write(2, "sleep: missing operand\nTry 'sleep --help' for more information.\n");
    return 1;
  }
  let seconds = 0;
  let status = 0;
  for (const operand of operands) {
    const match = /^(\d+\.?\d*|\.\d+|inf(?:inity)?)([smhd]?)$/.exec(operand);
    if (match === null) {
      yield* write(2, `sleep: invalid time interval ${quote(operand)}\n`);
      status = 1;
    } else seconds += (match[1]!.startsWith('inf') ? 1e9 : Number(match[1])) * UNITS[match[2]!]!;
  }
  if (status !== 0) {
    yield* write(2, "Try 'sleep --help' for more information.\n");
    return status;
  }
  yield* sleep(Math.round(seconds * 1e6));
  return 0;
}

export const program: Program = { name: 'sleep', main };
