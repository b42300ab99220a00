// Our tools print what the real ones of Debian 12 printed: src/testing/gnu/*.txt, recorded by `npx tsx src/tools/gnu.ts`.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PLACES } from '../../distro/binaries.ts';
import { programs } from '../../distro/programs.ts';
import { bootMachine } from '../machine.ts';
import { parseTurns } from './session.ts';

const here = new URL('.', import.meta.url);
const binaries = Object.fromEntries(Object.entries(PLACES).filter(([name]) => programs.has(name)).flatMap(([name, places]) => places.map(({ path }) => [`/${path}`, name])));
const passwd = 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n';
const group = 'root:x:0:\ndaemon:x:1:\nadm:x:4:\nnogroup:x:65534:\n';

/** A machine in the state that every recording begins with. */
function begin(): (command: string) => { readonly output: string; readonly status: number } {
  const m = bootMachine({ programs: [...programs.values()], binaries, files: { '/etc/passwd': passwd, '/etc/group': group, '/var/tmp/gnu': { type: 'dir', entries: {} } } });
  const run = (command: string) => {
    const { stdout, code } = m.run(['bash', '-c', `{ ${command}\n} 2>&1`], { cwd: '/var/tmp/gnu', stdin: '' });
    return { output: stdout, status: code };
  };
  run(readFileSync(new URL('fixture.sh', here), 'utf8'));
  return run;
}

describe.each(readdirSync(here).filter((name) => name.endsWith('.txt')).sort())('%s', (name) => {
  const run = begin();
  for (const { command, output, status } of parseTurns(readFileSync(new URL(name, here), 'latin1'))) {
    test(command, () => expect(run(command)).toEqual({ output, status }));
  }
});
