/** kubectl diff. Not modelled, but that files without objects have no differences. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { CliError, Exit, throwAll } from '../errors.ts';
import { fileTargets } from '../resource/targets.ts';

export function* diff(cli: Cli): Coroutine<number> {
  const files = cli.flags.list('filename');
  if (files.length === 0) throw new CliError('must specify one of -f and -k');
  const { targets, errors } = yield* fileTargets(cli, files, cli.flags.bool('recursive'), false);
  throwAll(errors);
  if (targets.length > 0) throw new Exit(1, 'kubectl diff: comparing objects is not available in this lab');
  return 0;
}
