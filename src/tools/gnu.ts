/**
 * `npx tsx src/tools/gnu.ts [FILE…]`: writes into src/testing/gnu/*.txt what the real tools of this machine (Debian 12) print
 * for the commands that stand there. A recording begins in /var/tmp/gnu, in the state that fixture.sh leaves.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseTurns, showTurn } from '../testing/gnu/session.ts';

const folder = new URL('../testing/gnu/', import.meta.url);
const cwd = '/var/tmp/gnu';
const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', USER: 'root', LOGNAME: 'root', SHELL: '/bin/bash', TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC' };
const run = (command: string) => spawnSync('bash', ['-c', `{ ${command}\n} 2>&1`], { cwd, env, input: '', encoding: 'latin1' });

const asked = process.argv.slice(2);
for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt') && (asked.length === 0 || asked.includes(file)))) {
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd);
  run(readFileSync(new URL('fixture.sh', folder), 'utf8'));
  const text = readFileSync(new URL(name, folder), 'latin1');
  const note = text.slice(0, text.indexOf('$ '));
  writeFileSync(new URL(name, folder), note + parseTurns(text).map(({ command }) => {
    const { stdout, status } = run(command);
    return showTurn({ command, output: stdout, status: status ?? -1 });
  }).join(''), 'latin1');
}
