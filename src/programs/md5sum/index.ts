/** md5sum(1). */
import type { Program } from '../../kernel/sys.ts';
import { checksum } from '../../lib/tool/checksum.ts';
import { quietly } from '../../lib/tool/index.ts';
import { md5 } from '../../lib/tool/md5.ts';

export const program: Program = { name: 'md5sum', main: (argv) => quietly(checksum('md5sum', md5, argv)) };
