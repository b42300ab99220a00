/** The node's name. */
import { uname } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';

export function* hostnameOf(): Coroutine<string> {
  return (yield* uname()).hostname;
}
