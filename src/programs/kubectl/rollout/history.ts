/** kubectl rollout history and undo: the ReplicaSets of a Deployment, the ControllerRevisions of the others. */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { deepEqual } from '../../../base/json.ts';
import type { Cli } from '../cli.ts';
import { builtIn } from '../create/submit.ts';
import { kindName } from '../discovery/resource.ts';
import { CliError, Exit, isUserError, throwAll } from '../errors.ts';
import { print } from '../io.ts';
import { selectorText } from '../pods/choose.ts';
import { layOut } from '../../../lib/printers/index.ts';
import { dryRunOf, report } from '../report.ts';
import { filesOf } from '../resource/files.ts';
import { askedObjects, listObjects, type Found } from '../resource/objects.ts';
import { call, field, metaOf, PATCH, pathTo, type Obj } from '../rest.ts';
import { templateText } from './template.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';
interface Revision { readonly number: number; readonly template: Obj; readonly cause: string; readonly annotations: Readonly<Record<string, string>>; /** What keeps the revision. */ readonly object: Obj }

const ownedBy = (object: Obj, owner: Obj) => (metaOf(object).ownerReferences ?? []).some(({ controller, uid }) => controller === true && uid === metaOf(owner).uid);

/** The revisions there are, oldest first. Throws CliError. */
function* revisionsOf(cli: Cli, { resource, namespace, object }: Found): Coroutine<Revision[]> {
  if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(resource.kind)) throw new CliError(`no history viewer has been implemented for "${resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`}"`);
  const byDeployment = resource.kind === 'Deployment';
  const kept = yield* listObjects(cli, builtIn('apps/v1', byDeployment ? 'ReplicaSet' : 'ControllerRevision'), namespace, { labelSelector: selectorText(field(field(object, 'spec'), 'selector')) });
  const revisions = kept.filter((one) => ownedBy(one, object)).map((one): Revision => {
    const annotations = metaOf(one).annotations ?? {};
    const template = byDeployment ? field(field(one, 'spec'), 'template') : field(field(field(one, 'data'), 'spec'), 'template');
    const cause = annotations[CAUSE] ?? metaOf(template).annotations?.[CAUSE] ?? '';
    return { number: byDeployment ? Number(annotations[REVISION] ?? 0) : Number(one.revision ?? 0), template, cause, annotations, object: one };
  });
  return revisions.filter(({ number }) => number > 0).sort((a, b) => a.number - b.number);
}

const REPLICA_SETS = () => builtIn('apps/v1', 'ReplicaSet');

export function* history(cli: Cli): Coroutine<number> {
  if (cli.args.length === 0 && filesOf(cli.flags).length === 0) throw new CliError('required resource not specified');
  const wanted = cli.flags.number('revision');
  if (wanted < 0) throw new CliError(`revision must be a positive integer: ${wanted}`);
  const { objects, errors } = yield* askedObjects(cli, cli.args, { all: true });
  let printed = 0;
  for (const found of objects) {
    const revisions = yield* revisionsOf(cli, found);
    if (cli.flags.string('output') !== '') {
      if (found.resource.kind !== 'Deployment') throw new Exit(1, `${cli.path}: -o is not available in this lab for a ${found.resource.kind}`);
      for (const { object } of revisions.filter(({ number }) => wanted === 0 || number === wanted)) yield* report(cli, REPLICA_SETS(), object, '', printed++);
      continue;
    }
    if (wanted > 0) {
      const one = revisions.find(({ number }) => number === wanted);
      if (one === undefined) throw new CliError(`unable to find the specified revision`);
      yield* print(`${kindName(found.resource)}/${found.name} with revision #${wanted}\n${templateText(one.template, one.cause)}\n`);
      continue;
    }
    if (revisions.length === 0) {
      yield* print(`${kindName(found.resource)}/${found.name} \nNo rollout history found.\n`);
      continue;
    }
    const rows = [['REVISION', 'CHANGE-CAUSE'], ...revisions.map(({ number, cause }) => [String(number), cause === '' ? '<none>' : cause])];
    yield* print(`${kindName(found.resource)}/${found.name} \n${layOut(rows, [], { padding: 2, least: 0 }).text}\n`);
  }
  throwAll(errors);
  return 0;
}

const KEPT_OUT = [REVISION, 'deployment.kubernetes.io/revision-history', 'deployment.kubernetes.io/desired-replicas', 'deployment.kubernetes.io/max-replicas', 'kubectl.kubernetes.io/last-applied-configuration', 'deprecated.deployment.rollback.to'];

/** A template without what the controller itself put on it. */
function bare(template: Obj): Obj {
  const meta = (template.metadata ?? {}) as Obj;
  const { 'pod-template-hash': _hash, ...labels } = (meta.labels ?? {}) as Obj;
  return { ...template, metadata: { ...meta, labels } };
}

function rollback({ resource, object }: Found, revision: Revision): { readonly body: Json; readonly type: string } {
  if (resource.kind !== 'Deployment') return { body: { spec: { template: { ...revision.template, $patch: 'replace' } } }, type: PATCH.strategic };
  const own = Object.entries(metaOf(object).annotations ?? {}).filter(([key]) => KEPT_OUT.includes(key));
  const theirs = Object.entries(revision.annotations).filter(([key]) => !KEPT_OUT.includes(key));
  return { type: PATCH.json, body: [{ op: 'replace', path: '/spec/template', value: bare(revision.template) }, { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...own, ...theirs]) }] };
}

function* undoOne(cli: Cli, found: Found): Coroutine<void> {
  const { resource, namespace, name, object } = found;
  const revisions = yield* revisionsOf(cli, found);
  const wanted = cli.flags.number('to-revision');
  if (field(object, 'spec').paused === true) throw new CliError(`you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`);
  const chosen = wanted > 0 ? revisions.find(({ number }) => number === wanted) : revisions.at(-2);
  if (wanted > 0 && chosen === undefined) throw new CliError(`unable to find specified revision ${wanted} in history`);
  if (chosen === undefined) throw new CliError(`no rollout history found for ${resource.kind.toLowerCase()} "${name}"`);
  if (deepEqual(bare(chosen.template), bare(field(field(object, 'spec'), 'template')))) return yield* report(cli, resource, object, `skipped rollback (current template already matches revision ${chosen.number})`);
  if (dryRunOf(cli) === 'client') return yield* report(cli, resource, object, 'rolled back');
  const { body, type } = rollback(found, chosen);
  const result = (yield* call(cli, { method: 'PATCH', path: pathTo(resource, namespace, name), contentType: type, body, about: resource.name, name, query: dryRunOf(cli) === 'server' ? { dryRun: 'All' } : {} })) as Obj;
  yield* report(cli, resource, result, 'rolled back');
}

export function* undo(cli: Cli): Coroutine<number> {
  if (cli.args.length === 0 && filesOf(cli.flags).length === 0) throw new CliError('required resource not specified');
  const { objects, errors } = yield* askedObjects(cli, cli.args, { all: true });
  for (const found of objects) {
    try {
      yield* undoOne(cli, found);
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      errors.push(caught);
    }
  }
  throwAll(errors);
  return 0;
}
