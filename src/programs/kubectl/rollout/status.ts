/** kubectl rollout status: a line for each change until the rollout is done. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { eprint, print } from '../io.ts';
import { observe, watchOf, type Watched } from '../observe/observe.ts';
import { filesOf } from '../resource/files.ts';
import { askedObjects } from '../resource/objects.ts';
import { progressOf } from './viewer.ts';

export interface RolloutState { readonly follow: 'rollout'; readonly watched: Watched; readonly kind: string; readonly rest: readonly Watched[]; readonly kinds: readonly string[] }

export function* status(cli: Cli): Coroutine<Outcome> {
  if (cli.args.length === 0 && filesOf(cli.flags).length === 0) throw new CliError('required resource not specified');
  const { objects } = yield* askedObjects(cli, cli.args, { all: true });
  if (objects.length === 0) {
    yield* eprint('No resources found in namespace.\n');
    return 0;
  }
  const watched: Watched[] = [];
  for (const { resource, namespace, name, object } of objects) {
    progressOf(resource.kind, object, 0);
    watched.push(yield* watchOf(resource, namespace, name, cli.flags.number('timeout')));
  }
  return { follow: 'rollout', watched: watched[0]!, kind: objects[0]!.resource.kind, rest: watched.slice(1), kinds: objects.slice(1).map(({ resource }) => resource.kind) } as RolloutState;
}

/** The next sight of the workload. */
export function* followRollout(cli: Cli, state: RolloutState): Coroutine<Outcome<RolloutState>> {
  const sight = yield* observe(cli, state.watched);
  if (sight.type === 'timeout') throw new CliError('timed out waiting for the condition');
  const next = { ...state, watched: sight.watched };
  if (sight.type === 'absent') throw new CliError('object has been deleted');
  if (sight.type !== 'present') return next;
  const { text, done } = progressOf(state.kind, sight.object, cli.flags.number('revision'));
  yield* print(text);
  if (!done && cli.flags.bool('watch')) return next;
  const [first, ...rest] = state.rest;
  return first === undefined ? 0 : { ...state, watched: first, kind: state.kinds[0]!, rest, kinds: state.kinds.slice(1) };
}
