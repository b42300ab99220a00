/** kubectl taint. Models kubectl pkg/cmd/taint. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { resolveResource } from '../discovery/index.ts';
import { CliError, usageError } from '../errors.ts';
import { print } from '../io.ts';
import { dryRunOf, report, validation, writeQuery } from '../report.ts';
import { askedObjects, eachObject } from '../resource/objects.ts';
import { call, field, items, PATCH, pathTo, type Obj } from '../rest.ts';

export interface Taint { readonly key: string; readonly value?: string; readonly effect: string }
interface Wish { readonly add: readonly Taint[]; readonly remove: readonly { readonly key: string; readonly effect: string }[] }

const NAME_RULE = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** `key=value:Effect`, `key:Effect-`, `key-`. Throws CliError. */
export function readTaints(words: readonly string[]): Wish {
  const add: Taint[] = [];
  const remove: { key: string; effect: string }[] = [];
  const check = (effect: string) => {
    if (!EFFECTS.includes(effect)) throw new CliError(`invalid taint effect: ${effect}, unsupported taint effect`);
  };
  for (const word of words) {
    const removing = word.endsWith('-');
    const text = removing ? word.slice(0, -1) : word;
    const [left = '', effect, more] = text.split(':');
    if (more !== undefined) throw new CliError(`invalid taint spec: ${word}`);
    const [key = '', value, rest] = left.split('=');
    if (rest !== undefined || key === '') throw new CliError(`invalid taint spec: ${word}`);
    if (removing) {
      if (effect !== undefined && effect !== '') check(effect);
      remove.push({ key, effect: effect ?? '' });
      continue;
    }
    if (effect === undefined) throw new CliError(`invalid taint spec: ${word}, ${NAME_RULE}`);
    check(effect);
    if (add.some((other) => other.key === key && other.effect === effect)) throw new CliError(`duplicated taints with the same key and effect: {${key} ${value ?? ''} ${effect} <nil>}`);
    add.push({ key, ...(value === undefined || value === '' ? {} : { value }), effect });
  }
  return { add, remove };
}

const same = (a: Taint, b: { readonly key: string; readonly effect: string }) => a.key === b.key && (b.effect === '' || a.effect === b.effect);

/** The node's taints afterwards, and the word for what happened. Throws CliError. */
export function applyTaints(old: readonly Taint[], { add, remove }: Wish, overwrite: boolean, node: string): { readonly taints: readonly Taint[]; readonly operation: string } {
  const taken = add.filter((taint) => old.some((other) => same(other, taint)));
  if (taken.length > 0 && !overwrite) throw new CliError(`node ${node} already has ${taken.map(({ key }) => key).join(', ')} taint(s) with same effect(s) and --overwrite is false`);
  for (const gone of remove) {
    if (!old.some((taint) => same(taint, gone))) throw new CliError(gone.effect === '' ? `taint "${gone.key}" not found` : `taint "${gone.key}:${gone.effect}" not found`);
  }
  const kept = old.filter((taint) => !remove.some((gone) => same(taint, gone)) && !add.some((taint2) => same(taint, taint2)));
  const operation = remove.length > 0 && add.length > 0 ? 'modified' : remove.length > 0 ? 'untainted' : taken.length > 0 ? 'modified' : 'tainted';
  return { taints: [...add, ...kept], operation };
}

export function* taint(cli: Cli): Coroutine<number> {
  const isTaint = (word: string) => word.includes('=') || word.includes(':') || word.endsWith('-');
  const at = cli.args.findIndex(isTaint);
  const resources = at < 0 ? cli.args : cli.args.slice(0, at);
  const words = at < 0 ? [] : cli.args.slice(at);
  if (resources.length === 0) throw new CliError('one or more resources must be specified as <resource> <name>');
  if (words.length === 0) throw new CliError('at least one taint update is required');
  let wish: Wish;
  try {
    wish = readTaints(words);
  } catch (caught) {
    if (!(caught instanceof CliError)) throw caught;
    throw usageError(cli.path, caught.message);
  }
  // Asked for before anything is fetched.
  const type = resources[0]!.split('/')[0]!;
  if ((yield* resolveResource(cli, type)).kind !== 'Node') throw new CliError(`invalid resource type ${type}, only node types are supported`);
  return yield* eachObject(yield* askedObjects(cli, resources), function* ({ resource, name, object }) {
    const old = items<Taint>(field(object, 'spec'), 'taints');
    const { taints, operation } = applyTaints(old, wish, cli.flags.bool('overwrite'), name);
    const result = dryRunOf(cli) === 'client' ? object : (yield* call(cli, {
      method: 'PATCH', path: pathTo(resource, '', name), contentType: PATCH.strategic, body: { spec: { taints: taints.length === 0 ? null : taints.map((one) => ({ ...one })) } }, about: 'nodes', name,
      query: writeQuery(cli, 'kubectl-taint', { fieldValidation: validation(cli) }),
    })) as Obj;
    // Upstream's printer of taints has no word for a dry run.
    if (cli.flags.string('output') === '') yield* print(`node/${name} ${operation}\n`);
    else yield* report(cli, resource, result, operation);
  });
}
