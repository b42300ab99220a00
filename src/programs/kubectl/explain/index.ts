/** kubectl explain. The documentation of the fields did not come with this lab; types are still looked up, so that typing errors show. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { resolveResource } from '../discovery/index.ts';
import { CliError, Exit } from '../errors.ts';

export function* explain(cli: Cli): Coroutine<number> {
  const [path, ...more] = cli.args;
  if (path === undefined) throw new CliError('You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.');
  if (more.length > 0) throw new CliError('We accept only this format: explain RESOURCE\n');
  const resource = yield* resolveResource(cli, path.split('.')[0]!);
  throw new Exit(1, `kubectl explain: the documentation of ${resource.name} is not available in this lab`);
}
