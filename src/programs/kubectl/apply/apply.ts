/**
 * kubectl apply -f, on the client's side: the object is compared with what was last applied and with what is there.
 * Models kubectl pkg/cmd/apply. Not modelled: --server-side, --prune.
 */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { parseYaml, YamlError } from '../../../base/yaml.ts';
import { createMergePatch } from '../../../base/patch.ts';
import { createThreeWayPatch } from '../../../base/strategic.ts';
import type { JsonObject } from '../../../base/json.ts';
import { resourceOfKind } from '../../../api/registry.ts';
import { isReason } from '../../../lib/kube/index.ts';
import type { Cli } from '../cli.ts';
import { LAST_APPLIED, withLastApplied } from '../create/submit.ts';
import { groupVersion } from '../discovery/resource.ts';
import { CliError, fromSource, isUserError, throwAll, usageError } from '../errors.ts';
import { warn } from '../io.ts';
import { dryRunOf, report, validation, writeQuery } from '../report.ts';
import { filesOf } from '../resource/files.ts';
import { fileTargets, type Target } from '../resource/targets.ts';
import { call, getOne, metaOf, PATCH, pathTo, type Obj } from '../rest.ts';

const MANAGER = 'kubectl-client-side-apply';

/** The manifest last applied to an object; null when there is no such annotation. */
function lastApplied(live: Obj): Obj | null {
  const text = metaOf(live).annotations?.[LAST_APPLIED];
  if (text === undefined) return null;
  try {
    return parseYaml(text) as Obj;
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    return null;
  }
}

/** The patch from the live object to the manifest, and its media type. */
export function applyPatch(manifest: Obj, live: Obj, apiVersion: string): { readonly patch: JsonObject; readonly type: string } {
  const last = lastApplied(live) ?? {};
  const builtIn = resourceOfKind(apiVersion, String(manifest.kind)) !== undefined;
  if (builtIn) return { patch: createThreeWayPatch(last as JsonObject, manifest as JsonObject, live as JsonObject), type: PATCH.strategic };
  const gone = Object.fromEntries(Object.entries(createMergePatch(last as JsonObject, manifest as JsonObject)).filter(([, value]) => value === null));
  const changed = Object.fromEntries(Object.entries(createMergePatch(live as JsonObject, manifest as JsonObject)).filter(([, value]) => value !== null));
  return { patch: { ...gone, ...changed }, type: PATCH.merge };
}

function* create(cli: Cli, { resource, namespace }: Target, manifest: Obj): Coroutine<Obj> {
  if (dryRunOf(cli) === 'client') return manifest;
  return (yield* call(cli, {
    method: 'POST', path: pathTo(resource, namespace), body: manifest as Json, about: resource.name, query: writeQuery(cli, MANAGER, { fieldValidation: validation(cli) }),
  })) as Obj;
}

function* applyOne(cli: Cli, target: Target, printed: number): Coroutine<void> {
  const { resource, namespace, name } = target;
  if (name === null || name === '') throw new CliError('resource name may not be empty');
  const manifest = withLastApplied(target.object!);
  let live: Obj | null = null;
  try {
    live = yield* getOne(cli, resource, namespace, name);
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) throw fromSource('retrieving current configuration of', target.source, caught);
  }
  if (live === null) {
    try {
      return yield* report(cli, resource, yield* create(cli, target, manifest), 'created', printed);
    } catch (caught) {
      throw fromSource('creating', target.source, caught);
    }
  }
  if (metaOf(live).annotations?.[LAST_APPLIED] === undefined) {
    yield* warn(`resource ${resource.name}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`);
  }
  const { patch, type } = applyPatch(manifest, live, groupVersion(resource));
  if (Object.keys(patch).length === 0) return yield* report(cli, resource, live, 'unchanged', printed);
  try {
    const result = dryRunOf(cli) === 'client' ? live : (yield* call(cli, {
      method: 'PATCH', path: pathTo(resource, namespace, name), contentType: type, body: patch as Json, about: resource.name, name, query: writeQuery(cli, MANAGER, { fieldValidation: validation(cli) }),
    })) as Obj;
    const same = metaOf(result).resourceVersion === metaOf(live).resourceVersion && dryRunOf(cli) === 'none';
    yield* report(cli, resource, result, same ? 'unchanged' : 'configured', printed);
  } catch (caught) {
    if (!isUserError(caught)) throw caught;
    throw fromSource(`applying patch:\n${JSON.stringify(patch)}\nto:\nResource: "${groupVersion(resource)}, Resource=${resource.name}", GroupVersionKind: "${groupVersion(resource)}, Kind=${resource.kind}"\nName: "${name}", Namespace: "${namespace}"\nfor:`, target.source, caught);
  }
}

/** Runs the command. */
export function* apply(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  if (filesOf(flags).length === 0) throw new CliError('must specify one of -f and -k');
  if (cli.args.length > 0) throw usageError(cli.path, `Unexpected args: [${cli.args.join(' ')}]`);
  const check = validation(cli);
  const { targets, errors } = yield* fileTargets(cli, filesOf(flags), flags.bool('recursive'), check !== 'Ignore');
  let printed = 0;
  for (const target of targets) {
    try {
      yield* applyOne(cli, target, printed++);
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      errors.push(caught);
    }
  }
  if (targets.length === 0 && errors.length === 0) throw new CliError('no objects passed to apply');
  throwAll(errors);
  return 0;
}
