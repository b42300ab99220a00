/** kubectl scale. Models kubectl pkg/cmd/scale. */
import type { Coroutine } from '../../../kernel/sys.ts';
import { GoError } from '../../../lib/net/index.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { dryRunOf, report } from '../report.ts';
import { askedObjects, eachObject } from '../resource/objects.ts';
import { call, field, PATCH, pathTo } from '../rest.ts';

export function* scale(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  const replicas = flags.number('replicas');
  if (replicas < 0) throw new CliError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  if (flags.number('current-replicas') < -1) throw new CliError('The --current-replicas must specify an integer of -1 or greater');
  let asked: Asked;
  try {
    asked = yield* askedObjects(cli, cli.args);
  } catch (caught) {
    if (!(caught instanceof GoError) || cli.known.resources === null) throw caught;
    throw new CliError(`no objects passed to scale ${caught.message}`);
  }
  if (asked.objects.length === 0) throw new CliError('no objects passed to scale');
  const current = flags.number('current-replicas');
  return yield* eachObject(asked, function* ({ resource, namespace, name, object }) {
    const has = field(object, 'spec').replicas;
    if (current >= 0 && has !== current) throw new CliError(`Expected replicas to be ${current}, was ${String(has ?? 0)}`);
    if (dryRunOf(cli) !== 'client') {
      yield* call(cli, {
        method: 'PATCH', path: pathTo(resource, namespace, name, 'scale'), contentType: PATCH.merge, body: { spec: { replicas } }, about: `${resource.name}/scale`, name,
        query: dryRunOf(cli) === 'server' ? { dryRun: 'All' } : {},
      });
    }
    yield* report(cli, resource, object, 'scaled');
  });
}

type Asked = ReturnType<typeof askedObjects> extends Generator<unknown, infer T, unknown> ? T : never;
