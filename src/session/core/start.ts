/**
 * What a page needs before a fresh lab can show its prompt and echo keys: the session, and as much of the shell as takes a line. The rest
 * (index.ts) comes while the learner reads; until then the world stops before anything that needs it.
 */
import { decodeSnapshot } from '../../kernel/codec/index.ts';
import { front } from '../../distro/shell.ts';
import { LabSession } from './session.ts';
import type { Session, SessionOptions } from './types.ts';

export type * from './types.ts';

/** Opens a lab by the front of its opening, as text. Errors: unknown lab; CodecError. */
export function startSession(text: string, options: SessionOptions): Session {
  return new LabSession({ ...options, opening: decodeSnapshot(text), programs: new Map([[front.name, front]]), rest: null });
}
