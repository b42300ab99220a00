/** configMapGenerator and secretGenerator. Models kustomize's api/internal/generators. */
import { decodeUtf8, encodeUtf8 } from '../../../base/utf8.ts';
import { readFile, type Bytes, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { base64Encode } from '../../../lib/x509/index.ts';
import { CliError } from '../errors.ts';
import { metaOf, type Obj } from '../rest.ts';
import type { Generator, GeneratorOptions, Item, Kustomization, Labels } from './layer.ts';

type Pairs = readonly (readonly [key: string, value: Bytes])[];

function* content(directory: string, path: string): Coroutine<Bytes> {
  const whole = path.startsWith('/') ? path : `${directory}/${path}`;
  try {
    return yield* readFile(whole);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`loading KV pairs: file sources: [${path}]: evalsymlink failure on '${whole}' : lstat ${whole}: ${goErrno(errno)}`);
  }
}

function pair(text: string): readonly [string, string] {
  const eq = text.indexOf('=');
  if (eq < 1) throw new CliError(`loading KV pairs: literal sources: [${text}]: literal source "${text}" is invalid: expected key=value`);
  return [text.slice(0, eq), text.slice(eq + 1).replace(/^(["'])(.*)\1$/, '$2')];
}

function* pairsOf(directory: string, from: Generator): Coroutine<Pairs> {
  const all: (readonly [string, Bytes])[] = [];
  for (const path of [...(from.envs ?? []), ...(from.env === undefined ? [] : [from.env])]) {
    const lines = decodeUtf8(yield* content(directory, path)).split('\n').map((line) => line.trimStart()).filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of lines) all.push(line.includes('=') ? [line.slice(0, line.indexOf('=')), encodeUtf8(line.slice(line.indexOf('=') + 1))] : [line, '']);
  }
  for (const source of from.files ?? []) {
    const eq = source.indexOf('=');
    const path = source.slice(eq + 1);
    all.push([eq < 0 ? path.slice(path.lastIndexOf('/') + 1) : source.slice(0, eq), yield* content(directory, path)]);
  }
  for (const text of from.literals ?? []) {
    const [key, value] = pair(text);
    all.push([key, encodeUtf8(value)]);
  }
  return all;
}

const some = (key: string, values: Labels): Obj => (Object.keys(values).length === 0 ? {} : { [key]: values });

function fill(kind: string, pairs: Pairs): Obj {
  if (kind === 'Secret') return some('data', Object.fromEntries(pairs.map(([key, bytes]) => [key, base64Encode(bytes)])));
  const isText = (bytes: Bytes) => encodeUtf8(decodeUtf8(bytes)) === bytes;
  return {
    ...some('binaryData', Object.fromEntries(pairs.filter(([, bytes]) => !isText(bytes)).map(([key, bytes]) => [key, base64Encode(bytes)]))),
    ...some('data', Object.fromEntries(pairs.filter(([, bytes]) => isText(bytes)).map(([key, bytes]) => [key, decodeUtf8(bytes)]))),
  };
}

function* one(directory: string, kind: 'ConfigMap' | 'Secret', from: Generator, common: GeneratorOptions): Coroutine<Item> {
  if (from.name === undefined || from.name === '') throw new CliError(`${kind === 'Secret' ? 'secret' : 'configmap'} generator: must specify a name`);
  const { labels = {}, annotations = {} } = { labels: { ...common.labels, ...from.options?.labels }, annotations: { ...common.annotations, ...from.options?.annotations } };
  const object: Obj = {
    apiVersion: 'v1', ...fill(kind, yield* pairsOf(directory, from)), ...(from.options?.immutable ?? common.immutable ? { immutable: true } : {}), kind,
    metadata: { ...some('annotations', annotations), ...some('labels', labels), name: from.name, ...(from.namespace === undefined ? {} : { namespace: from.namespace }) },
    ...(kind === 'Secret' ? { type: from.type ?? 'Opaque' } : {}),
  };
  return { object, before: [], hash: !(from.options?.disableNameSuffixHash ?? common.disableNameSuffixHash ?? false) };
}

/** Does the generator speak of this item, under its name of now or an earlier one? */
const means = (item: Item, kind: string, name: string) => item.object.kind === kind && [metaOf(item.object).name, ...item.before.map((old) => old.name)].includes(name);

/** Adds what a generator made, or puts it into what is there. Throws CliError. */
function put(items: readonly Item[], made: Item, kind: string, { behavior = 'create', name = '' }: Generator): Item[] {
  const old = items.find((item) => means(item, kind, name));
  if (behavior === 'create' || behavior === 'unspecified') {
    if (old !== undefined) throw new CliError(`may not add resource with an already registered id: ${kind}.v1.[noGrp]/${name}.[noNs]`);
    return [...items, made];
  }
  if (behavior !== 'merge' && behavior !== 'replace') throw new CliError(`unknown GenerationBehavior ${JSON.stringify(behavior)}`);
  if (old === undefined) throw new CliError(`merging from generator &{<nil>}: id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"${kind}", isClusterScoped:false}, Name:"${name}", Namespace:""} does not exist; cannot merge or replace`);
  const both = (key: string): Obj => {
    const all = behavior === 'merge' ? { ...((old.object[key] ?? {}) as Obj), ...((made.object[key] ?? {}) as Obj) } : ((made.object[key] ?? {}) as Obj);
    return Object.keys(all).length === 0 ? {} : { [key]: all as Json };
  };
  const { data: _data, binaryData: _binary, ...rest } = old.object;
  return items.map((item) => (item === old ? { ...old, hash: old.hash || made.hash, object: { ...rest, ...both('binaryData'), ...both('data') } } : item));
}

/** The resources with all that the kustomization generates. */
export function* generated(directory: string, of: Kustomization, items: readonly Item[]): Coroutine<Item[]> {
  let all = [...items];
  for (const [kind, list] of [['ConfigMap', of.configMapGenerator], ['Secret', of.secretGenerator]] as const) {
    for (const from of list ?? []) all = put(all, yield* one(directory, kind, from, of.generatorOptions ?? {}), kind, from);
  }
  return all;
}
