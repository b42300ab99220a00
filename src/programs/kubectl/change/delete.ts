/** kubectl delete: objects by name, file or selector, then the wait until they are gone. Models kubectl pkg/cmd/delete. */
import type { Coroutine } from '../../../kernel/sys.ts';
import { isReason } from '../../../lib/kube/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { kindName, type Resource } from '../discovery/resource.ts';
import { CliError, fromSource, isUserError, throwAll } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { print, warn } from '../io.ts';
import { observe, watchOf, type Watched } from '../observe/observe.ts';
import { dryRunOf } from '../report.ts';
import { listObjects, wantedBy } from '../resource/objects.ts';
import { fileTargets, targetsOf, type Target } from '../resource/targets.ts';
import { call, field, metaOf, pathTo, type Obj } from '../rest.ts';

interface Doomed { readonly resource: Resource; readonly namespace: string; readonly name: string; readonly source: string }
interface Gone { readonly resource: Resource; readonly namespace: string; readonly name: string; readonly uid: string }
export interface DeleteState { readonly follow: 'delete'; readonly left: readonly Gone[]; readonly watched: Watched | null; readonly timeoutUs: number; readonly message: string | null }

interface Options { readonly grace: number; readonly force: boolean; readonly cascade: string }

function readOptions(cli: Cli): Options {
  const { flags } = cli;
  let grace = flags.number('grace-period');
  const force = flags.bool('force');
  if (flags.bool('now')) {
    if (grace !== -1) throw new CliError('--now and --grace-period cannot be specified together');
    grace = 1;
  }
  if (force && grace > 0) throw new CliError('--force and --grace-period greater than 0 cannot be specified together');
  if (grace === 0 && !force) grace = 1;
  if (force && grace < 0) grace = 0;
  const cascade = { true: 'Background', background: 'Background', false: 'Orphan', orphan: 'Orphan', foreground: 'Foreground' }[flags.string('cascade')];
  if (cascade === undefined) throw new CliError(`invalid cascade value (${flags.string('cascade')}). Must be "background", "foreground", or "orphan"`);
  return { grace, force, cascade };
}

function* doomed(cli: Cli, errors: unknown[]): Coroutine<Doomed[]> {
  const wanted = wantedBy(cli, cli.args);
  if (wanted.files!.length === 0 && cli.args.length > 0 && wanted.all && (wanted.selector ?? '') !== '') throw new CliError('cannot set --all and --selector at the same time');
  if (wanted.files!.length === 0 && wanted.all && cli.args.length > 1 && !cli.args[0]!.includes('/')) throw new CliError('name cannot be provided when a selector is specified');
  let targets: readonly Target[];
  if (wanted.files!.length > 0) {
    const read = yield* fileTargets(cli, wanted.files!, wanted.recursive ?? false, false);
    errors.push(...read.errors);
    targets = read.targets;
  } else targets = yield* targetsOf(cli, wanted);
  const all: Doomed[] = [];
  for (const { resource, namespace, name, source } of targets) {
    if (name !== null) all.push({ resource, namespace, name, source });
    else for (const object of yield* listObjects(cli, resource, namespace, { labelSelector: wanted.selector ?? '', fieldSelector: wanted.fieldSelector ?? '' })) all.push({ resource, namespace: metaOf(object).namespace ?? '', name: metaOf(object).name, source });
  }
  return all;
}

function* deleteOne(cli: Cli, { resource, namespace, name }: Doomed, { grace, force, cascade }: Options): Coroutine<Gone | null> {
  const body = { propagationPolicy: cascade, ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}), ...(dryRunOf(cli) === 'server' ? { dryRun: ['All'] } : {}) };
  let uid = '';
  if (dryRunOf(cli) !== 'client') {
    const answer = (yield* call(cli, { method: 'DELETE', path: pathTo(resource, namespace, name), body, about: resource.name, name })) as Obj;
    uid = answer.kind === 'Status' ? String(field(answer, 'details').uid ?? '') : metaOf(answer).uid ?? '';
  }
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRunOf(cli)];
  if (cli.flags.string('output') === 'name') yield* print(`${kindName(resource)}/${name}\n`);
  else yield* print(`${kindName(resource)} "${name}" ${force && grace === 0 ? 'force deleted' : 'deleted'}${suffix}\n`);
  return dryRunOf(cli) === 'none' ? { resource, namespace, name, uid } : null;
}

/** Deletes; `message` is printed when all is gone (replace --force goes on from there). */
export function* remove(cli: Cli): Coroutine<Outcome> {
  const { flags } = cli;
  const options = readOptions(cli);
  const output = flags.string('output');
  if (output !== '' && output !== 'name') throw new CliError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  const errors: unknown[] = [];
  if (options.force && options.grace === 0) yield* warn('Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.');
  const all = yield* doomed(cli, errors);
  const { explicit } = yield* namespaceOf(cli);
  if (explicit && all.some(({ resource }) => !resource.namespaced)) yield* warn('deleting cluster-scoped resources, not scoped to the provided namespace');
  const gone: Gone[] = [];
  const ignore = flags.bool('ignore-not-found') || (flags.bool('all') && !flags.changed('ignore-not-found'));
  for (const one of all) {
    try {
      const waiting = yield* deleteOne(cli, one, options);
      if (waiting !== null) gone.push(waiting);
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      if (!(ignore && isReason(caught, 'NotFound'))) errors.push(fromSource('deleting', one.source, caught));
    }
  }
  if (all.length === 0 && errors.length === 0) yield* print('No resources found\n');
  throwAll(errors);
  if (!flags.bool('wait') || gone.length === 0) return 0;
  return { follow: 'delete', left: gone, watched: null, timeoutUs: flags.number('timeout'), message: null } as DeleteState;
}

/** Waits for the first of what is left. */
export function* awaitDeletion(cli: Cli, state: DeleteState): Coroutine<Outcome<DeleteState>> {
  const [first, ...rest] = state.left;
  if (first === undefined) return 0;
  const sight = yield* observe(cli, state.watched ?? (yield* watchOf(first.resource, first.namespace, first.name, state.timeoutUs)));
  if (sight.type === 'timeout') throw new CliError(`timed out waiting for the condition on ${first.resource.name}/${first.name}`);
  const replaced = sight.type === 'present' && first.uid !== '' && metaOf(sight.object).uid !== first.uid;
  return sight.type === 'absent' || replaced ? { ...state, left: rest, watched: null } : { ...state, watched: sight.watched };
}
