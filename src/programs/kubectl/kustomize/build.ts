/** From a directory with a kustomization to its objects. Models kustomize's api/internal/target. Not modelled: resources on the network. */
import { getcwd, readFile, stat, type Coroutine } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { isObject } from '../../../base/json.ts';
import { decodeUtf8 } from '../../../base/utf8.ts';
import { parseYamlDocuments, YamlError } from '../../../base/yaml.ts';
import { hashed } from '../create/data.ts';
import { CliError, Exit } from '../errors.ts';
import { eprint } from '../io.ts';
import { metaOf, type Obj } from '../rest.ts';
import { generated } from './generate.ts';
import { deprecations, groupVersionOf, kustomization, type Item, type Kustomization, type Patch } from './layer.ts';
import { referred } from './names.ts';
import { patched } from './patches.ts';
import { dressed, ordered, tuned } from './transform.ts';

const FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** `/a/b/../c` → `/a/c`. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const join = (directory: string, path: string) => clean(path.startsWith('/') ? path : `${directory}/${path}`);

/** What stands at a path: nothing, with the reason in kustomize's words. */
function* sort(path: string, shown: string): Coroutine<{ readonly type: 'dir' | 'file' } | { readonly why: string }> {
  try {
    return { type: (yield* stat(path)).type === 'dir' ? 'dir' : 'file' };
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    return { why: `evalsymlink failure on '${shown}' : lstat ${path}: ${goErrno(errno)}` };
  }
}

function* kustomizationOf(directory: string, shown: string): Coroutine<Kustomization> {
  for (const name of FILES) {
    let text: string;
    try {
      text = decodeUtf8(yield* readFile(`${directory}/${name}`));
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      continue;
    }
    if (text.trim() === '') throw new CliError(`${name} is empty`);
    const [value] = documents(text, name);
    return kustomization(isObject(value) ? value as Obj : {});
  }
  throw new CliError(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${shown}'`);
}

function documents(text: string, source: string) {
  try {
    return parseYamlDocuments(text);
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    throw new CliError(`invalid Kustomization: ${source}: ${caught.message}`);
  }
}

/** The objects of one file. Throws CliError. */
function* manifest(path: string, source: string): Coroutine<Item[]> {
  const objects = documents(decodeUtf8(yield* readFile(path)), source).filter((value) => value !== null).flatMap((value) => {
    const object = value as Obj;
    return String(object.kind ?? '').endsWith('List') && Array.isArray(object.items) ? object.items as unknown as Obj[] : [object];
  });
  for (const object of objects) {
    if (typeof object.kind !== 'string' || metaOf(object).name === undefined) throw new CliError(`accumulating resources: accumulation err='accumulating resources from '${source}': missing metadata.name in object {${JSON.stringify(object)}}'`);
  }
  return objects.map((object) => ({ object, before: [], hash: false }));
}

/** One entry of `resources`. Throws CliError, Exit. */
function* resource(directory: string, entry: string, above: readonly string[]): Coroutine<Item[]> {
  if (/^(https?|git|ssh):|^github\.com\//.test(entry)) throw new Exit(1, `kubectl kustomize: ${entry}: resources on the network are not available in this lab`);
  const path = join(directory, entry);
  const found = yield* sort(path, path);
  const complaint = (first: string, second: string) => new CliError(`accumulating resources: accumulation err='accumulating resources from '${entry}': ${first}': ${second}`);
  if ('why' in found) throw complaint(found.why, `must build at directory: not a valid directory: ${found.why}`);
  if (found.type === 'dir') {
    if (above.includes(path)) throw complaint(`read ${path}: is a directory`, `cycle detected: candidate root '${path}' contains visited root '${path}'`);
    return yield* build(path, path, above);
  }
  if (!path.startsWith(`${directory}/`)) throw complaint(`security; file '${path}' is not in or below '${directory}'`, `must build at directory: '${path}': file is not directory`);
  return yield* manifest(path, entry);
}

function* patchText(directory: string, { path, patch }: Patch): Coroutine<{ readonly text: string; readonly what: string }> {
  if (path === undefined) return { text: patch ?? '', what: `patch: "${patch ?? ''}"` };
  try {
    return { text: decodeUtf8(yield* readFile(join(directory, path))), what: `path: ${path}` };
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`failed to get the patch file from path(${path}): evalsymlink failure on '${join(directory, path)}' : lstat ${join(directory, path)}: ${goErrno(errno)}`);
  }
}

function* patchAll(directory: string, items: readonly Item[], patches: readonly Patch[]): Coroutine<Item[]> {
  let all = [...items];
  for (const patch of patches) {
    const { text, what } = yield* patchText(directory, patch);
    all = patched(all, text, what, patch.target);
  }
  return all;
}

/** `patchesStrategicMerge` holds file names, or the patch itself. */
const asPatch = (entry: string): Patch => (entry.includes('\n') ? { patch: entry } : { path: entry });
const key = ({ object }: Item) => [...groupVersionOf(object), object.kind, metaOf(object).namespace ?? '', metaOf(object).name].join('/');

/** The items of a directory, names and references in order, hashes still missing. Throws CliError, Exit. */
function* build(directory: string, shown: string, above: readonly string[]): Coroutine<Item[]> {
  const of = yield* kustomizationOf(directory, shown);
  yield* eprint(deprecations(of));
  let items: Item[] = [];
  for (const entry of [...(of.resources ?? []), ...(of.bases ?? [])]) {
    for (const item of yield* resource(directory, entry, [...above, directory])) {
      if (items.some((other) => key(other) === key(item))) throw new CliError(`accumulating resources: accumulation err='merging resources from '${entry}': may not add resource with an already registered id: ${key(item)}': must build at directory: '${join(directory, entry)}': file is not directory`);
      items.push(item);
    }
  }
  items = yield* generated(directory, of, items);
  items = yield* patchAll(directory, items, [...(of.patchesStrategicMerge ?? []).map(asPatch), ...(of.patches ?? [])]);
  items = referred(dressed(items, of));
  items = yield* patchAll(directory, items, of.patchesJson6902 ?? []);
  return tuned(items, of);
}

/** All objects of a kustomization, as they are to be sent. Throws CliError, Exit. */
export function* kustomized(path: string): Coroutine<Obj[]> {
  const root = join(yield* getcwd(), path);
  const found = yield* sort(root, path);
  if ('why' in found) throw new CliError(`must build at directory: not a valid directory: ${found.why}`);
  if (found.type === 'file') throw new CliError(`must build at directory: '${path}': file is not directory`);
  const items = (yield* build(root, root, [])).map((item) => (item.hash ? { ...item, object: hashed(item.object, ''), before: [...item.before, { name: metaOf(item.object).name, namespace: metaOf(item.object).namespace ?? '' }] } : item));
  return ordered(referred(items).map(({ object }) => object));
}
