/** kubectl run and expose. Models kubectl pkg/cmd/run and expose. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { pod } from '../create/objects.ts';
import { builtIn, submit } from '../create/submit.ts';
import { namespaceOf } from '../config/load.ts';
import { discover } from '../discovery/index.ts';
import { CliError, isUserError, throwAll, usageError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { selectorText } from '../pods/choose.ts';
import { dryRunOf, report, writeQuery } from '../report.ts';
import { askedObjects, type Found } from '../resource/objects.ts';
import { call, field, items, metaOf, pathTo, type Obj } from '../rest.ts';
import { print } from '../io.ts';
import { begin } from './interactive.ts';
import { overridden } from './override.ts';
import { containersOf, podSpecOf } from './podspec.ts';

const POLICIES = ['Always', 'OnFailure', 'Never'];
const PULLS = ['Always', 'IfNotPresent', 'Never', ''];

/** What cannot be asked for together. Throws CliError. */
function check({ flags, path, args, dash }: Cli): void {
  if (dash === 0 || args.length === 0) throw usageError(path, 'NAME is required for run');
  if (flags.string('image') === '') throw new CliError('required flag(s) "image" not set');
  if (/\s/.test(flags.string('image')) || flags.string('image').startsWith('-')) throw new CliError(`Invalid image name ${JSON.stringify(flags.string('image'))}: invalid reference format`);
  if (flags.bool('tty') && !flags.bool('stdin')) throw usageError(path, '-i/--stdin is required for containers with -t/--tty=true');
  if (flags.bool('expose') && flags.string('port') === '') throw usageError(path, '--port must be set when exposing a service');
  const joins = flags.bool('attach') || flags.bool('stdin');
  if (flags.bool('rm') && !joins) throw usageError(path, '--rm should only be used for attached containers');
  if (joins && flags.string('dry-run') !== 'none') throw usageError(path, "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)");
  if (!POLICIES.includes(flags.string('restart'))) throw usageError(path, `invalid restart policy: ${flags.string('restart')}`);
  if (!PULLS.includes(flags.string('image-pull-policy'))) throw usageError(path, `invalid image pull policy: ${flags.string('image-pull-policy')}`);
}

export function* run(cli: Cli): Coroutine<Outcome> {
  const { flags, args, dash } = cli;
  check(cli);
  const name = args[0]!;
  const made = pod(name, flags, dash < 0 ? args.slice(1) : args.slice(dash));
  // The type is looked up even where nothing is sent.
  yield* discover(cli);
  const object = overridden(flags, made);
  const joins = flags.bool('attach') || flags.bool('stdin');
  const joined = joins ? yield* post(cli, object) : null;
  if (flags.bool('expose')) yield* exposeRun(cli, object);
  const code = joined === null ? yield* submit(cli, { resource: builtIn('v1', 'Pod'), object, manager: 'kubectl-run', failure: '', strict: false }) : 0;
  return joined === null ? code : yield* begin(cli, joined);
}

/** --expose: a service for the pod. It is told of before the pod. */
function* exposeRun(cli: Cli, object: Obj): Coroutine<void> {
  const port = Number(cli.flags.string('port'));
  const service: Obj = {
    apiVersion: 'v1', kind: 'Service', metadata: { creationTimestamp: null, name: metaOf(object).name },
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: metaOf(object).labels ?? {} }, status: { loadBalancer: {} },
  };
  yield* submit(cli, { resource: builtIn('v1', 'Service'), object: service, manager: 'kubectl-run', failure: '', strict: false });
  if (cli.flags.string('output') === 'yaml') yield* print('---\n---\n');
}

/** Makes the pod without a word: what it says comes next. */
function* post(cli: Cli, object: Obj): Coroutine<Obj> {
  const { namespace } = yield* namespaceOf(cli);
  return (yield* call(cli, { method: 'POST', path: pathTo(builtIn('v1', 'Pod'), namespace), body: object, about: 'pods', query: writeQuery(cli, 'kubectl-run') })) as Obj;
}

const EXPOSABLE = ['Pod', 'Service', 'ReplicationController', 'Deployment', 'ReplicaSet'];

/** The label selector that finds the object's pods, as a service's map. Throws CliError. */
function serviceSelector({ resource, object }: Found): Readonly<Record<string, string>> {
  if (!EXPOSABLE.includes(resource.kind)) throw new CliError(`cannot expose a ${resource.kind}.${resource.group}`.replace(/\.$/, ''));
  if (resource.kind === 'Pod') {
    const labels = metaOf(object).labels ?? {};
    if (Object.keys(labels).length === 0) throw new CliError(`couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed`);
    return labels;
  }
  const selector = field(object, 'spec').selector as Obj | undefined;
  if (selector === undefined && resource.kind === 'Service') throw new CliError(`couldn't retrieve selectors via --selector flag or introspection: the service has no pod selector set`);
  if (selector === undefined) throw new CliError(`couldn't retrieve selectors via --selector flag or introspection: invalid ${resource.kind.toLowerCase()}: no selectors, therefore cannot be exposed`);
  if (items(selector, 'matchExpressions').length > 0) throw new CliError(`couldn't convert expressions - "${selectorText(selector)}" to map-based selector format`);
  return (selector.matchLabels ?? selector) as Readonly<Record<string, string>>;
}

interface Port { readonly port: number; readonly protocol: string; readonly name?: string }

function portsOf(cli: Cli, { resource, object }: Found): Port[] {
  const protocol = cli.flags.string('protocol') || 'TCP';
  if (cli.flags.string('port') !== '') return cli.flags.string('port').split(',').map((text) => ({ port: Number(text), protocol }));
  const known = resource.kind === 'Service' ? items<{ port: number; protocol?: string; name?: string }>(field(object, 'spec'), 'ports').map(({ port, protocol: own }) => ({ port, protocol: own ?? 'TCP' }))
    : containersOf(podSpecOf(object)).flatMap(({ ports }) => (ports ?? []).map(({ containerPort, protocol: own }) => ({ port: containerPort, protocol: own ?? 'TCP' })));
  if (known.length === 0) throw new CliError(`couldn't find port via --port flag or introspection`);
  return known;
}

function serviceFor(cli: Cli, found: Found): Obj {
  const { flags } = cli;
  const selector = flags.string('selector') === '' ? serviceSelector(found) : Object.fromEntries(flags.string('selector').split(',').map((pair) => pair.split('=') as [string, string]));
  const ports = portsOf(cli, found);
  const target = flags.string('target-port');
  const labels = flags.string('labels') === '' ? metaOf(found.object).labels : Object.fromEntries(flags.string('labels').split(',').map((pair) => pair.split('=') as [string, string]));
  const type = flags.string('type');
  return {
    apiVersion: 'v1', kind: 'Service', metadata: { creationTimestamp: null, ...(labels === undefined ? {} : { labels }), name: flags.string('name') || found.name },
    spec: {
      ...(flags.string('cluster-ip') === '' ? {} : { clusterIP: flags.string('cluster-ip') }), ...(flags.string('external-ip') === '' ? {} : { externalIPs: [flags.string('external-ip')] }),
      ports: ports.map(({ port, protocol }, i) => ({ ...(ports.length > 1 ? { name: `port-${i + 1}` } : {}), port, protocol, targetPort: target === '' ? port : /^\d+$/.test(target) ? Number(target) : target })),
      selector, ...(flags.string('session-affinity') === '' ? {} : { sessionAffinity: flags.string('session-affinity') }), ...(type === '' ? {} : { type }),
    },
    status: { loadBalancer: {} },
  };
}

export function* expose(cli: Cli): Coroutine<number> {
  // --selector names the service's pods here, not the objects to expose.
  const { objects, errors } = yield* askedObjects(cli, cli.args, { selector: '' });
  for (const found of objects) {
    try {
      const resource = builtIn('v1', 'Service');
      const object = overridden(cli.flags, serviceFor(cli, found));
      const result = dryRunOf(cli) === 'client' ? object : (yield* call(cli, { method: 'POST', path: pathTo(resource, found.namespace), body: object, about: 'services', query: writeQuery(cli, 'kubectl-expose') })) as Obj;
      yield* report(cli, resource, result, 'exposed');
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      errors.push(caught);
    }
  }
  throwAll(errors);
  return 0;
}
