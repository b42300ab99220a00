/** The programs that a login runs before its prompt. */
import type { Program } from '../kernel/sys.ts';
import { program as bash } from '../programs/bash/index.ts';
import { program as id } from '../programs/id/index.ts';

export const LOGIN_PROGRAMS: readonly Program[] = [bash, id];
