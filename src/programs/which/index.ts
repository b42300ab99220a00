/** which(1) of debianutils: the executables a PATH search finds. Silent about what is not there. */
import { access, cpu, environ, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { quietly } from '../../lib/tool/index.ts';
import { look } from '../../lib/tool/tree.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const flags = argv.slice(1).filter((a) => /^-./.test(a));
  const bad = flags.find((f) => !/^-[as]+$/.test(f));
  if (bad !== undefined) {
    yield* write(2, `Illegal option ${/^-[as]*(.)/.exec(bad)![1] === '-' ? '--' : `-${/^-[as]*(.)/.exec(bad)![1]}`}\nUsage: /usr/bin/which [-a] args\n`);
    return 2;
  }
  const dirs = ((yield* environ())['PATH'] ?? '').split(':');
  const names = argv.slice(1).filter((a) => !flags.includes(a));
  let status = names.length === 0 ? 1 : 0;
  for (const name of names) {
    const found: string[] = [];
    for (const path of name.includes('/') ? [name] : dirs.map((d) => `${d === '' ? '.' : d}/${name}`)) {
      if ((yield* look(path))?.type === 'file' && (yield* access(path, 'x'))) found.push(path);
    }
    if (found.length === 0) status = 1;
    if (!flags.some((f) => f.includes('s'))) for (const path of flags.some((f) => f.includes('a')) ? found : found.slice(0, 1)) yield* write(1, `${path}\n`);
  }
  return status;
}

export const program: Program = { name: 'which', main: (argv) => quietly(body(argv)) };
