/** sha1sum(1). */
import type { Program } from '../../kernel/sys.ts';
import { checksum } from '../../lib/tool/checksum.ts';
import { quietly } from '../../lib/tool/index.ts';
import { sha1 } from '../../lib/x509/sha.ts';

export const program: Program = { name: 'sha1sum', main: (argv) => quietly(checksum('sha1sum', sha1, argv)) };
