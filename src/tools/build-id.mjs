// Names a build of the simulation by what it is made of: what one build kept (an opening, a save, a link), only the same build may run on.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** The folders of src/ whose code decides what a world does. */
const rooms = ['base', 'api', 'kernel', 'lib', 'programs', 'distro', 'labs', 'session/core'];

/** @param {string} folder @returns {string[]} */
const filesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path);
    return /\.test\.ts$|\.md$/.test(entry.name) ? [] : [path];
  });

/** Ten hexadecimal digits. */
export function buildId() {
  const files = ['package-lock.json', ...rooms.flatMap((room) => filesOf(`${root}src/${room}`)).sort().map((path) => path.slice(root.length))];
  const content = files.map((file) => `${file}\n${readFileSync(root + file, 'utf8')}`).join('\n');
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}
