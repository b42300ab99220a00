/** /healthz, /livez and /readyz: the checks in upstream's order, each alone at its own path. Models apiserver pkg/server/healthz. */
import { memo } from '../../base/memo.ts';
import { get, view, type Coroutine } from '../../kernel/sys.ts';
import { flag, type URLQuery } from '../../lib/apiserver/route.ts';
import { etcdProbe } from '../../lib/etcd/client.ts';
import { textResponse, type HttpResponse } from '../../lib/http/index.ts';
import { shared } from './state.ts';

export const HOOKS = ['start-apiserver-admission-initializer', 'generic-apiserver-start-informers', 'priority-and-fairness-config-consumer', 'priority-and-fairness-filter', 'storage-object-count-tracker-hook', 'start-apiextensions-informers',
  'start-apiextensions-controllers', 'crd-informer-synced', 'start-system-namespaces-controller', 'start-cluster-authentication-info-controller', 'start-kube-apiserver-identity-lease-controller', 'start-kube-apiserver-identity-lease-garbage-collector',
  'start-legacy-token-tracking-controller', 'start-service-ip-repair-controllers', 'rbac/bootstrap-roles', 'scheduling/bootstrap-system-priority-classes', 'priority-and-fairness-config-producer', 'bootstrap-controller', 'start-kubernetes-service-cidr-controller',
  'aggregator-reload-proxy-client-cert', 'start-kube-aggregator-informers', 'apiservice-status-local-available-controller', 'apiservice-status-remote-available-controller', 'apiservice-registration-controller', 'apiservice-wait-for-first-sync',
  'apiservice-discovery-controller', 'kube-apiserver-autoregistration', 'autoregister-completion', 'apiservice-openapi-controller', 'apiservice-openapiv3-controller'] as const;

/** Checks by their names in the list; a hook's is `poststarthook/NAME`. */
const hookCheck = (name: string): string => (name === 'autoregister-completion' ? name : `poststarthook/${name}`);
const checksOf = memo((endpoint: string) => endpoint, (endpoint: string): readonly string[] => {
  const ready = endpoint === 'readyz';
  return ['ping', 'log', 'etcd', ...(ready ? ['etcd-readiness', 'informer-sync'] : []), ...HOOKS.map(hookCheck), ...(ready ? ['shutdown'] : [])];
});

/** Null when etcd answers. An open watch is proof enough for the frequent questions. */
function* etcdError(endpoint: string): Coroutine<string | null> {
  if (endpoint === 'readyz' && (yield* get('etcd', 'watching')) === true) return null;
  const { error } = yield* etcdProbe((yield* shared()).etcd, 2_000_000);
  return error;
}

function* failures(endpoint: string, checks: readonly string[]): Coroutine<ReadonlyMap<string, string>> {
  const failed = new Map<string, string>();
  // One after the other, each with a time of its own.
  for (const check of checks) {
    if (!check.startsWith('etcd')) continue;
    const error = yield* etcdError(endpoint);
    if (error !== null) failed.set(check, error);
  }
  const hooks = yield* view('hooks');
  if (hooks.size < HOOKS.length) for (const hook of HOOKS) if (!hooks.has(hook)) failed.set(hookCheck(hook), 'not finished');
  if ((yield* get('etcd', 'synced')) !== true) failed.set('informer-sync', '1 informers not started yet: [*v1.Namespace]');
  if ((yield* view('drain')).size > 0) failed.set('shutdown', 'process is shutting down');
  return failed;
}

const partsOf = memo((path: string) => path, (path: string): readonly string[] => path.replace(/\/$/, '').split('/'));

/** The answer of a health path; null when the path is none. */
export function* healthResponse(path: string, query: URLQuery): Coroutine<HttpResponse | null> {
  const [, endpoint = '', ...rest] = partsOf(path);
  if (!['healthz', 'livez', 'readyz'].includes(endpoint)) return null;
  const all = checksOf(endpoint);
  const name = rest.join('/');
  if (name !== '' && !all.includes(name)) return textResponse(404, '404 page not found\n');
  const excluded = query.get('exclude') ?? [];
  const checks = name === '' && excluded.length === 0 ? all : (name === '' ? all : [name]).filter((check) => !excluded.includes(check));
  const failed = yield* failures(endpoint, checks);
  const lines = (): string => checks.map((check) => (failed.has(check) ? `[-]${check} failed: reason withheld\n` : `[+]${check} ok\n`)).join('');
  if (failed.size > 0 && checks.some((check) => failed.has(check))) return textResponse(500, `${lines()}${endpoint} check failed\n`);
  return textResponse(200, name === '' && flag(query, 'verbose') ? `${lines()}${endpoint} check passed\n` : 'ok');
}
