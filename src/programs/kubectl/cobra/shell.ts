/** kubectl completion and plugin list. */
import { readDir, type Coroutine } from '../../../kernel/sys.ts';
import { errnoOf } from '../../../kernel/errno.ts';
import type { Cli } from '../cli.ts';
import { CliError, usageError } from '../errors.ts';
import { print } from '../io.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

/** The shell of this machine asks `kubectl __complete` on its own, so its script has nothing to do. */
const SCRIPT = `# bash completion V2 for kubectl                             -*- shell-script -*-
# The shell of this lab completes kubectl by itself, with \`kubectl __complete\`; there is nothing to load.
:
`;

export function* completion(cli: Cli): Coroutine<number> {
  const [shell, ...more] = cli.args;
  if (shell === undefined) throw usageError(cli.path, 'Shell not specified.');
  if (more.length > 0) throw usageError(cli.path, 'Too many arguments. Expected only the shell type.');
  if (!SHELLS.includes(shell)) throw usageError(cli.path, `Unsupported shell type ${JSON.stringify(shell)}.`);
  if (shell !== 'bash') throw new CliError(`completion for ${shell} is not available in this lab`);
  yield* print(SCRIPT);
  return 0;
}

export function* plugins(cli: Cli): Coroutine<number> {
  const found: string[] = [];
  for (const dir of (cli.env.PATH ?? '').split(':').filter((path) => path !== '')) {
    try {
      for (const { name } of yield* readDir(dir)) if (name.startsWith('kubectl-')) found.push(cli.flags.bool('name-only') ? name : `${dir}/${name}`);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
    }
  }
  if (found.length === 0) throw new CliError('unable to find any kubectl plugins in your PATH');
  yield* print(`The following compatible plugins are available:\n\n${found.map((path) => `${path}\n`).join('')}`);
  return 0;
}
