/** kubectl label and annotate. Models kubectl pkg/cmd/label and annotate. */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { canonical } from '../../../base/json.ts';
import type { Cli } from '../cli.ts';
import { CliError, usageError } from '../errors.ts';
import { kindName } from '../discovery/resource.ts';
import { print } from '../io.ts';
import { dryRunOf, report, writeQuery } from '../report.ts';
import { filesOf } from '../resource/files.ts';
import { askedObjects, eachObject, type Found } from '../resource/objects.ts';
import { call, metaOf, PATCH, pathTo, type Obj } from '../rest.ts';

type Pairs = Readonly<Record<string, string>>;
interface Changes { readonly set: Pairs; readonly remove: readonly string[]; readonly resources: readonly string[] }

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Splits arguments into what names objects and what changes them. Throws CliError. */
export function readChanges(args: readonly string[], what: 'label' | 'annotation'): Changes {
  const isChange = (word: string) => word.includes('=') || word.endsWith('-');
  const at = args.findIndex((word) => isChange(word));
  const resources = at < 0 ? args : args.slice(0, at);
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const word of at < 0 ? [] : args.slice(at)) {
    const eq = word.indexOf('=');
    if (eq > 0) {
      const value = word.slice(eq + 1);
      if (what === 'label' && !LABEL_VALUE.test(value)) {
        throw new CliError(`invalid label value: ${JSON.stringify(word)}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`);
      }
      set[word.slice(0, eq)] = value;
    } else if (word.endsWith('-')) remove.push(word.slice(0, -1));
    else throw new CliError(what === 'label' ? `unknown label spec: ${word}` : `annotations must be of the form: key=value or key-: ${word}`);
  }
  const both = remove.find((key) => Object.hasOwn(set, key));
  if (both !== undefined) throw new CliError(`can not both modify and remove ${what === 'label' ? 'a label' : 'an annotation'} in the same command`);
  return { set, remove, resources };
}

interface Noun { readonly key: 'labels' | 'annotations'; readonly what: 'label' | 'annotation'; readonly manager: string; readonly done: string }

function checkOverwrite(old: Pairs, changes: Changes, noun: Noun): void {
  const taken = Object.keys(changes.set).filter((key) => old[key] !== undefined && (noun.what === 'annotation' || old[key] !== changes.set[key])).map((key) => `'${key}' already has a value (${old[key]})`);
  if (taken.length === 0) return;
  throw new CliError(noun.what === 'label' ? `${taken[0]!}, and --overwrite is false` : `--overwrite is false but found the following declared annotation(s): ${taken.join('; ')}`);
}

function* changeOne(cli: Cli, { resource, namespace, name, object }: Found, changes: Changes, noun: Noun): Coroutine<void> {
  const old = (metaOf(object)[noun.key] ?? {}) as Pairs;
  if (!cli.flags.bool('overwrite')) checkOverwrite(old, changes, noun);
  if (noun.what === 'label') for (const key of changes.remove) if (old[key] === undefined) yield* print(`label "${key}" not found.\n`);
  const next: Record<string, string> = { ...old, ...changes.set };
  for (const key of changes.remove) delete next[key];
  const same = canonical(old as unknown as Json) === canonical(next);
  let result: Obj = { ...object, metadata: { ...(object.metadata as Obj), [noun.key]: next } };
  if (!same && dryRunOf(cli) !== 'client') {
    const patch = { metadata: { [noun.key]: { ...changes.set, ...Object.fromEntries(changes.remove.filter((key) => old[key] !== undefined).map((key) => [key, null])) } } };
    const version = cli.flags.string('resource-version');
    const body = version === '' ? patch : { metadata: { ...patch.metadata, resourceVersion: version } };
    result = (yield* call(cli, { method: 'PATCH', path: pathTo(resource, namespace, name), contentType: PATCH.merge, body, about: resource.name, name, query: writeQuery(cli, noun.manager) })) as Obj;
  }
  const removed = changes.remove.some((key) => old[key] !== undefined) && Object.keys(changes.set).length === 0;
  const operation = noun.what === 'annotation' ? 'annotated' : same ? 'not labeled' : removed ? 'unlabeled' : 'labeled';
  yield* report(cli, resource, result, operation);
}

function* run(cli: Cli, noun: Noun): Coroutine<number> {
  const changes = readChanges(cli.args, noun.what);
  const listing = cli.flags.bool('list');
  if (Object.keys(changes.set).length === 0 && changes.remove.length === 0 && !listing) {
    if (changes.resources.length === 0 && filesOf(cli.flags).length === 0) throw new CliError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    throw noun.what === 'label' ? new CliError('at least one label update is required') : new CliError('at least one annotation update is required');
  }
  if (changes.resources.length === 0 && filesOf(cli.flags).length === 0) throw usageError(cli.path, 'one or more resources must be specified as <resource> <name> or <resource>/<name>');
  const asked = yield* askedObjects(cli, changes.resources);
  const several = asked.objects.length > 1;
  return yield* eachObject(asked, function* (found) {
    if (listing) {
      const own = (metaOf(found.object)[noun.key] ?? {}) as Pairs;
      if (several) yield* print(`Listing ${noun.what}s for ${kindName(found.resource)}/${found.name}:\n`);
      yield* print(Object.keys(own).sort().map((key) => `${several ? ' ' : ''}${key}=${own[key]}\n`).join(''));
    } else yield* changeOne(cli, found, changes, noun);
  });
}

export const label = (cli: Cli): Coroutine<number> => run(cli, { key: 'labels', what: 'label', manager: 'kubectl-label', done: 'labeled' });
export const annotate = (cli: Cli): Coroutine<number> => run(cli, { key: 'annotations', what: 'annotation', manager: 'kubectl-annotate', done: 'annotated' });
