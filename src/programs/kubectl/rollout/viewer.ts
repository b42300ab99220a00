/** What `rollout status` says about a workload. Pure. Models kubectl pkg/polymorphichelpers/rollout_status.go. */
import { CliError } from '../errors.ts';
import { field, items, metaOf, type Obj } from '../rest.ts';

export interface Progress { readonly text: string; readonly done: boolean }
const number = (obj: Obj, key: string) => Number(obj[key] ?? 0);

function deployment(object: Obj, revision: number): Progress {
  const { name, generation, annotations } = metaOf(object);
  const [spec, status] = [field(object, 'spec'), field(object, 'status')];
  if (revision > 0 && Number(annotations?.['deployment.kubernetes.io/revision'] ?? 0) !== revision) throw new CliError(`desired revision (${revision}) is different from the running revision (${annotations?.['deployment.kubernetes.io/revision'] ?? 0})`);
  if ((generation ?? 0) > number(status, 'observedGeneration')) return { text: 'Waiting for deployment spec update to be observed...\n', done: false };
  const progressing = items(status, 'conditions').find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') throw new CliError(`deployment ${JSON.stringify(name)} exceeded its progress deadline`);
  const waiting = (what: string) => ({ text: `Waiting for deployment "${name}" rollout to finish: ${what}...\n`, done: false });
  const [updated, replicas, available] = [number(status, 'updatedReplicas'), number(status, 'replicas'), number(status, 'availableReplicas')];
  if (spec.replicas !== undefined && updated < Number(spec.replicas)) return waiting(`${updated} out of ${Number(spec.replicas)} new replicas have been updated`);
  if (replicas > updated) return waiting(`${replicas - updated} old replicas are pending termination`);
  if (available < updated) return waiting(`${available} of ${updated} updated replicas are available`);
  return { text: `deployment "${name}" successfully rolled out\n`, done: true };
}

function daemonSet(object: Obj): Progress {
  const { name, generation } = metaOf(object);
  const status = field(object, 'status');
  if (field(field(object, 'spec'), 'updateStrategy').type !== 'RollingUpdate') throw new CliError('rollout status is only available for RollingUpdate strategy type');
  if ((generation ?? 0) > number(status, 'observedGeneration')) return { text: 'Waiting for daemon set spec update to be observed...\n', done: false };
  const [updated, desired, available] = [number(status, 'updatedNumberScheduled'), number(status, 'desiredNumberScheduled'), number(status, 'numberAvailable')];
  const waiting = (what: string) => ({ text: `Waiting for daemon set "${name}" rollout to finish: ${what}...\n`, done: false });
  if (updated < desired) return waiting(`${updated} out of ${desired} new pods have been updated`);
  if (available < desired) return waiting(`${available} of ${desired} updated pods are available`);
  return { text: `daemon set "${name}" successfully rolled out\n`, done: true };
}

function statefulSet(object: Obj): Progress {
  const [spec, status] = [field(object, 'spec'), field(object, 'status')];
  const strategy = field(spec, 'updateStrategy');
  if (strategy.type !== 'RollingUpdate') throw new CliError('rollout status is only available for RollingUpdate strategy type');
  const observed = number(status, 'observedGeneration');
  if (observed === 0 || (metaOf(object).generation ?? 0) > observed) return { text: 'Waiting for statefulset spec update to be observed...\n', done: false };
  const replicas = Number(spec.replicas ?? 1);
  if (number(status, 'readyReplicas') < replicas) return { text: `Waiting for ${replicas - number(status, 'readyReplicas')} pods to be ready...\n`, done: false };
  const partition = Number(field(strategy, 'rollingUpdate').partition ?? 0);
  const updated = number(status, 'updatedReplicas');
  if (partition > 0) {
    if (updated < replicas - partition) return { text: `Waiting for partitioned roll out to finish: ${updated} out of ${replicas - partition} new pods have been updated...\n`, done: false };
    return { text: `partitioned roll out complete: ${updated} new pods have been updated...\n`, done: true };
  }
  if (status.updateRevision !== status.currentRevision) return { text: `waiting for statefulset rolling update to complete ${updated} pods at revision ${String(status.updateRevision)}...\n`, done: false };
  return { text: `statefulset rolling update complete ${number(status, 'currentReplicas')} pods at revision ${String(status.currentRevision)}...\n`, done: true };
}

/** Throws CliError when the rollout has failed or the kind has no rollouts. */
export function progressOf(kind: string, object: Obj, revision: number): Progress {
  if (kind === 'Deployment') return deployment(object, revision);
  if (kind === 'DaemonSet') return daemonSet(object);
  if (kind === 'StatefulSet') return statefulSet(object);
  throw new CliError(`no status viewer has been implemented for ${kind}`);
}
