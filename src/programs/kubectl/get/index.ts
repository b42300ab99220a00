/**
 * kubectl get: one object, lists, several types at once. The server makes the table; here it is laid out.
 * Models kubectl pkg/cmd/get.
 */
import { write, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { isReason } from '../../../lib/kube/index.ts';
import { isTable, printObject, sortObjects, type Table } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { CliError, isUserError, lostConnection, throwAll, usageError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { eprint, print } from '../io.ts';
import { formatFor } from '../output.ts';
import { filesOf } from '../resource/files.ts';
import { notListed } from '../resource/objects.ts';
import { targetsOf, type Target } from '../resource/targets.ts';
import { call, pathTo, type Obj } from '../rest.ts';
import { humanText } from './human.ts';
import { startWatch } from './watch.ts';

/** One answer: the table or object, and what was asked for. */
export interface Answer { readonly target: Target; readonly body: Json }

const AS_TABLE = ['v1', 'v1beta1'].map((v) => `application/json;as=Table;v=${v};g=meta.k8s.io`).join(',');

/** The request for a target; lists carry the selectors. */
export function* fetchTarget(cli: Cli, target: Target, table: boolean): Coroutine<Json> {
  const { flags } = cli;
  const sorted = flags.string('sort-by') !== '';
  const list = target.name === null;
  const asked = {
    method: 'GET' as const, path: pathTo(target.resource, target.namespace, target.name ?? undefined, flags.string('subresource') || undefined), about: target.resource.name, name: target.name ?? '',
    ...(table ? { accept: `${AS_TABLE},application/json` } : {}),
    query: {
      ...(list ? { labelSelector: flags.string('selector'), fieldSelector: flags.string('field-selector') } : {}),
      ...(list && !sorted && flags.number('chunk-size') > 0 ? { limit: String(flags.number('chunk-size')) } : {}),
      ...(table && sorted ? { includeObject: 'Object' } : {}),
    },
  };
  try {
    return yield* call(cli, asked);
  } catch (caught) {
    throw list ? notListed(caught, target.resource, flags.string('selector'), flags.string('field-selector')) : caught;
  }
}

/** The wanted targets of `get` and its like. */
export function* askedTargets(cli: Cli): Coroutine<Target[]> {
  const { flags } = cli;
  return yield* targetsOf(cli, {
    args: cli.args, selector: flags.string('selector'), fieldSelector: flags.string('field-selector'), all: true, allNamespaces: flags.bool('all-namespaces'),
    files: filesOf(flags), recursive: flags.bool('recursive'),
  });
}

function* checkUse(cli: Cli): Coroutine<void> {
  const { flags, args } = cli;
  const output = flags.string('output');
  if (flags.bool('show-labels') && output !== '' && output !== 'wide') throw new CliError(`--show-labels option cannot be used with ${output} printer`);
  if (flags.bool('output-watch-events') && !flags.bool('watch') && !flags.bool('watch-only')) throw new CliError('--output-watch-events option can only be used with --watch or --watch-only');
  if (flags.bool('watch') || flags.bool('watch-only')) {
    if (flags.string('sort-by') !== '') yield* eprint('warning: --watch requested, --sort-by will be ignored\n');
  } else if (args.length === 0 && filesOf(flags).length === 0) {
    yield* eprint('You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n');
    throw usageError(cli.path, 'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).');
  }
}

function* raw(cli: Cli): Coroutine<number> {
  const path = cli.flags.string('raw');
  if (cli.args.length > 0) throw new CliError('arguments may not be passed when --raw is specified');
  if (!path.startsWith('/')) throw usageError(cli.path, `--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`);
  const body = yield* call(cli, { method: 'GET', path, accept: 'application/json, */*' });
  if (typeof body === 'string') yield* write(1, body);
  else yield* print(`${JSON.stringify(body)}\n`);
  return 0;
}

/** Lists and objects as one List, unless a single object was asked for by its name. */
function combined(answers: readonly Answer[], single: boolean): Obj {
  if (single && answers.length === 1) return answers[0]!.body as Obj;
  const objects = answers.flatMap(({ body }) => {
    const { items, apiVersion, kind } = body as { items?: readonly Obj[]; apiVersion?: string; kind?: string };
    return items === undefined ? [body as Obj] : items.map((item) => ({ apiVersion, kind: (kind ?? '').replace(/List$/, ''), ...item }));
  });
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } };
}

/** Runs the command. */
export function* get(cli: Cli): Coroutine<Outcome> {
  const { flags } = cli;
  if (flags.string('raw') !== '') return yield* raw(cli);
  yield* checkUse(cli);
  const format = yield* formatFor(flags.string('output'), flags.string('template'));
  const human = format.kind === 'human';
  if (flags.bool('watch') || flags.bool('watch-only')) return yield* startWatch(cli, format);
  const targets = yield* askedTargets(cli);
  const ignore = flags.bool('ignore-not-found');
  const answers: Answer[] = [];
  const errors: unknown[] = [];
  for (const target of targets) {
    try {
      answers.push({ target, body: yield* fetchTarget(cli, target, human && flags.bool('server-print')) });
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      // A lost connection ends the run; an object that is not there does not keep the others from being shown.
      if (!isReason(caught, 'NotFound', 'Forbidden', 'BadRequest', 'MethodNotAllowed') || targets.length === 1 && !(ignore && isReason(caught, 'NotFound'))) throw lostConnection(caught);
      if (!(ignore && isReason(caught, 'NotFound'))) errors.push(caught);
    }
  }
  const sortBy = flags.string('sort-by');
  if (!human) {
    if (answers.length > 0 || !ignore) {
      const single = targets.length === 1 && targets[0]!.name !== null;
      const object = combined(answers, single);
      const sorted = sortBy !== '' && Array.isArray(object.items) ? { ...object, items: sortObjects(object.items as readonly Obj[], sortBy) } : object;
      yield* print(printObject(format, sorted, { managedFields: flags.bool('show-managed-fields'), noHeaders: flags.bool('no-headers'), missingKeys: flags.bool('allow-missing-template-keys') }));
    }
  } else {
    const tables = answers.map(({ target, body }) => ({ target, table: isTable(body) ? (body as unknown as Table) : null, body }));
    const text = humanText(tables, flags, format.kind === 'human' && format.wide);
    yield* print(text);
    if (text === '' && !ignore && errors.length === 0) {
      const namespaced = !flags.bool('all-namespaces') && answers.every(({ target }) => target.resource.namespaced);
      yield* eprint(namespaced ? `No resources found in ${(yield* namespaceOf(cli)).namespace} namespace.\n` : 'No resources found\n');
    }
  }
  throwAll(errors);
  return 0;
}
