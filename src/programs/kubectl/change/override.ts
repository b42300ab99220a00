/** --overrides of `run` and `expose`: what the learner's JSON changes in the object that was made. Models kubectl pkg/cmd/util MergeJSON. */
import { jsonPatch, mergePatch, PatchError } from '../../../base/patch.ts';
import { strategicMergePatch } from '../../../base/strategic.ts';
import type { Json } from '../../../kernel/sys.ts';
import type { ParsedFlags } from '../../../lib/flags/index.ts';
import { CliError } from '../errors.ts';
import type { Obj } from '../rest.ts';

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new CliError('Invalid JSON Patch');
  }
}

/** The object with `--overrides` in it. Throws CliError. */
export function overridden(flags: ParsedFlags, made: Obj): Obj {
  const [text, kind] = [flags.string('overrides'), flags.string('override-type')];
  if (text === '') return made;
  const change = parse(text);
  try {
    switch (kind) {
      case 'json': return jsonPatch(made as Json, change as never) as Obj;
      case 'strategic': return strategicMergePatch(made as never, change as never);
      case 'merge': return mergePatch(made as Json, change) as Obj;
    }
  } catch (caught) {
    if (!(caught instanceof PatchError)) throw caught;
    throw new CliError(caught.message);
  }
  throw new CliError(`invalid override type: ${kind}`);
}
