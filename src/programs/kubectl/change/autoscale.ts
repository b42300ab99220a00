/** kubectl autoscale: a HorizontalPodAutoscaler for what can be scaled. Models kubectl pkg/cmd/autoscale. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { builtIn, withLastApplied } from '../create/submit.ts';
import { CliError } from '../errors.ts';
import { dryRunOf, report, writeQuery } from '../report.ts';
import { askedObjects, eachObject, type Found } from '../resource/objects.ts';
import { call, pathTo, type Obj } from '../rest.ts';

const SCALABLE = ['deployments', 'replicasets', 'statefulsets', 'replicationcontrollers'];

function autoscalerFor(cli: Cli, { resource, namespace, name, object }: Found): Obj {
  const { flags } = cli;
  if (!SCALABLE.includes(resource.name)) {
    const gvr = `${resource.group === '' ? '/' : `${resource.group}/`}${resource.version}, Resource=${resource.name}`;
    throw new CliError(`cannot autoscale a ${resource.kind}: could not find scale subresource for ${gvr} in discovery information`);
  }
  const [min, max, cpu] = [flags.number('min'), flags.number('max'), flags.number('cpu-percent')];
  const metrics = cpu < 0 ? {} : { metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } } }] };
  return {
    apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: flags.string('name') || name, creationTimestamp: null, ...(dryRunOf(cli) === 'client' && flags.string('namespace') === '' ? {} : { namespace }) },
    spec: { maxReplicas: max, ...metrics, ...(min > 0 ? { minReplicas: min } : {}), scaleTargetRef: { apiVersion: object.apiVersion ?? null, kind: object.kind ?? null, name } }, status: { currentMetrics: null, desiredReplicas: 0 },
  };
}

export function* autoscale(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  const [min, max] = [flags.number('min'), flags.number('max')];
  if (max < 1) throw new CliError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) throw new CliError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  return yield* eachObject(yield* askedObjects(cli, cli.args), function* (found) {
    const resource = builtIn('autoscaling/v2', 'HorizontalPodAutoscaler');
    const made = autoscalerFor(cli, found);
    const object = flags.bool('save-config') ? withLastApplied(made) : made;
    const result = dryRunOf(cli) === 'client' ? object : (yield* call(cli, { method: 'POST', path: pathTo(resource, found.namespace), body: object, about: resource.name, query: writeQuery(cli, 'kubectl-autoscale') })) as Obj;
    yield* report(cli, resource, result, 'autoscaled');
  });
}
