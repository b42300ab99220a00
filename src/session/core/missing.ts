/** A world that waits for a program's code is no error to a session: whoever holds it asks again when more code is here. */
import { MissingProgram } from '../../kernel/errno.ts';

/** What `run` returns; 'missing' when the world cannot go on without a program's code, and has changed nothing for want of it. */
export function unlessMissing<T>(run: () => T): T | 'missing' {
  try {
    return run();
  } catch (caught) {
    if (caught instanceof MissingProgram) return 'missing';
    throw caught;
  }
}
