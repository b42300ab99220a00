/** sha256sum(1). */
import type { Program } from '../../kernel/sys.ts';
import { checksum } from '../../lib/tool/checksum.ts';
import { quietly } from '../../lib/tool/index.ts';
import { sha256 } from '../../lib/x509/sha.ts';

export const program: Program = { name: 'sha256sum', main: (argv) => quietly(checksum('sha256sum', sha256, argv)) };
