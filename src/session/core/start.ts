/**
 * What a page needs before a fresh lab can show its prompt: the session, and the shell's code. The rest (index.ts) comes while the learner
 * reads; until then the world stops before anything that would run it.
 */
import { LOGIN_PROGRAMS } from '../../distro/shell.ts';
import { LabSession } from './session.ts';
import type { Session, SessionStart } from './types.ts';
import { programsTo } from './newborn.ts';

export type * from './types.ts';
export { unpackOpening } from './newborn.ts';

/** The programs as far as this part has them. */
export const shellOnly = (): ReturnType<typeof programsTo> => programsTo(LOGIN_PROGRAMS);

/** Opens a lab afresh. Errors: unknown lab. */
export const startSession = (start: SessionStart): Session => new LabSession(start);
