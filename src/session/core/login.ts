/** The learner's login: root on the node's first pseudo-terminal. */
import type { Input } from '../../kernel/world.ts';
import { ENV, HOST, TTY } from './node.ts';

export const loginInput = (cols: number, rows: number): Input => ({ kind: 'login', host: HOST, tty: TTY, cols, rows, argv: ['-bash'], env: { ...ENV, TERM: 'xterm-256color' }, cwd: '/root' });
