/** kubectl create -f and replace -f. Models kubectl pkg/cmd/create and replace. */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { isReason } from '../../../lib/kube/index.ts';
import type { Cli } from '../cli.ts';
import { kindName } from '../discovery/resource.ts';
import { CliError, fromSource, isUserError, throwAll } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { print, warn } from '../io.ts';
import { observe, watchOf } from '../observe/observe.ts';
import { dryRunOf, report, validation, writeQuery } from '../report.ts';
import { filesOf } from '../resource/files.ts';
import { fileTargets, type Target } from '../resource/targets.ts';
import { call, field, getOne, metaOf, pathTo, type Obj } from '../rest.ts';
import { withLastApplied } from './submit.ts';

function* readFiles(cli: Cli): Coroutine<{ readonly targets: Target[]; readonly errors: unknown[] }> {
  return yield* fileTargets(cli, filesOf(cli.flags), cli.flags.bool('recursive'), validation(cli) !== 'Ignore');
}

const toSend = (cli: Cli, object: Obj) => (cli.flags.bool('save-config') ? withLastApplied(object) : object);

function* post(cli: Cli, target: Target, manager: string): Coroutine<Obj> {
  const body = toSend(cli, target.object!);
  if (dryRunOf(cli) === 'client') return body;
  return (yield* call(cli, { method: 'POST', path: pathTo(target.resource, target.namespace), body: body as Json, about: target.resource.name, query: writeQuery(cli, manager, { fieldValidation: validation(cli) }) })) as Obj;
}

/** create -f. */
export function* createFiles(cli: Cli): Coroutine<number> {
  const { targets, errors } = yield* readFiles(cli);
  let printed = 0;
  for (const target of targets) {
    try {
      yield* report(cli, target.resource, yield* post(cli, target, 'kubectl-create'), 'created', printed++);
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      errors.push(fromSource('creating', target.source, caught));
    }
  }
  if (targets.length === 0 && errors.length === 0) throw new CliError('no objects passed to create');
  throwAll(errors);
  return 0;
}

/** replace -f: PUT, or with --force deletion and creation. */
export function* replace(cli: Cli): Coroutine<Outcome> {
  if (filesOf(cli.flags).length === 0) throw new CliError('must specify one of -f and -k');
  const { targets, errors } = yield* readFiles(cli);
  const force = cli.flags.bool('force');
  if (force) return yield* forceReplace(cli, targets, errors);
  for (const target of targets) {
    try {
      const live = yield* getOne(cli, target.resource, target.namespace, target.name!);
      const meta = target.object!.metadata as Obj;
      const body = toSend(cli, meta.resourceVersion === undefined ? { ...target.object!, metadata: { ...meta, resourceVersion: metaOf(live).resourceVersion } } : target.object!);
      const result = dryRunOf(cli) === 'client' ? body : (yield* call(cli, {
        method: 'PUT', path: pathTo(target.resource, target.namespace, target.name!), body: body as Json, about: target.resource.name, name: target.name!, query: writeQuery(cli, 'kubectl-replace', { fieldValidation: validation(cli) }),
      })) as Obj;
      yield* report(cli, target.resource, result, 'replaced');
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      errors.push(fromSource('replacing', target.source, caught));
    }
  }
  if (targets.length === 0 && errors.length === 0) throw new CliError('no objects passed to replace');
  throwAll(errors);
  return 0;
}

function* forceReplace(cli: Cli, targets: readonly Target[], errors: unknown[]): Coroutine<Outcome> {
  const given = cli.flags.number('grace-period');
  if (given === 0) yield* warn('Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.');
  for (const target of targets) {
    const { resource, namespace, name } = target;
    try {
      const answer = (yield* call(cli, { method: 'DELETE', path: pathTo(resource, namespace, name!), body: { propagationPolicy: 'Background', ...(given >= 0 ? { gracePeriodSeconds: given } : {}) }, about: resource.name, name: name! })) as Obj;
      yield* print(`${kindName(resource)} "${name}" deleted\n`);
      const uid = answer.kind === 'Status' ? String(field(answer, 'details').uid ?? '') : metaOf(answer).uid;
      // Waited for in this very step: a replaced object is gone within its grace period.
      for (let watched = yield* watchOf(resource, namespace, name!, 0); ;) {
        const sight = yield* observe(cli, watched);
        if (sight.type === 'absent' || (sight.type === 'present' && metaOf(sight.object).uid !== uid)) break;
        watched = sight.watched;
      }
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      if (!isReason(caught, 'NotFound')) throw fromSource('deleting', target.source, caught);
    }
    try {
      yield* report(cli, resource, yield* post(cli, target, 'kubectl-replace'), 'replaced');
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      errors.push(caught);
    }
  }
  throwAll(errors);
  return 0;
}
