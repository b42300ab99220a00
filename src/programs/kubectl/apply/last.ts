/** kubectl apply view-last-applied: the manifest that `apply` keeps in an annotation. Models kubectl pkg/cmd/apply. */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { formatYaml, parseYaml } from '../../../base/yaml.ts';
import type { Cli } from '../cli.ts';
import { LAST_APPLIED } from '../create/submit.ts';
import { CliError, usageError } from '../errors.ts';
import { print } from '../io.ts';
import { askedObjects } from '../resource/objects.ts';
import { metaOf } from '../rest.ts';

export function* viewLastApplied(cli: Cli): Coroutine<number> {
  const output = cli.flags.string('output');
  if (output !== 'yaml' && output !== 'json') throw usageError(cli.path, `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
  const { objects, errors } = yield* askedObjects(cli, cli.args, { all: true });
  if (errors.length > 0) throw errors[0];
  const texts = objects.flatMap(({ object }) => metaOf(object).annotations?.[LAST_APPLIED] ?? []);
  if (objects.length === 0) throw new CliError('no objects found');
  const shown = texts.map((text) => {
    const manifest = parseYaml(text) as Json;
    return output === 'yaml' ? formatYaml(manifest) : `${JSON.stringify(manifest, null, 2)}\n`;
  });
  yield* print(shown.join(output === 'yaml' ? '---\n' : ''));
  return 0;
}
