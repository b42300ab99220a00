/** kubectl create TYPE: what each makes, and where it goes. Models kubectl pkg/cmd/create. */
import { encodeUtf8 } from '../../../base/utf8.ts';
import { readFile, type Bytes, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { GoError } from '../../../lib/net/index.ts';
import { checkKeyPair } from '../../../lib/tls/index.ts';
import { base64Encode } from '../../../lib/x509/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { resolveResource, type Resource } from '../discovery/index.ts';
import { CliError, Exit, NoResourceMatch } from '../errors.ts';
import { print, warn } from '../io.ts';
import { call, getOne, metaOf, pathTo, type Obj } from '../rest.ts';
import { configMap, hashed, secret, type Given } from './data.ts';
import * as make from './objects.ts';
import { fromFiles, given } from './sources.ts';
import { builtIn, nameAndCommand, submit } from './submit.ts';

const MANAGER = 'kubectl-create';

/** A create command whose object follows from name, flags and command alone. */
const simple = (apiVersion: string, kind: string, failure: string, build: (name: string, flags: Cli['flags'], command: readonly string[]) => Obj) =>
  function* run(cli: Cli): Coroutine<number> {
    const { name, command } = nameAndCommand(cli);
    return yield* submit(cli, { resource: builtIn(apiVersion, kind), object: build(name, cli.flags, command), manager: MANAGER, failure, strict: true });
  };

export const createDeployment = simple('apps/v1', 'Deployment', 'failed to create deployment: ', make.deployment);
export const createNamespace = simple('v1', 'Namespace', '', make.namespace);
export const createServiceAccount = simple('v1', 'ServiceAccount', 'failed to create serviceaccount: ', make.serviceAccount);
export const createCronJob = simple('batch/v1', 'CronJob', 'failed to create cronjob: ', make.cronJob);
export const createQuota = simple('v1', 'ResourceQuota', 'failed to create quota: ', make.quota);
export const createPriorityClass = simple('scheduling.k8s.io/v1', 'PriorityClass', 'failed to create priorityclass: ', make.priorityClass);
export const createPdb = simple('policy/v1', 'PodDisruptionBudget', 'failed to create poddisruptionbudgets: ', make.podDisruptionBudget);
export const createIngress = simple('networking.k8s.io/v1', 'Ingress', 'failed to create ingress: ', make.ingress);
export const createRoleBinding = simple('rbac.authorization.k8s.io/v1', 'RoleBinding', 'failed to create rolebinding: ', (name, flags) => make.binding('RoleBinding', name, flags));
export const createClusterRoleBinding = simple('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'failed to create clusterrolebinding: ', (name, flags) => make.binding('ClusterRoleBinding', name, flags));
export const createService = (type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName') => simple('v1', 'Service', `failed to create ${type} service: `, (name, flags) => make.service(name, flags, type));

export function* createJob(cli: Cli): Coroutine<number> {
  const { name, command } = nameAndCommand(cli);
  const from = cli.flags.string('from');
  if ((from === '') === (cli.flags.string('image') === '')) throw new CliError(`either --image or --from must be specified`);
  let object: Obj;
  if (from === '') object = make.job(name, cli.flags, command);
  else {
    const [type = '', source = ''] = from.split('/');
    const resource = yield* resolveResource(cli, type);
    if (resource.kind !== 'CronJob') throw new CliError(`unknown object type *${resource.version}.${resource.kind}`);
    object = make.jobFromCronJob(name, yield* getOne(cli, resource, (yield* namespaceOf(cli)).namespace, source));
  }
  return yield* submit(cli, { resource: builtIn('batch/v1', 'Job'), object, manager: MANAGER, failure: 'failed to create job: ', strict: true });
}

const named = (cli: Cli, object: Obj): Obj => (cli.flags.bool('append-hash') ? hashed(object, metaOf(object).name) : object);

export function* createConfigMap(cli: Cli): Coroutine<number> {
  const { name } = nameAndCommand(cli);
  const object = named(cli, configMap(name, yield* given(cli.flags), base64Encode));
  return yield* submit(cli, { resource: builtIn('v1', 'ConfigMap'), object, manager: MANAGER, failure: 'failed to create configmap: ', strict: true });
}

export function* createSecret(cli: Cli): Coroutine<number> {
  const { name } = nameAndCommand(cli);
  const object = named(cli, secret(name, yield* given(cli.flags), cli.flags.string('type'), base64Encode));
  return yield* submit(cli, { resource: builtIn('v1', 'Secret'), object, manager: MANAGER, failure: 'failed to create secret ', strict: true });
}

function* fileBytes(path: string): Coroutine<Bytes> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`Cannot read file ${path}, open ${path}: ${goErrno(errno)}`);
  }
}

export function* createTlsSecret(cli: Cli): Coroutine<number> {
  const { name } = nameAndCommand(cli);
  const [cert, key] = [cli.flags.string('cert'), cli.flags.string('key')];
  if (cert === '' || key === '') throw new CliError('key and cert must be specified');
  const [certPem, keyPem] = [yield* fileBytes(cert), yield* fileBytes(key)];
  try {
    checkKeyPair(certPem, keyPem);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new CliError(caught.message);
  }
  const object = named(cli, secret(name, [{ key: 'tls.crt', value: certPem }, { key: 'tls.key', value: keyPem }], 'kubernetes.io/tls', base64Encode));
  return yield* submit(cli, { resource: builtIn('v1', 'Secret'), object, manager: MANAGER, failure: 'failed to create secret ', strict: true });
}

/** The credentials as the container runtime reads them. Throws CliError. */
function* dockerConfig({ flags }: Cli): Coroutine<readonly Given[]> {
  const files = flags.list('from-file');
  const [username = '', password = '', email = '', server = ''] = ['docker-username', 'docker-password', 'docker-email', 'docker-server'].map((flag) => flags.string(flag));
  if (files.length === 0 && (username === '' || password === '')) throw new CliError('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required');
  if (files.length > 0) return yield* fromFiles(files.map((source) => (source.includes('=') ? source : `.dockerconfigjson=${source}`)));
  const auths = { [server]: { username, password, ...(email === '' ? {} : { email }), auth: base64Encode(encodeUtf8(`${username}:${password}`)) } };
  return [{ key: '.dockerconfigjson', value: encodeUtf8(JSON.stringify({ auths })) }];
}

export function* createDockerSecret(cli: Cli): Coroutine<number> {
  const { name } = nameAndCommand(cli);
  const object = named(cli, secret(name, yield* dockerConfig(cli), 'kubernetes.io/dockerconfigjson', base64Encode));
  return yield* submit(cli, { resource: builtIn('v1', 'Secret'), object, manager: MANAGER, failure: 'failed to create secret ', strict: true });
}

/** Throws Exit for a type the server has not. */
function* knownType(cli: Cli, type: string): Coroutine<Resource> {
  try {
    return yield* resolveResource(cli, type);
  } catch (caught) {
    if (!(caught instanceof NoResourceMatch)) throw caught;
    throw new Exit(1, caught.message);
  }
}

/** What roles usually allow; any other verb is warned of. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'use', 'bind', 'impersonate', 'escalate', 'proxy', 'approve', 'sign', '*'];

/** `pods`, `pods/log`, `deployments.apps`: the types a role speaks of. */
function* ruleResources(cli: Cli): Coroutine<{ group: string; name: string }[]> {
  const found: { group: string; name: string }[] = [];
  for (const text of cli.flags.list('resource')) {
    const [type = '', sub] = text.split('/');
    if (type === '*') {
      found.push({ group: '', name: '*' });
      continue;
    }
    const resource: Resource = yield* knownType(cli, type);
    found.push({ group: resource.group, name: sub === undefined ? resource.name : `${resource.name}/${sub}` });
  }
  return found;
}

const createRoleOf = (kind: 'Role' | 'ClusterRole') => function* run(cli: Cli): Coroutine<number> {
  const { name } = nameAndCommand(cli);
  const { flags } = cli;
  const urls = kind === 'ClusterRole' ? flags.list('non-resource-url') : [];
  const gathered = kind === 'ClusterRole' ? flags.map('aggregation-rule') : {};
  if (Object.keys(gathered).length > 0) {
    if ([...urls, ...['verb', 'resource', 'resource-name'].flatMap((flag) => flags.list(flag))].length > 0) throw new CliError('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames');
    return yield* submit(cli, { resource: builtIn('rbac.authorization.k8s.io/v1', kind), object: make.aggregatedRole(name, gathered), manager: MANAGER, failure: '', strict: true });
  }
  if (flags.list('verb').length === 0) throw new CliError('at least one verb must be specified');
  if (flags.list('resource').length === 0 && urls.length === 0) throw new CliError(kind === 'Role' ? 'at least one resource must be specified' : 'one of resource or nonResourceURL must be specified');
  for (const verb of flags.list('verb')) if (!VERBS.includes(verb)) yield* warn(`'${verb}' is not a standard resource verb`);
  const rules: Json[] = make.rules(flags.list('verb'), yield* ruleResources(cli), flags.list('resource-name'), urls);
  return yield* submit(cli, { resource: builtIn('rbac.authorization.k8s.io/v1', kind), object: make.role(kind, name, rules), manager: MANAGER, failure: '', strict: true });
};
export const createRole = createRoleOf('Role');
export const createClusterRole = createRoleOf('ClusterRole');

export function* createToken(cli: Cli): Coroutine<number> {
  const { name } = nameAndCommand(cli);
  const { namespace } = yield* namespaceOf(cli);
  const seconds = Math.round(cli.flags.number('duration') / 1e6);
  const audiences = cli.flags.list('audience');
  const body = {
    apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: { creationTimestamp: null },
    spec: { audiences: audiences.length === 0 ? null : audiences, boundObjectRef: null, expirationSeconds: seconds > 0 ? seconds : null }, status: { expirationTimestamp: null, token: '' },
  };
  try {
    const answer = (yield* call(cli, { method: 'POST', path: pathTo(builtIn('v1', 'ServiceAccount'), namespace, name, 'token'), body })) as Obj;
    yield* print(`${String((answer.status as Obj | undefined)?.token ?? '')}\n`);
  } catch (caught) {
    if ((caught as { kind?: string }).kind === undefined) throw caught;
    throw new CliError(`failed to create token: ${(caught as Error).message}`);
  }
  return 0;
}
