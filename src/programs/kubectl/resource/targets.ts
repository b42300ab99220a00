/**
 * From arguments and files to the things a command works on: a resource type with a name (one object), or without (a list).
 * Models cli-runtime's resource.Builder with its complaints.
 */
import type { Coroutine } from '../../../kernel/sys.ts';
import { matches, parseSelector } from '../../../base/selector.ts';
import { goQuote } from '../../../lib/net/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf, restConfig } from '../config/load.ts';
import { discover, discoverAnew, expandCategories, findKind, resolveResource, type Resource } from '../discovery/index.ts';
import { CliError } from '../errors.ts';
import { call, metaOf, type Obj } from '../rest.ts';
import { NOTHING_ASKED, readArguments } from './arguments.ts';
import { flatten, parseDocuments, readTexts, type FileName } from './files.ts';

export interface Target {
  readonly resource: Resource;
  /** '' for cluster-scoped resources and for all namespaces. */ readonly namespace: string;
  /** Null: all of them, as far as the selectors let them through. */ readonly name: string | null;
  /** The file it came from; '' for arguments. */ readonly source: string;
  /** What the file says; null for arguments. */ readonly object: Obj | null;
}

export interface Wanted {
  readonly args: readonly string[];
  readonly selector?: string; readonly fieldSelector?: string;
  /** `--all`, or a command for which a bare type means all of them. */ readonly all?: boolean;
  readonly allNamespaces?: boolean;
  readonly files?: readonly FileName[]; readonly recursive?: boolean;
  /** The type of bare names (`logs x`, `exec x`). */ readonly defaultType?: string;
}

function* named(cli: Cli, wanted: Wanted, type: string, names: readonly string[], namespace: string): Coroutine<Target[]> {
  const resource = yield* resolveResource(cli, type);
  if (wanted.allNamespaces && resource.namespaced) throw new CliError('a resource cannot be retrieved by name across all namespaces');
  return names.map((name) => ({ resource, namespace: resource.namespaced ? namespace : '', name, source: '', object: null }));
}

function* fromArguments(cli: Cli, wanted: Wanted): Coroutine<Target[]> {
  const { defaultType } = wanted;
  const bare = defaultType !== undefined && wanted.args.length > 0 && !wanted.args.some((word) => word.includes('/'));
  const asked = bare ? { types: [defaultType], names: wanted.args, pairs: [] } : readArguments(wanted.args);
  const { namespace } = yield* namespaceOf(cli);
  const selecting = (wanted.selector ?? '') !== '' || (wanted.fieldSelector ?? '') !== '';
  if (asked.pairs.length > 0) {
    if (selecting) throw new CliError('name cannot be provided when a selector is specified');
    const targets: Target[] = [];
    for (const { type, name } of asked.pairs) targets.push(...(yield* named(cli, wanted, type, [name], namespace)));
    return targets;
  }
  if (asked.types.length === 0) throw new CliError(NOTHING_ASKED);
  if (asked.names.length > 0) {
    if (selecting) throw new CliError('name cannot be provided when a selector is specified');
    const targets: Target[] = [];
    for (const type of asked.types) targets.push(...(yield* named(cli, wanted, type, asked.names, namespace)));
    return targets;
  }
  if (!selecting && !wanted.all) {
    for (const type of asked.types) yield* resolveResource(cli, type);
    throw new CliError('resource(s) were provided, but no name was specified');
  }
  const targets: Target[] = [];
  for (const type of expandCategories(yield* discover(cli), asked.types)) {
    const resource = yield* resolveResource(cli, type);
    if (targets.some((other) => other.resource === resource)) continue;
    targets.push({ resource, namespace: resource.namespaced && !wanted.allNamespaces ? namespace : '', name: null, source: '', object: null });
  }
  return targets;
}

/** Where an object of a file belongs. Throws CliError. */
export function* locate(cli: Cli, source: string, object: Obj): Coroutine<Target> {
  const { name, namespace: own } = metaOf(object);
  const [apiVersion, kind] = [String(object.apiVersion ?? ''), String(object.kind ?? '')];
  let resource = findKind(yield* discover(cli), apiVersion, kind);
  if (resource === null && !cli.known.fresh) resource = findKind(yield* discoverAnew(cli), apiVersion, kind);
  if (resource === null) {
    throw new CliError(`resource mapping not found for name: ${goQuote(name ?? '')} namespace: ${goQuote(own ?? '')} from ${goQuote(source)}: no matches for kind ${goQuote(kind)} in version ${goQuote(apiVersion)}\nensure CRDs are installed first`);
  }
  const { namespace, explicit } = yield* namespaceOf(cli);
  if (explicit && resource.namespaced && own !== undefined && own !== namespace) {
    throw new CliError(`the namespace from the provided object ${goQuote(own)} does not match the namespace ${goQuote(namespace)}. You must pass '--namespace=${own}' to perform this operation.`);
  }
  const at = resource.namespaced ? own ?? namespace : '';
  const placed = at === '' || own !== undefined ? object : { ...object, metadata: { ...(object.metadata as Obj), namespace: at } };
  return { resource, namespace: at, name: name ?? '', source, object: placed };
}

/** The schema is fetched before a file's objects are sent; when that fails nothing is sent. Throws CliError. */
export function* validateObjects(cli: Cli, source: string, objects: readonly Obj[]): Coroutine<void> {
  const fail = (why: string) => new CliError(`error validating ${goQuote(source)}: error validating data: ${why}; if you choose to ignore these errors, turn validation off with --validate=false`);
  for (const object of objects) {
    const missing = [object.apiVersion ? '' : 'apiVersion not set', object.kind ? '' : 'kind not set'].filter((text) => text !== '');
    if (typeof object !== 'object' || Array.isArray(object)) throw fail('invalid object to validate');
    if (missing.length > 0) throw fail(missing.length === 1 ? missing[0]! : `[${missing.join(', ')}]`);
  }
  yield* restConfig(cli);
  for (const version of ['v3', 'v2']) {
    try {
      yield* call(cli, { method: 'GET', path: `/openapi/${version}?timeout=32s` });
      return;
    } catch (caught) {
      const kind = (caught as { kind?: string }).kind;
      if (kind === undefined) throw caught;
      // The server answered, if not with a schema: it will do the strict checking itself.
      if (kind === 'status') return;
      if (version === 'v2') throw fail(`failed to download openapi: ${(caught as Error).message}`);
    }
  }
}

/** `-l` of a command that takes files: only objects with these labels. */
const chosen = (cli: Cli, objects: readonly Obj[]): readonly Obj[] => {
  const text = cli.path !== 'kubectl expose' && cli.flags.values.has('selector') ? cli.flags.string('selector') : '';
  if (text === '') return objects;
  const selector = parseSelector(text);
  return objects.filter((object) => matches(selector, metaOf(object).labels));
};

/** The objects of `-f`, located. What cannot be read or placed is collected, so that the rest is still worked on. */
export function* fileTargets(cli: Cli, files: readonly FileName[], recursive: boolean, validate: boolean): Coroutine<{ readonly targets: Target[]; readonly errors: unknown[] }> {
  const targets: Target[] = [];
  const errors: unknown[] = [];
  const texts = yield* readTexts(files, recursive);
  for (const text of texts) {
    try {
      const objects = parseDocuments(text).flatMap((value) => flatten(value as Obj));
      if (validate) yield* validateObjects(cli, text.source, objects);
      for (const object of chosen(cli, objects)) targets.push(yield* locate(cli, text.source, object));
    } catch (caught) {
      if (!(caught instanceof CliError)) throw caught;
      errors.push(caught);
    }
  }
  return { targets, errors };
}

/** What a command is to work on. Throws CliError, NoResourceMatch, GoError. */
export function* targetsOf(cli: Cli, wanted: Wanted): Coroutine<Target[]> {
  if ((wanted.files ?? []).length === 0) return yield* fromArguments(cli, wanted);
  if (wanted.args.length > 0) throw new CliError('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
  const { targets, errors } = yield* fileTargets(cli, wanted.files!, wanted.recursive ?? false, false);
  if (errors.length > 0) throw errors[0];
  return targets;
}
