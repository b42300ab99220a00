/**
 * The objects that `kubectl create TYPE`, `run` and `expose` make of their flags. Pure; the empty fields are those that Go's typed
 * objects show in `--dry-run=client -o yaml`.
 */
import type { Json } from '../../../kernel/sys.ts';
import type { ParsedFlags } from '../../../lib/flags/index.ts';
import { parseQuantity } from '../../../base/quantity.ts';
import { CliError } from '../errors.ts';
import type { Obj } from '../rest.ts';

/** `metadata` of a fresh object. */
export const freshMeta = (name: string, more: Obj = {}): Obj => ({ creationTimestamp: null, name, ...more });
export const object = (apiVersion: string, kind: string, name: string, body: Obj, meta: Obj = {}): Obj => ({ apiVersion, kind, metadata: freshMeta(name, meta), ...body });

/** A container's name from its image: the last part of the path, without tag and digest. */
export const imageBase = (image: string) => (image.split('/').at(-1) ?? image).replace(/[:@].*$/, '').replace(/_/g, '-');

const pairs = (texts: readonly string[], what: string): [string, string][] => texts.map((text) => {
  const eq = text.indexOf('=');
  if (eq < 1) throw new CliError(`invalid ${what} ${text}, expected key=value`);
  return [text.slice(0, eq), text.slice(eq + 1)];
});

export function deployment(name: string, flags: ParsedFlags, command: readonly string[]): Obj {
  const images = flags.list('image');
  if (images.length > 1 && command.length > 0) throw new CliError('cannot specify multiple --image options and command');
  const port = flags.number('port');
  const containers = images.map((image, i) => ({
    ...(command.length > 0 ? { command } : {}), image, name: imageBase(image), ...(i === 0 && port >= 0 ? { ports: [{ containerPort: port }] } : {}), resources: {},
  }));
  const labels = { app: name };
  return object('apps/v1', 'Deployment', name, {
    spec: {
      replicas: flags.number('replicas'), selector: { matchLabels: labels }, strategy: {},
      template: { metadata: { creationTimestamp: null, labels }, spec: { containers } },
    },
    status: {},
  }, { labels });
}

/** The pod template of a Job that runs a command. */
const jobSpec = (name: string, image: string, command: readonly string[], restartPolicy: string): Obj => ({
  template: { metadata: { creationTimestamp: null }, spec: { containers: [{ ...(command.length > 0 ? { command } : {}), image, name, resources: {} }], restartPolicy } },
});

export const job = (name: string, flags: ParsedFlags, command: readonly string[]): Obj =>
  object('batch/v1', 'Job', name, { spec: jobSpec(name, flags.string('image'), command, 'Never'), status: {} });

export const cronJob = (name: string, flags: ParsedFlags, command: readonly string[]): Obj => object('batch/v1', 'CronJob', name, {
  spec: { jobTemplate: { metadata: freshMeta(name), spec: jobSpec(name, flags.string('image'), command, flags.string('restart') || 'OnFailure') }, schedule: flags.string('schedule') },
  status: {},
});

/** A Job made by hand from a CronJob's template. */
export function jobFromCronJob(name: string, cron: Obj): Obj {
  const meta = cron.metadata as Obj;
  const template = ((cron.spec as Obj).jobTemplate ?? {}) as Obj;
  const own = (template.metadata ?? {}) as Obj;
  return {
    apiVersion: 'batch/v1', kind: 'Job',
    metadata: {
      ...freshMeta(name), annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...((own.annotations ?? {}) as Obj) }, ...(own.labels ? { labels: own.labels } : {}),
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: meta.name, uid: meta.uid, controller: true }],
    },
    spec: template.spec, status: {},
  };
}

export const namespace = (name: string): Obj => object('v1', 'Namespace', name, { spec: {}, status: {} });
export const serviceAccount = (name: string): Obj => object('v1', 'ServiceAccount', name, {});

/** `--tcp=80:8080` and the like. */
function tcpPort(text: string, nodePort: number): Obj {
  const [port, target = port!] = text.split(':') as [string, string?];
  const number = Number(port);
  if (!/^\d+$/.test(port)) throw new CliError(`strconv.ParseUint: parsing ${JSON.stringify(port)}: invalid syntax`);
  if (number > 65535) throw new CliError(`strconv.ParseUint: parsing ${JSON.stringify(port)}: value out of range`);
  return {
    name: text.includes(':') ? text.replace(':', '-') : port, port: number, protocol: 'TCP', targetPort: /^\d+$/.test(target) ? Number(target) : target, ...(nodePort > 0 ? { nodePort } : {}),
  };
}

export function service(name: string, flags: ParsedFlags, type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'): Obj {
  const ports = flags.list('tcp');
  const clusterIP = flags.values.has('clusterip') ? flags.string('clusterip') : '';
  if (ports.length === 0 && type !== 'ExternalName' && clusterIP !== 'None') throw new CliError('at least one tcp port specifier must be provided');
  if (clusterIP === 'None' && ports.length > 0) throw new CliError('can not map ports with clusterip=None');
  const nodePort = flags.values.has('node-port') ? flags.number('node-port') : 0;
  const labels = { app: name };
  return object('v1', 'Service', name, {
    spec: {
      ...(clusterIP === '' ? {} : { clusterIP }), ...(type === 'ExternalName' ? { externalName: flags.string('external-name') } : {}),
      ...(ports.length === 0 ? {} : { ports: ports.map((text) => tcpPort(text, nodePort)) }), selector: labels, type,
    },
    status: { loadBalancer: {} },
  }, { labels });
}

const RBAC = 'rbac.authorization.k8s.io';
const unique = (texts: readonly string[]) => [...new Set(texts)];

/** Rules of a role: one for each API group of the named resources. */
export function rules(verbs: readonly string[], resources: readonly { readonly group: string; readonly name: string }[], names: readonly string[], urls: readonly string[] = []): Json[] {
  if (verbs.length === 0) throw new CliError('at least one verb must be specified');
  const all = verbs.includes('*') ? ['*'] : unique(verbs);
  const grouped = unique(resources.map((r) => r.group)).map((group) => ({
    apiGroups: [group], ...(names.length === 0 ? {} : { resourceNames: unique(names) }), resources: unique(resources.filter((r) => r.group === group).map((r) => r.name)), verbs: all,
  }));
  return [...grouped, ...(urls.length === 0 ? [] : [{ nonResourceURLs: unique(urls), verbs: all }])];
}

export const role = (kind: 'Role' | 'ClusterRole', name: string, list: readonly Json[]): Obj => object(`${RBAC}/v1`, kind, name, { rules: list });

/** A cluster role that gathers the rules of others. */
export const aggregatedRole = (name: string, labels: Readonly<Record<string, string>>): Obj =>
  object(`${RBAC}/v1`, 'ClusterRole', name, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] }, rules: null });

export function binding(kind: 'RoleBinding' | 'ClusterRoleBinding', name: string, flags: ParsedFlags): Obj {
  const own = flags.values.has('role') ? flags.string('role') : '';
  const cluster = flags.string('clusterrole');
  if ((own === '') === (cluster === '')) throw new CliError(kind === 'RoleBinding' ? 'exactly one of clusterrole or role must be specified' : 'clusterrole must be specified');
  const accounts = flags.list('serviceaccount').map((text) => {
    const [namespace, account, more] = text.split(':');
    if (!namespace || !account || more !== undefined) throw new CliError('serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', name: account, namespace };
  });
  const subjects = [
    ...flags.list('user').map((user) => ({ apiGroup: RBAC, kind: 'User', name: user })), ...flags.list('group').map((group) => ({ apiGroup: RBAC, kind: 'Group', name: group })), ...accounts,
  ];
  return object(`${RBAC}/v1`, kind, name, {
    roleRef: { apiGroup: RBAC, kind: own === '' ? 'ClusterRole' : 'Role', name: own === '' ? cluster : own }, ...(subjects.length === 0 ? {} : { subjects }),
  });
}

/** `cpu=1,memory=1G`. Throws CliError. */
export function quantities(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').filter((part) => part !== '').map((part) => {
    const [key, value, more] = part.split('=');
    if (!key || !value || more !== undefined) throw new CliError(`Invalid argument syntax ${part}, expected <resource>=<value>`);
    if (parseQuantity(value) === null) throw new CliError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    return [key, value];
  }));
}

export function quota(name: string, flags: ParsedFlags): Obj {
  const hard = quantities(flags.string('hard'));
  const scopes = flags.string('scopes').split(',').filter((text) => text !== '');
  return object('v1', 'ResourceQuota', name, { spec: { ...(Object.keys(hard).length === 0 ? {} : { hard }), ...(scopes.length === 0 ? {} : { scopes }) }, status: {} });
}

export const priorityClass = (name: string, flags: ParsedFlags): Obj => object('scheduling.k8s.io/v1', 'PriorityClass', name, {
  ...(flags.string('description') === '' ? {} : { description: flags.string('description') }), ...(flags.bool('global-default') ? { globalDefault: true } : {}),
  preemptionPolicy: flags.string('preemption-policy'), value: flags.number('value'),
});

export function podDisruptionBudget(name: string, flags: ParsedFlags): Obj {
  const amount = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
  const [least, most] = [flags.string('min-available'), flags.string('max-unavailable')];
  if (flags.string('selector') === '') throw new CliError('a selector must be specified');
  if (least === '' && most === '') throw new CliError('one of min-available or max-unavailable must be specified');
  if (least !== '' && most !== '') throw new CliError('min-available and max-unavailable cannot be both specified');
  return object('policy/v1', 'PodDisruptionBudget', name, {
    spec: { ...(least === '' ? { maxUnavailable: amount(most) } : { minAvailable: amount(least) }), selector: { matchLabels: Object.fromEntries(pairs(flags.string('selector').split(','), 'selector')) } },
    status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  });
}

const servicePort = (text: string): Obj => (/^\d+$/.test(text) ? { number: Number(text) } : { name: text });

/** `--rule=host/path=svc:port[,tls[=secret]]`. */
export function ingress(name: string, flags: ParsedFlags): Obj {
  if (flags.list('rule').length === 0 && flags.string('default-backend') === '') throw new CliError('not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)');
  const hosts = new Map<string, Json[]>();
  const tls: Json[] = [];
  for (const rule of flags.list('rule')) {
    const match = /^([^/,=]*)(\/[^,=]*)?=([^:,]+):([^,]+)(?:,tls(?:=(.*))?)?$/.exec(rule);
    if (match === null) throw new CliError(`rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
    const [, host = '', path = '/', backend = '', port = ''] = match;
    const exact = !path.endsWith('*');
    const entry = {
      backend: { service: { name: backend, port: servicePort(port) } }, path: exact ? path : path.slice(0, -1), pathType: exact ? 'Exact' : 'Prefix',
    };
    hosts.set(host, [...(hosts.get(host) ?? []), entry]);
    if (/,tls/.test(rule)) tls.push({ ...(host === '' ? {} : { hosts: [host] }), ...(match[5] ? { secretName: match[5] } : {}) });
  }
  const fallback = flags.string('default-backend').split(':');
  return object('networking.k8s.io/v1', 'Ingress', name, {
    spec: {
      ...(fallback.length === 2 ? { defaultBackend: { service: { name: fallback[0]!, port: servicePort(fallback[1]!) } } } : {}), ...(flags.string('class') === '' ? {} : { ingressClassName: flags.string('class') }),
      ...(hosts.size === 0 ? {} : { rules: [...hosts].map(([host, paths]) => ({ ...(host === '' ? {} : { host }), http: { paths } })) }), ...(tls.length === 0 ? {} : { tls }),
    },
    status: { loadBalancer: {} },
  }, flags.list('annotation').length === 0 ? {} : { annotations: Object.fromEntries(pairs(flags.list('annotation'), 'annotation')) });
}

/** `app=x,tier=web`. Throws CliError. */
function labelSpec(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').map((part) => {
    const [key = '', value, more] = part.split('=');
    if (key === '' || value === undefined || more !== undefined) throw new CliError(`unexpected label spec: ${text}`);
    return [key, value];
  }));
}

/** `kubectl run`. */
export function pod(name: string, flags: ParsedFlags, args: readonly string[]): Obj {
  const labels = flags.string('labels') === '' ? { run: name } : labelSpec(flags.string('labels'));
  const env = flags.list('env').map((text) => {
    const eq = text.indexOf('=');
    if (eq < 1) throw new CliError(`invalid env: ${text}`);
    return { name: text.slice(0, eq), value: text.slice(eq + 1) };
  });
  const port = flags.string('port');
  if (port !== '' && !/^[+-]?\d+$/.test(port)) throw new CliError(`strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`);
  const interactive = flags.bool('stdin');
  const annotations = Object.fromEntries(pairs(flags.list('annotations'), 'annotation'));
  return object('v1', 'Pod', name, {
    spec: {
      containers: [{
        ...(args.length === 0 ? {} : flags.bool('command') ? { command: args } : { args }), ...(env.length === 0 ? {} : { env }), image: flags.string('image'),
        ...(flags.string('image-pull-policy') === '' ? {} : { imagePullPolicy: flags.string('image-pull-policy') }), name,
        ...(port === '' ? {} : { ports: [{ containerPort: Number(port) }] }), resources: {},
        ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}), ...(interactive ? { stdin: true, stdinOnce: true } : {}), ...(flags.bool('tty') ? { tty: true } : {}),
      }],
      dnsPolicy: 'ClusterFirst', restartPolicy: flags.string('restart'),
    },
    status: {},
  }, { labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) });
}
