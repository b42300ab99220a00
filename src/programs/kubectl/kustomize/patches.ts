/** patches, patchesStrategicMerge and patchesJson6902. Models kustomize's patch transformers. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import { jsonPatch, mergePatch, PatchError } from '../../../base/patch.ts';
import { matches, parseSelector } from '../../../base/selector.ts';
import { strategicMergePatch } from '../../../base/strategic.ts';
import { parseYamlDocuments, YamlError } from '../../../base/yaml.ts';
import { resourceOfKind } from '../../../api/registry.ts';
import { compileRegex } from '../../../lib/regex/index.ts';
import { CliError } from '../errors.ts';
import { metaOf, type Obj } from '../rest.ts';
import { groupVersionOf, idOf, type Item, type Target } from './layer.ts';

type Operations = Parameters<typeof jsonPatch>[1];

/** Does a whole name fit the pattern? None fits all. */
const fits = (pattern: string | undefined, text: string): boolean => pattern === undefined || pattern === '' || compileRegex(`^(${pattern})$`, { extended: true }).find(text) !== null;
const chosen = (selector: string | undefined, labels: Readonly<Record<string, string>> | undefined) => selector === undefined || selector === '' || matches(parseSelector(selector), labels);

function targeted({ object, before }: Item, target: Target): boolean {
  const [group, version] = groupVersionOf(object);
  const { labels, annotations, name, namespace = '' } = metaOf(object);
  const names = [name, ...before.map((old) => old.name)];
  return fits(target.group, group) && fits(target.version, version) && fits(target.kind, String(object.kind)) && names.some((one) => fits(target.name, one)) && fits(target.namespace, namespace)
    && chosen(target.labelSelector, labels) && chosen(target.annotationSelector, annotations);
}

/** A custom resource has no merge keys. */
function merged(object: Obj, patch: Obj): Obj | null {
  if (patch.$patch === 'delete') return null;
  const known = resourceOfKind(String(object.apiVersion), String(object.kind)) !== undefined;
  // Whom the patch is for is not part of the change.
  const { name, namespace } = metaOf(object);
  const change = { ...patch, apiVersion: object.apiVersion, kind: object.kind, metadata: { ...(patch.metadata as Obj | undefined), name, ...(namespace === undefined ? {} : { namespace }) } } as JsonObject;
  return known ? strategicMergePatch(object as JsonObject, change) : mergePatch(object as Json, change) as Obj;
}

function documents(text: string, what: string): readonly Json[] {
  try {
    return parseYamlDocuments(text).filter((value) => value !== null);
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    throw new CliError(`unable to parse SM or JSON patch from [${what}]: ${caught.message}`);
  }
}

/** The one object that the patch names. Throws CliError. */
function byId(items: readonly Item[], patch: Obj): Item {
  const { name, namespace } = metaOf(patch);
  const found = items.find(({ object, before }) => {
    const [group] = groupVersionOf(object);
    const names = [{ name: metaOf(object).name, namespace: metaOf(object).namespace ?? '' }, ...before];
    return object.kind === patch.kind && group === groupVersionOf(patch)[0] && names.some((one) => one.name === name && (namespace === undefined || (one.namespace || 'default') === namespace));
  });
  if (found === undefined) throw new CliError(`no resource matches strategic merge patch ${JSON.stringify(idOf(patch))}: no matches for Id ${idOf(patch)}; failed to find unique target for patch ${idOf(patch)}`);
  return found;
}

/** Puts one patch into the items it is for. `what` names it in complaints. Throws CliError. */
export function patched(items: readonly Item[], text: string, what: string, target: Target | undefined): Item[] {
  const parsed = documents(text, what);
  const operations = parsed.length === 1 && Array.isArray(parsed[0]) ? parsed[0] as unknown as Operations : null;
  if (operations !== null && target === undefined) throw new CliError(`must specify a target for JSON patch [${what}]`);
  let all = [...items];
  const apply = (chosenItems: readonly Item[], how: (object: Obj) => Obj | null) => {
    all = all.flatMap((item) => {
      if (!chosenItems.includes(item)) return [item];
      const object = how(item.object);
      return object === null ? [] : [{ ...item, object }];
    });
  };
  try {
    if (operations !== null) apply(all.filter((item) => targeted(item, target!)), (object) => jsonPatch(object as Json, operations) as Obj);
    else for (const patch of parsed.filter(isObject)) apply(target === undefined ? [byId(all, patch)] : all.filter((item) => targeted(item, target)), (object) => merged(object, patch));
  } catch (caught) {
    if (!(caught instanceof PatchError)) throw caught;
    throw new CliError(caught.message);
  }
  return all;
}
