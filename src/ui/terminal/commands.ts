// Which words the node's shell would take for a command.
import type { Sitting } from '../../session/host/index.ts';

const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** What bash has itself, and the alias that every node here has. */
const ofBash = new Set('alias bg cd echo exit export fg for help history if jobs k kill pushd popd pwd read set source test time type ulimit umask unalias unset wait while'.split(' '));

export function isCommandOf(sitting: Sitting): (word: string) => boolean {
  return (word) => ofBash.has(word) || folders.some((folder) => sitting.listDir(folder).some(({ name }) => name === word));
}
