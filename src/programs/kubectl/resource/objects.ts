/** The objects behind targets: named ones fetched, lists expanded. */
import type { Coroutine } from '../../../kernel/sys.ts';
import { GoError } from '../../../lib/net/index.ts';
import { isReason, StatusError } from '../../../lib/kube/index.ts';
import type { Cli } from '../cli.ts';
import { groupVersion, type Resource } from '../discovery/resource.ts';
import { CliError, isUserError, throwAll } from '../errors.ts';
import { call, getOne, items, metaOf, pathTo, type Obj } from '../rest.ts';
import { filesOf } from './files.ts';
import { targetsOf, type Target, type Wanted } from './targets.ts';

/** An object of the cluster and its type. */
export interface Found { readonly resource: Resource; readonly namespace: string; readonly name: string; readonly object: Obj; readonly source: string }

export interface Selectors { readonly labelSelector?: string; readonly fieldSelector?: string }

/** What could not be listed, and by which selectors: cli-runtime's words around the server's. */
export function notListed(error: unknown, resource: Resource, label: string, fields: string): unknown {
  if (!(error instanceof StatusError) || !isReason(error, 'NotFound', 'BadRequest')) return error;
  const what = JSON.stringify(`${groupVersion(resource)}, Resource=${resource.name}`).replace('"v1, ', '"/v1, ');
  const text = label + fields === '' ? `Unable to list ${what}: ` : `Unable to find ${what} that match label selector ${JSON.stringify(label)}, field selector ${JSON.stringify(fields)}: `;
  return new StatusError({ ...error.status, message: `${text}${error.message}` });
}

/** All objects of a list, each with its apiVersion and kind. */
export function* listObjects(cli: Cli, resource: Resource, namespace: string, selectors: Selectors = {}): Coroutine<Obj[]> {
  let list: Obj;
  try {
    list = (yield* call(cli, { method: 'GET', path: pathTo(resource, namespace), about: resource.name, query: { ...selectors, limit: '500' } })) as Obj;
  } catch (caught) {
    throw notListed(caught, resource, selectors.labelSelector ?? '', selectors.fieldSelector ?? '');
  }
  const [apiVersion, kind] = [list.apiVersion ?? null, typeof list.kind === 'string' ? list.kind.replace(/List$/, '') : resource.kind];
  return items(list).map((object) => ({ apiVersion, kind, ...object }));
}

const found = (target: Target, object: Obj): Found => ({
  resource: target.resource, namespace: metaOf(object).namespace ?? '', name: metaOf(object).name, object, source: target.source,
});

/** The objects of the targets. With several of them, what cannot be had is collected and the rest goes on. */
export function* fetchObjects(cli: Cli, targets: readonly Target[], selectors: Selectors = {}): Coroutine<{ readonly objects: Found[]; readonly errors: unknown[] }> {
  const objects: Found[] = [];
  const errors: unknown[] = [];
  for (const target of targets) {
    try {
      if (target.name !== null) objects.push(found(target, yield* getOne(cli, target.resource, target.namespace, target.name)));
      else for (const object of yield* listObjects(cli, target.resource, target.namespace, selectors)) objects.push(found(target, object));
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      if (!isReason(caught, 'NotFound', 'Forbidden') || targets.length === 1) throw caught;
      errors.push(caught);
    }
  }
  return { objects, errors };
}

/** What the usual flags of a command that works on objects ask for. */
export function wantedBy(cli: Cli, args: readonly string[], more: Partial<Wanted> = {}): Wanted {
  const { flags } = cli;
  const has = (name: string) => flags.values.has(name);
  return {
    args, selector: has('selector') ? flags.string('selector') : '', fieldSelector: has('field-selector') ? flags.string('field-selector') : '',
    all: has('all') && flags.bool('all'), allNamespaces: has('all-namespaces') && flags.bool('all-namespaces'),
    files: has('filename') ? filesOf(flags) : [], recursive: has('recursive') && flags.bool('recursive'), ...more,
  };
}

/** Arguments, flags and files to objects. `update` commands refuse --all and a selector together. */
export function* askedObjects(cli: Cli, args: readonly string[], more: Partial<Wanted> = {}): Coroutine<{ readonly objects: Found[]; readonly errors: unknown[] }> {
  const wanted = wantedBy(cli, args, more);
  if (wanted.all && wanted.selector !== '' && cli.flags.values.has('all')) throw new CliError('cannot set --all and --selector at the same time');
  const targets = yield* targetsOf(cli, wanted);
  return yield* fetchObjects(cli, targets, { labelSelector: wanted.selector ?? '', fieldSelector: wanted.fieldSelector ?? '' });
}

/** Does something to each object; what goes wrong with one is told at the end, after the others have had their turn. → 0. Throws what was found out about the rest. */
export function* eachObject({ objects, errors }: { readonly objects: readonly Found[]; readonly errors: readonly unknown[] }, act: (found: Found) => Coroutine<void>): Coroutine<number> {
  const failed = [...errors];
  for (const found of objects) {
    try {
      yield* act(found);
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      failed.push(caught);
    }
  }
  throwAll(failed);
  return 0;
}
