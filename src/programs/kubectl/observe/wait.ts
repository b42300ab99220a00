/** kubectl wait. Models kubectl pkg/cmd/wait. */
import { now, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { isReason } from '../../../lib/kube/index.ts';
import { jsonPathValues, JsonPathError } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { kindName, type Resource } from '../discovery/resource.ts';
import { CliError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { eprint, print } from '../io.ts';
import { report } from '../report.ts';
import { listObjects, wantedBy } from '../resource/objects.ts';
import { targetsOf } from '../resource/targets.ts';
import { field, getOne, items, metaOf, type Obj } from '../rest.ts';
import { observe, watchOf, type Watched } from './observe.ts';

/** What is waited for. */
export type Goal =
  | { readonly kind: 'delete' } | { readonly kind: 'create' }
  | { readonly kind: 'condition'; readonly type: string; readonly status: string }
  | { readonly kind: 'jsonpath'; readonly path: string; /** Null: any value. */ readonly value: string | null };

interface Awaited { readonly resource: Resource; readonly namespace: string; readonly name: string }
export interface WaitState { readonly follow: 'wait'; readonly goal: Goal; readonly left: readonly Awaited[]; readonly watched: Watched | null; readonly until: number; readonly failed: boolean }

/** `--for`. Throws CliError. */
export function readGoal(text: string): Goal {
  const lower = text.toLowerCase();
  if (lower === 'delete' || lower === 'create') return { kind: lower };
  if (lower.startsWith('condition=')) {
    const [type = '', status = 'true'] = text.slice('condition='.length).split('=');
    return { kind: 'condition', type, status };
  }
  if (lower.startsWith('jsonpath=')) {
    const rest = text.slice('jsonpath='.length);
    const match = /^(\{[^}]*\})(?:=(.*))?$/s.exec(rest) ?? /^([^=]*)(?:=(.*))?$/s.exec(rest);
    const [, path = '', value] = match ?? [];
    if (path === '') throw new CliError('jsonpath expression must be specified');
    if (value === '') throw new CliError("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3");
    return { kind: 'jsonpath', path, value: value ?? null };
  }
  throw new CliError(`unrecognized condition: ${JSON.stringify(text)}`);
}

/** What the path finds; nothing where it cannot go (an index that is not there yet). Throws CliError for what is no path. */
function valuesAt(path: string, object: Obj): readonly Json[] {
  try {
    return jsonPathValues(path, object as Json);
  } catch (caught) {
    if (!(caught instanceof JsonPathError)) throw caught;
    if (caught.message.startsWith('array index')) return [];
    throw new CliError(`error parsing jsonpath ${path}, ${caught.message}`);
  }
}

/** Has the object got there? */
export function reached(goal: Goal, object: Obj): boolean {
  switch (goal.kind) {
    case 'create': return true;
    case 'delete': return false;
    case 'condition': {
      const condition = items(field(object, 'status'), 'conditions').find(({ type }) => String(type).toLowerCase() === goal.type.toLowerCase());
      const generation = metaOf(object).generation;
      const observed = condition?.observedGeneration ?? field(object, 'status').observedGeneration;
      if (typeof observed === 'number' && typeof generation === 'number' && observed < generation) return false;
      return condition !== undefined && String(condition.status).toLowerCase() === goal.status.toLowerCase();
    }
    case 'jsonpath': {
      const values = valuesAt(goal.path, object);
      return goal.value === null ? values.length > 0 : values.length === 1 && String(values[0]) === goal.value;
    }
  }
}

/** Runs the command. */
export function* wait(cli: Cli): Coroutine<Outcome> {
  const { flags } = cli;
  if (flags.string('for') === '') throw new CliError('unrecognized condition: ""');
  const goal = readGoal(flags.string('for'));
  const timeout = flags.number('timeout') < 0 ? 7 * 24 * 3600e6 : flags.number('timeout');
  const wanted = wantedBy(cli, cli.args);
  const targets = yield* targetsOf(cli, wanted);
  const until = (yield* now()) + timeout;
  const left: Awaited[] = [];
  for (const { resource, namespace, name } of targets) {
    if (name !== null) {
      try {
        if (goal.kind !== 'create') yield* getOne(cli, resource, namespace, name);
      } catch (caught) {
        if (goal.kind === 'delete' && isReason(caught, 'NotFound')) continue;
        throw caught;
      }
      left.push({ resource, namespace, name });
    } else for (const object of yield* listObjects(cli, resource, namespace, { labelSelector: wanted.selector ?? '', fieldSelector: wanted.fieldSelector ?? '' })) left.push({ resource, namespace: metaOf(object).namespace ?? '', name: metaOf(object).name });
  }
  if (left.length === 0 && goal.kind !== 'delete') throw new CliError('no matching resources found');
  return { follow: 'wait', goal, left, watched: null, until, failed: false } as WaitState;
}

/** Waits for the first of what is left. */
export function* awaitGoal(cli: Cli, state: WaitState): Coroutine<Outcome<WaitState>> {
  const [first, ...rest] = state.left;
  if (first === undefined) return state.failed ? 1 : 0;
  const sight = yield* observe(cli, state.watched ?? { ...(yield* watchOf(first.resource, first.namespace, first.name, 0)), until: state.until });
  const label = `${kindName(first.resource)}/${first.name}`;
  if (sight.type === 'timeout') {
    yield* eprint(`error: timed out waiting for the condition on ${first.resource.name}/${first.name}\n`);
    return { ...state, left: rest, watched: null, failed: true };
  }
  const met = sight.type === 'present' ? reached(state.goal, sight.object) : sight.type === 'absent' && state.goal.kind === 'delete';
  if (!met) return { ...state, watched: sight.watched };
  if (sight.type === 'present') yield* report(cli, first.resource, sight.object, 'condition met');
  else yield* print(`${label} condition met\n`);
  return { ...state, left: rest, watched: null };
}
