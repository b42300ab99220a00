/** kubectl rollout restart, pause, resume. */
import { now, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { rfc3339 } from '../../../base/time.ts';
import { fullName } from '../discovery/resource.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { report, writeQuery } from '../report.ts';
import { filesOf } from '../resource/files.ts';
import { askedObjects, eachObject, type Found } from '../resource/objects.ts';
import { call, field, metaOf, PATCH, pathTo, type Obj } from '../rest.ts';

const RESTARTED = 'kubectl.kubernetes.io/restartedAt';
type Plan = (found: Found, at: string) => Json;

function* change(cli: Cli, plan: Plan, operation: string): Coroutine<number> {
  if (cli.args.length === 0 && filesOf(cli.flags).length === 0) throw new CliError('required resource not specified');
  return yield* eachObject(yield* askedObjects(cli, cli.args, { all: true }), function* (found) {
    const { resource, namespace, name } = found;
    const body = plan(found, rfc3339(yield* now()));
    const result = (yield* call(cli, { method: 'PATCH', path: pathTo(resource, namespace, name), contentType: PATCH.strategic, body, about: resource.name, name, query: writeQuery(cli, 'kubectl-rollout') })) as Obj;
    yield* report(cli, resource, result, operation);
  });
}

const restartPlan: Plan = ({ resource, name, object }, at) => {
  if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(resource.kind)) throw new CliError(`${fullName(resource)} ${JSON.stringify(name)} restarting is not supported`);
  if (field(object, 'spec').paused === true) throw new CliError(`${fullName(resource)} ${JSON.stringify(name)} can't restart paused deployment (run rollout resume first)`);
  if (metaOf(field(field(object, 'spec'), 'template')).annotations?.[RESTARTED] === at) throw new CliError(`failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`);
  return { spec: { template: { metadata: { annotations: { [RESTARTED]: at } } } } };
};

const pausePlan = (paused: boolean): Plan => ({ resource, name, object }) => {
  const verb = paused ? 'pausing' : 'resuming';
  if (resource.kind !== 'Deployment') throw new CliError(`${fullName(resource)} ${JSON.stringify(name)} ${verb} is not supported`);
  if ((field(object, 'spec').paused === true) === paused) throw new CliError(`${fullName(resource)} ${JSON.stringify(name)} ${paused ? 'is already paused' : 'is not paused'}`);
  return { spec: { paused: paused ? true : null } };
};

export const restart = (cli: Cli): Coroutine<number> => change(cli, restartPlan, 'restarted');
export const pause = (cli: Cli): Coroutine<number> => change(cli, pausePlan(true), 'paused');
export const resume = (cli: Cli): Coroutine<number> => change(cli, pausePlan(false), 'resumed');
