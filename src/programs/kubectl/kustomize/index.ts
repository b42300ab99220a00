/** kubectl kustomize. Models sigs.k8s.io/kustomize's build command. */
import { writeFile, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { encodeUtf8 } from '../../../base/utf8.ts';
import { formatYaml } from '../../../base/yaml.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { print } from '../io.ts';
import { kustomized } from './build.ts';

export function* kustomize(cli: Cli): Coroutine<number> {
  if (cli.args.length > 1) throw new CliError('specify one path to kustomization.yaml');
  const text = (yield* kustomized(cli.args[0] ?? '.')).map((object) => formatYaml(object as Json)).join('---\n');
  const output = cli.flags.string('output');
  if (output === '') yield* print(text);
  else yield* writeFile(output, encodeUtf8(text), 0o644);
  return 0;
}
