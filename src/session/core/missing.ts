/** A world that waits for more of itself is no error to a session: whoever holds it asks again when that is here. */
import { MissingPart } from '../../kernel/errno.ts';

/** What `run` returns; 'missing' when the world cannot go on without more of its code, or of itself. */
export function unlessMissing<T>(run: () => T): T | 'missing' {
  try {
    return run();
  } catch (caught) {
    if (caught instanceof MissingPart) return 'missing';
    throw caught;
  }
}
