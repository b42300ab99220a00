/** The loop over file operands that every filter has: each is read whole, and one that fails is complained about. */
import { write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { closeInput, complain, openInput, readAll, reason } from './index.ts';

/** Gives the text of each operand (standard input when there is none) to `use`. → 0, or 1 when one could not be read. An empty name complains without it. */
export function* eachText(name: string, operands: readonly string[], use: (text: Bytes, path: string) => Coroutine<void>, words: (path: string, why: string) => string = (path, why) => `${path}: ${why}`): Coroutine<number> {
  let status = 0;
  for (const path of operands.length === 0 ? ['-'] : operands) {
    let text: Bytes;
    try {
      const input = yield* openInput(path);
      text = yield* readAll(input.fd);
      yield* closeInput(input);
    } catch (caught) {
      if (errnoOf(caught) === 'EPIPE') throw caught;
      if (name === '') yield* write(2, `${words(path, reason(caught))}\n`);
      else yield* complain(name, words(path, reason(caught)));
      status = 1;
      continue;
    }
    yield* use(text, path);
  }
  return status;
}
/** Lines without their newlines; a last line without one counts. */
export function linesOf(text: Bytes, end = '\n'): string[] {
  const lines = text.split(end);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
