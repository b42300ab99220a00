/**
 * bash as far as a prompt that stands takes it: keys are echoed and edited. What comes of a line, and Tab, are the whole bash's (index.ts),
 * whose code is ten times as much.
 */
import { MissingPart } from '../../kernel/errno.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { typing } from './typing.ts';
import type { InteractiveState } from './typing.ts';

const lacking = (): never => { throw new MissingPart('bash'); };

function* main(_argv: readonly string[], saved?: Json): Coroutine<number> {
  const { prompt, typed, ...kept } = (saved as unknown as InteractiveState | undefined) ?? lacking();
  if (prompt === undefined || typed !== undefined) lacking();
  yield* typing({ ...kept, prompt: prompt! }, lacking);
  return lacking();
}

export const front: Program = { name: 'bash', main };
