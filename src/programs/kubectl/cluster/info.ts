/** kubectl version, cluster-info, api-resources, api-versions, top. */
import { isatty, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { formatYaml } from '../../../base/yaml.ts';
import { layOut } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { restConfig } from '../config/load.ts';
import { builtIn } from '../create/submit.ts';
import { discover, discoverAnew, fullName, groupVersion, type Resource } from '../discovery/index.ts';
import { CliError, Exit, fatalText, isUserError, usageError } from '../errors.ts';
import { eprint, print } from '../io.ts';
import { listObjects } from '../resource/objects.ts';
import { call, field, items, metaOf, type Obj } from '../rest.ts';

/** As Go's struct has it: JSON keeps this order, YAML sorts. */
const CLIENT = { major: '1', minor: '33', gitVersion: 'v1.33.0', gitCommit: '60a317eadfcb839692a68eab88b2096f4d708f4f', gitTreeState: 'clean', buildDate: '2025-04-23T13:07:33Z', goVersion: 'go1.24.4', compiler: 'gc', platform: 'linux/amd64' };
const KUSTOMIZE = 'v5.6.0';

export function* version(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  const output = flags.string('output');
  if (cli.args.length > 0) throw new CliError(`extra arguments: [${cli.args.join(' ')}]`);
  if (output !== '' && output !== 'yaml' && output !== 'json') throw new CliError(`--output must be 'yaml' or 'json'`);
  let server: Obj | null = null;
  let failure: unknown = null;
  if (!flags.bool('client')) {
    try {
      server = (yield* call(cli, { method: 'GET', path: '/version?timeout=32s', accept: 'application/json, */*' })) as Obj;
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      failure = caught;
    }
  }
  if (output === '') yield* print(`Client Version: ${CLIENT.gitVersion}\nKustomize Version: ${KUSTOMIZE}\n${server === null ? '' : `Server Version: ${String(server.gitVersion)}\n`}`);
  else {
    const versions = { clientVersion: CLIENT, kustomizeVersion: KUSTOMIZE, ...(server === null ? {} : { serverVersion: server }) };
    yield* print(`${output === 'json' ? JSON.stringify(versions, null, 2) : formatYaml(versions as Json)}\n`);
  }
  if (failure !== null) throw failure;
  return 0;
}

export function* clusterInfo(cli: Cli): Coroutine<number> {
  const config = yield* restConfig(cli);
  const colour = (yield* isatty(1)) && cli.env.TERM !== 'dumb' && cli.env.NO_COLOR === undefined;
  const paint = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const line = (name: string, url: string) => `${paint('0;32', name)} is running at ${paint('0;33', url)}\n`;
  let failure: unknown = null;
  try {
    yield* discover(cli);
    const services = yield* listObjects(cli, builtIn('v1', 'Service'), 'kube-system', { labelSelector: 'kubernetes.io/cluster-service=true' });
    yield* print(line('Kubernetes control plane', config.server));
    for (const service of services) {
      const { name, namespace, labels } = metaOf(service);
      const port = items<{ name?: string; port: number }>(field(service, 'spec'), 'ports')[0];
      const scheme = port?.name === 'https' || port?.port === 443 ? 'https:' : '';
      yield* print(line(labels?.['kubernetes.io/name'] ?? name, `${config.server}/api/v1/namespaces/${namespace}/services/${scheme}${name}${port?.name === undefined ? '' : `:${port.name}`}/proxy`));
    }
  } catch (caught) {
    if (!isUserError(caught)) throw caught;
    failure = caught;
  }
  yield* print("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
  if (failure !== null) throw failure;
  return 0;
}

/** The rows of api-resources, in its order: by group, then as the server lists them. */
function sorted(resources: readonly Resource[], by: string): Resource[] {
  const key = (r: Resource) => (by === 'name' ? r.name : by === 'kind' ? r.kind : `${r.group}\u0000${r.name}`);
  return [...resources].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function preferredOnly(resources: readonly Resource[]): Resource[] {
  const first = new Map<string, string>();
  for (const r of resources) if (!first.has(r.group)) first.set(r.group, r.version);
  return resources.filter((r) => first.get(r.group) === r.version);
}

export function* apiResources(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  if (cli.args.length > 0) throw usageError(cli.path, `unexpected arguments: [${cli.args.join(' ')}]`);
  const output = flags.string('output');
  if (!['', 'name', 'kind'].includes(flags.string('sort-by'))) throw new CliError('--sort-by accepts only name or kind');
  if (output !== '' && output !== 'name' && output !== 'wide') throw new CliError(`--output ${output} is not available`);
  let all: readonly Resource[] = [];
  let failure: unknown = null;
  try {
    all = flags.bool('cached') ? yield* discover(cli) : yield* discoverAnew(cli);
  } catch (caught) {
    if (!isUserError(caught)) throw caught;
    failure = caught;
  }
  const group = flags.changed('api-group') ? flags.string('api-group') : null;
  const shown = sorted(preferredOnly(all).filter((r) => (group === null || r.group === group) && (!flags.changed('namespaced') || r.namespaced === flags.bool('namespaced'))
    && flags.list('verbs').every((verb) => r.verbs.includes(verb)) && flags.list('categories').every((category) => r.categories.includes(category))), flags.string('sort-by'));
  if (output === 'name') yield* print(shown.map((r) => `${fullName(r)}\n`).join(''));
  else {
    const wide = output === 'wide';
    const header = flags.bool('no-headers') ? [] : [['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])]];
    yield* print(layOut([...header, ...shown.map((r) => [r.name, r.shortNames.join(','), groupVersion(r), String(r.namespaced), r.kind, ...(wide ? [[...r.verbs].sort().join(','), r.categories.join(',')] : [])])]).text);
  }
  if (failure !== null) throw failure;
  return 0;
}

export function* apiVersions(cli: Cli): Coroutine<number> {
  if (cli.args.length > 0) throw usageError(cli.path, `unexpected arguments: [${cli.args.join(' ')}]`);
  let all: readonly Resource[];
  try {
    all = yield* discoverAnew(cli);
  } catch (caught) {
    if (!isUserError(caught)) throw caught;
    throw new CliError(`couldn't get available api versions from server: ${caught.message}`);
  }
  yield* print([...new Set(all.map(groupVersion))].sort().map((gv) => `${gv}\n`).join(''));
  return 0;
}

/** The metrics API is an add-on that this cluster does not have, unless someone registers it. */
export function* top(cli: Cli): Coroutine<number> {
  for (const path of ['/api', '/apis']) {
    const groups = (yield* call(cli, { method: 'GET', path })) as Obj;
    const names = items(groups, Array.isArray(groups.items) ? 'items' : 'groups').map((group) => String(group.name ?? metaOf(group).name));
    if (names.includes('metrics.k8s.io')) throw new CliError('reading metrics is not available in this lab');
  }
  throw new CliError('Metrics API not available');
}

/** A command that upstream has and this lab has not. */
export const missing = (what: string) => function* run(cli: Cli): Coroutine<number> {
  yield* eprint(`${cli.path}: ${what} is not available in this lab\n`);
  throw new Exit(1);
};

/** Group commands without a subcommand print their help and fail (see index.ts); a wrong one is named. */
export const unknownSubcommand = (path: string, args: readonly string[]) => fatalText(usageError(path, `unknown command ${JSON.stringify(args.join(' '))}`));
