/** kubectl patch. Models kubectl pkg/cmd/patch. Not modelled: --local. */
import { readFile, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { decodeUtf8 } from '../../../base/utf8.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonPatch, mergePatch, PatchError } from '../../../base/patch.ts';
import { strategicMergePatch } from '../../../base/strategic.ts';
import { parseYaml, YamlError } from '../../../base/yaml.ts';
import type { Cli } from '../cli.ts';
import type { Resource } from '../discovery/resource.ts';
import { CliError } from '../errors.ts';
import { dryRunOf, report, writeQuery } from '../report.ts';
import { askedObjects, eachObject } from '../resource/objects.ts';
import { call, metaOf, PATCH, pathTo, type Obj } from '../rest.ts';

function* patchText(cli: Cli): Coroutine<string> {
  const [inline, file] = [cli.flags.string('patch'), cli.flags.string('patch-file')];
  if (inline === '' && file === '') throw new CliError('must specify --patch or --patch-file containing the contents of the patch');
  if (inline !== '' && file !== '') throw new CliError('cannot specify --patch and --patch-file together');
  if (inline !== '') return inline;
  try {
    return decodeUtf8(yield* readFile(file));
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`unable to read patch file: open ${file}: ${goErrno(errno)}`);
  }
}

/** What a scale's answer is called. */
const SCALE: Resource = { group: 'autoscaling', version: 'v1', name: 'scales', singular: 'scale', kind: 'Scale', namespaced: true, verbs: [], shortNames: [], categories: [] };

/** --dry-run=client: the patch is applied here. Throws CliError. */
function locally(object: Obj, body: Json, type: 'strategic' | 'merge' | 'json'): Obj {
  try {
    if (type === 'json') return jsonPatch(object as Json, body as never) as Obj;
    return (type === 'merge' ? mergePatch(object as Json, body) : strategicMergePatch(object as JsonObject, body as JsonObject)) as Obj;
  } catch (caught) {
    if (!(caught instanceof PatchError)) throw caught;
    throw new CliError(caught.message);
  }
}

export function* patch(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  const type = flags.string('type').toLowerCase() as 'strategic' | 'merge' | 'json';
  if (!['json', 'merge', 'strategic'].includes(type)) throw new CliError(`--type must be one of [json merge strategic], not ${JSON.stringify(flags.string('type'))}`);
  const text = yield* patchText(cli);
  let body: Json;
  try {
    body = parseYaml(text);
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    throw new CliError(`unable to parse ${JSON.stringify(text)}: ${caught.message}`);
  }
  const { objects, errors } = yield* askedObjects(cli, cli.args);
  if (objects.length === 0 && errors.length === 0) throw new CliError('no objects passed to patch');
  const subresource = flags.string('subresource');
  return yield* eachObject({ objects, errors }, function* ({ resource, namespace, name, object }) {
    const result = dryRunOf(cli) === 'client' ? locally(object, body, type) : (yield* call(cli, {
      method: 'PATCH', path: pathTo(resource, namespace, name, subresource === '' ? undefined : subresource), contentType: PATCH[type], body, about: resource.name, name, query: writeQuery(cli, 'kubectl-patch'),
    })) as Obj;
    const shown = subresource === 'scale' ? SCALE : resource;
    yield* report(cli, shown, result, dryRunOf(cli) === 'none' && metaOf(result).resourceVersion === metaOf(object).resourceVersion ? 'patched (no change)' : 'patched');
  });
}
