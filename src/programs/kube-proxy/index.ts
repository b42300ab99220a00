/**
 * kube-proxy in iptables mode: watches services and endpoint slices, and keeps the host's NAT rules in line with them.
 * The rules stay when it ends. Not modelled: IPVS, nftables, conntrack, node port addresses.
 */
import { attempt, checkpoint, exit, get, nat, now, poll, put, random, readFile, self, sigaction, sleep, thread, view, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program, PollResult } from '../../kernel/sys.ts';
import { goErrno } from '../../kernel/errno.ts';
import { isObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { parseYaml, YamlError } from '../../base/yaml.ts';
import type { EndpointSlice, Node, Service } from '../../api/types.ts';
import { eventThreads, recordEvent } from '../../lib/events/index.ts';
import { flagSet, parseFlags } from '../../lib/flags/index.ts';
import { serveFd, serveOn, servingFds, textResponse } from '../../lib/http/index.ts';
import type { Serving } from '../../lib/http/index.ts';
import { informerThreads, startInformer, waitForSync } from '../../lib/informer/index.ts';
import type { InformerSpec } from '../../lib/informer/index.ts';
import { klogError, klogInfo, raw } from '../../lib/klog/index.ts';
import { getObject } from '../../lib/kube/index.ts';
import { loadRestConfig } from '../../lib/kubeconfig/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { natRules } from './rules.ts';

const FLAGS = flagSet([
  ...['config', 'hostname-override', 'kubeconfig', 'master', 'proxy-mode', 'bind-address', 'cluster-cidr', 'healthz-bind-address', 'metrics-bind-address', 'feature-gates'].map((name) => ({ name, type: 'string' as const, default: '', usage: '' })),
  { name: 'v', shorthand: 'v', type: 'severity', default: 0, usage: '' }, { name: 'version', type: 'bool', default: false, usage: '' }, { name: 'cleanup', type: 'bool', default: false, usage: '' },
]);

class ProxyError extends Error {}
interface Settings { readonly rest: RestConfig; readonly node: string }

function* configFile(path: string): Coroutine<JsonObject> {
  if (path === '') return {};
  const text = yield* attempt(readFile(path), 'ENOENT', 'EISDIR', 'ENOTDIR');
  if (typeof text !== 'string') throw new ProxyError(`failed complete: open ${path}: ${goErrno(text.errno)}`);
  let value;
  try {
    value = parseYaml(decodeUtf8(text));
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    throw new ProxyError(`failed complete: converting YAML to JSON: ${caught.message}`);
  }
  if (!isObject(value) || value['kind'] !== 'KubeProxyConfiguration') throw new ProxyError(`failed complete: ${isObject(value) && value['kind'] !== undefined ? `no kind "${String(value['kind'])}" is registered for version "${String(value['apiVersion'])}" in scheme "pkg/proxy/apis/config/scheme/scheme.go:33"` : "Object 'Kind' is missing in 'null'"}`);
  return value;
}

function* settingsOf(argv: readonly string[]): Coroutine<Settings> {
  const flags = parseFlags(FLAGS, argv.slice(1));
  if (flags.error !== null) throw new ProxyError(flags.error);
  const config = yield* configFile(flags.string('config'));
  const connection = isObject(config['clientConnection']) ? config['clientConnection'] : {};
  const kubeconfig = flags.string('kubeconfig') || String(connection['kubeconfig'] ?? '');
  const { hostname } = yield* self();
  try {
    return { rest: { ...(yield* loadRestConfig(kubeconfig)), userAgent: 'kube-proxy/v1.33.0 (linux/amd64) kubernetes/6e7fa41' }, node: (flags.string('hostname-override') || hostname).toLowerCase() };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new ProxyError(caught.message);
  }
}

/** The node's own addresses, asked for with growing patience. */
function* nodeIps({ rest, node }: Settings): Coroutine<readonly string[]> {
  for (let i = 0, pause = 1_000_000; i < 6; i++, pause *= 2) {
    try {
      const found = (yield* getObject(rest, { group: '', resource: 'nodes', name: node })) as unknown as Node;
      const ips = (found.status?.addresses ?? []).filter((it) => it.type === 'InternalIP').map((it) => it.address);
      if (ips.length > 0) {
        yield* klogInfo('server.go:715', 'Successfully retrieved node IP(s)', 'IPs', raw(JSON.stringify(ips)));
        return ips;
      }
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* klogError('server.go:704', caught.message, 'Failed to retrieve node info');
    }
    const [draw = 0] = yield* random('kube-proxy/node');
    yield* sleep(pause + (draw % 200_000));
  }
  yield* klogInfo('server.go:672', "Can't determine this node's IP, assuming loopback; if this is incorrect, please set the --bind-address flag");
  return ['127.0.0.1'];
}

function* informers({ rest, node }: Settings): Coroutine<void> {
  const spec = (name: string, group: string, type: string, extra: Partial<InformerSpec> = {}): InformerSpec => ({ name, ref: { group, resource: name }, config: rest, type, ...extra });
  const labelled = { labelSelector: '!service.kubernetes.io/headless,!service.kubernetes.io/service-proxy-name' };
  yield* startInformer(thread, spec('services', '', '*v1.Service', labelled), spec('endpointslices', 'discovery.k8s.io', '*v1.EndpointSlice', labelled), spec('nodes', '', '*v1.Node', { fieldSelector: `metadata.name=${node}` }));
  for (const [line, what] of [['config.go:199', 'service config'], ['config.go:105', 'endpoint slice config'], ['config.go:329', 'node config']] as const) {
    yield* klogInfo(line, `Starting ${what} controller`);
    yield* klogInfo('shared_informer.go:350', 'Waiting for caches to sync', 'controller', what);
  }
}

function* start(argv: readonly string[]): Coroutine<State> {
  const settings = yield* settingsOf(argv);
  yield* klogInfo('server_linux.go:63', 'Using iptables proxy');
  const ips = yield* nodeIps(settings);
  yield* klogInfo('conntrack.go:60', 'Setting nf_conntrack_max', 'nfConntrackMax', 131072);
  yield* klogError('server.go:256', 'nodePortAddresses is unset; NodePort connections will be accepted on all local IPs. Consider using `--nodeport-addresses primary`', 'Kube-proxy configuration may be incomplete or incorrect');
  yield* klogInfo('server.go:265', 'kube-proxy running in dual-stack mode', 'primary ipFamily', 'IPv4');
  yield* klogInfo('server_linux.go:145', 'Using iptables Proxier');
  yield* klogInfo('server.go:516', 'Version info', 'version', 'v1.33.0');
  yield* klogInfo('server.go:518', 'Golang settings', 'GOGC', '', 'GOMAXPROCS', '', 'GOTRACEBACK', '');
  yield* informers(settings);
  yield* thread('events', { source: { component: 'kube-proxy', host: settings.node }, config: settings.rest, startedAt: yield* now() } as unknown as Json);
  yield* recordEvent({ kind: 'Node', name: settings.node, uid: settings.node }, 'Normal', 'Starting', '');
  yield* waitForSync(['services', 'endpointslices']);
  for (const what of ['service config', 'endpoint slice config', 'node config']) yield* klogInfo('shared_informer.go:357', 'Caches are synced', 'controller', what);
  yield* put('proxy', 'nodeIps', [...ips, '127.0.0.1']);
  const serving = yield* serveOn([{ host: '0.0.0.0', port: 10256 }, { host: '127.0.0.1', port: 10249 }]);
  for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
  return { serving, services: -1, slices: -1, nextAt: 0 };
}

/** `services` and `slices` are the cache versions that the rules are made from. */
interface State { readonly serving: Serving; readonly services: number; readonly slices: number; readonly nextAt: number }
const MIN_SYNC = 1_000_000;

function* sync(state: State): Coroutine<State> {
  const [services, slices] = [yield* view<Service>('cache/services'), yield* view<EndpointSlice>('cache/endpointslices')];
  const ips = (yield* get<readonly string[]>('proxy', 'nodeIps'))!;
  yield* nat('kube-proxy', natRules([...services.values()], [...slices.values()], ips));
  return { ...state, services: services.version, slices: slices.version, nextAt: (yield* now()) + MIN_SYNC };
}

/** Waits for a change of the caches, or until the next sync is allowed. */
function* due({ serving, services, slices, nextAt }: State): Coroutine<PollResult> {
  const at = yield* now();
  const wait = { signals: true, fds: servingFds(serving) };
  if (at < nextAt) return yield* poll({ ...wait, timeout: nextAt - at });
  return yield* poll({ ...wait, tables: [{ table: 'cache/services', since: services }, { table: 'cache/endpointslices', since: slices }] });
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = saved as unknown as State | undefined;
  if (state === undefined) {
    if (argv.includes('--version')) {
      yield* write(1, 'Kubernetes v1.33.0\n');
      return 0;
    }
    try {
      state = yield* start(argv);
    } catch (caught) {
      if (!(caught instanceof ProxyError)) throw caught;
      yield* klogError('run.go:72', caught.message, 'command failed');
      return 1;
    }
  }
  for (;;) {
    yield* checkpoint(state);
    const ready: PollResult = yield* due(state);
    if (ready.signal !== null) return yield* exit(0);
    if (ready.fds.length > 0) state = { ...state, serving: yield* serveFd(state.serving, ready.fds[0]!, answer) };
    else if (ready.tables.length > 0) state = yield* sync(state);
    else if (ready.timedOut) state = { ...state, nextAt: 0 };
  }
}

function* answer(request: { readonly path: string }): Coroutine<ReturnType<typeof textResponse>> {
  const path = request.path.split('?')[0];
  if (path === '/healthz' || path === '/livez') return textResponse(200, 'ok');
  if (path === '/proxyMode') return textResponse(200, 'iptables');
  return textResponse(404, '404 page not found\n');
}

export const program: Program = { name: 'kube-proxy', main, threads: { ...informerThreads, ...eventThreads } };
