/**
 * The server's own periodic work: the kubernetes service and its endpoints, its identity lease, the system namespaces, compaction.
 * One thread; each piece has its next time. Models pkg/controlplane/controller and pkg/controlplane/reconcilers/lease.go.
 */
import { checkpoint, now, put, sleep, type Coroutine, type Json, type VTime } from '../../kernel/sys.ts';
import { rfc3339Micro } from '../../base/time.ts';
import { deepEqual } from '../../base/json.ts';
import { firstIp } from '../../lib/apiserver/services.ts';
import { newUid } from '../../lib/apiserver/context.ts';
import { ApiError } from '../../lib/apiserver/status.ts';
import { etcdPatient, EtcdStore } from '../../lib/apiserver/store-etcd.ts';
import { versioned, type Obj } from '../../lib/apiserver/store.ts';
import { CachedStore } from '../../lib/apiserver/watchcache.ts';
import { EtcdError } from '../../lib/etcd/db.ts';
import { klogErrorf, klogWarnf } from '../../lib/klog/index.ts';
import { sha256 } from '../../lib/x509/index.ts';
import { systemNamespaces } from './bootstrap.ts';
import { loopback } from './loopback.ts';
import { hookDone, shared, type Shared } from './state.ts';

const SECOND = 1_000_000;
const LEASE_TTL_SECONDS = 15;

interface Work { readonly identity: string; readonly endpointsAt: VTime; readonly identityAt: VTime; readonly namespacesAt: VTime; readonly compactAt: VTime; readonly compactTo: number }

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** `apiserver-` and the host name's hash. */
export function serverId(hostname: string): string {
  let bits = 0n;
  for (const c of sha256(hostname).slice(0, 16)) bits = (bits << 8n) | BigInt(c.charCodeAt(0));
  bits <<= 2n;
  let text = '';
  for (let i = 25; i >= 0; i--) text += base32[Number((bits >> BigInt(5 * i)) & 31n)]!;
  return `apiserver-${text}`;
}

/** Gives what the body gives; a failed request is logged and leaves things for the next time. */
function* attempted(fileLine: string, what: string, body: Coroutine<void>): Coroutine<boolean> {
  try {
    yield* body;
    return true;
  } catch (caught) {
    if (!(caught instanceof ApiError || caught instanceof EtcdError)) throw caught;
    yield* klogErrorf(fileLine, `${what}: ${caught.message}`);
    return false;
  }
}

/** An object as the watch cache has it: this work looks often and finds nothing new. */
function* find({ etcd }: Shared, key: string): Coroutine<Obj | null> {
  const { item } = yield* new CachedStore(new EtcdStore(etcd)).get(key);
  return item === null ? null : versioned(item);
}

const DEFAULT = '/api/v1/namespaces/default';

function* kubernetesService(server: Shared): Coroutine<void> {
  const { options } = server;
  if ((yield* find(server, '/registry/services/specs/default/kubernetes')) !== null) return;
  yield* loopback('POST', `${DEFAULT}/services`, {
    metadata: { name: 'kubernetes', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { clusterIP: firstIp(options.serviceCidr), ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: options.securePort }], sessionAffinity: 'None', type: 'ClusterIP' },
  });
}

const MASTER_LEASES = '/registry/masterleases/';
/** The addresses of the servers that are alive. */
function* masters({ etcd }: Shared): Coroutine<readonly string[]> {
  return (yield* new EtcdStore(etcd).list(MASTER_LEASES)).items.map((item) => item.key.slice(MASTER_LEASES.length)).sort();
}

/** Renews this server's entry, then makes the endpoints say who is alive. */
function* endpoints(server: Shared): Coroutine<void> {
  const { etcd, options } = server;
  const key = `${MASTER_LEASES}${options.advertiseAddress}`;
  const { id } = yield* etcdPatient(etcd, '/etcdserverpb.Lease/LeaseGrant', { ttlSeconds: LEASE_TTL_SECONDS });
  const entry = { kind: 'Endpoints', apiVersion: 'v1', metadata: {}, subsets: [{ addresses: [{ ip: options.advertiseAddress }] }] };
  yield* etcdPatient(etcd, '/etcdserverpb.KV/Txn', { compare: [], success: [{ put: key, value: entry, lease: id }], failure: [] });
  yield* reconcileEndpoints(server, yield* masters(server));
}

/** Thread `farewell`: a server that goes takes its entry away, and itself out of the endpoints even when it was the last one. */
export function* farewell(): Coroutine<void> {
  const server = yield* shared();
  yield* attempted('controller.go:131', 'Unable to remove endpoints from kubernetes service', (function* () {
    yield* etcdPatient(server.etcd, '/etcdserverpb.KV/Txn', { compare: [], success: [{ delete: `${MASTER_LEASES}${server.options.advertiseAddress}` }], failure: [] });
    yield* reconcileEndpoints(server, yield* masters(server));
  })());
  yield* put('farewell', 'said', true);
}

function* reconcileEndpoints(server: Shared, ips: readonly string[]): Coroutine<void> {
  const ports = [{ name: 'https', port: server.options.securePort, protocol: 'TCP' }];
  const subsets = ips.length === 0 ? undefined : [{ addresses: ips.map((ip) => ({ ip })), ports }];
  const current = yield* find(server, '/registry/services/endpoints/default/kubernetes');
  if (current === null || !deepEqual(current.subsets, subsets)) {
    yield* klogWarnf('lease.go:265', `Resetting endpoints for master service "kubernetes" to [${ips.join(' ')}]`);
    const object = { metadata: { name: 'kubernetes', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } }, subsets };
    yield* current === null ? loopback('POST', `${DEFAULT}/endpoints`, object) : loopback('PUT', `${DEFAULT}/endpoints/kubernetes`, { ...current, subsets });
  }
  const SLICES = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices';
  const slice = yield* find(server, '/registry/endpointslices/default/kubernetes');
  const wanted = { addressType: 'IPv4', endpoints: ips.length === 0 ? [] : [{ addresses: ips, conditions: { ready: true } }], ports: ips.length === 0 ? [] : ports };
  if (slice === null) yield* loopback('POST', SLICES, { metadata: { name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } }, ...wanted });
  else if (!deepEqual(slice.endpoints, wanted.endpoints) || !deepEqual(slice.ports, wanted.ports)) yield* loopback('PUT', `${SLICES}/kubernetes`, { ...slice, ...wanted });
}

function* identityLease(server: Shared, identity: string): Coroutine<void> {
  const { hostname } = server;
  const id = serverId(hostname);
  const path = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
  const spec = { holderIdentity: `${id}_${identity}`, leaseDurationSeconds: 3600, renewTime: rfc3339Micro(yield* now()) };
  const current = yield* find(server, `/registry/leases/kube-system/${id}`);
  if (current === null) yield* loopback('POST', path, { metadata: { name: id, labels: { 'apiserver.kubernetes.io/identity': 'kube-apiserver', 'kubernetes.io/hostname': hostname } }, spec });
  else yield* loopback('PUT', `${path}/${id}`, { ...current, spec });
}

const COMPACT_REV_KEY = 'compact_rev_key';

/** Compacts to the revision of one interval ago, and writes that down before: a store without room is not compacted. */
function* compact({ etcd }: Shared, to: number): Coroutine<number> {
  const written = yield* etcdPatient(etcd, '/etcdserverpb.KV/Range', { key: COMPACT_REV_KEY });
  if (to === 0 && written.count > 0) return written.revision;
  const { revision } = yield* etcdPatient(etcd, '/etcdserverpb.KV/Txn', { compare: [], success: [{ put: COMPACT_REV_KEY, value: String(to) }], failure: [] });
  if (to > 0) {
    try { yield* etcdPatient(etcd, '/etcdserverpb.KV/Compact', { revision: to }); } catch (caught) {
      // Another server may have been faster.
      if (!(caught instanceof EtcdError) || caught.code !== 'OutOfRange') throw caught;
    }
  }
  return revision;
}

function* due(server: Shared, work: Work, at: VTime): Coroutine<Work> {
  let { endpointsAt, identityAt, namespacesAt, compactAt, compactTo } = work;
  if (at >= endpointsAt) {
    const done = yield* attempted('controller.go:163', 'unable to sync kubernetes service', (function* () { yield* kubernetesService(server); yield* endpoints(server); })());
    if (done) yield* hookDone('bootstrap-controller');
    endpointsAt = at + (done ? 10 : 1) * SECOND;
  }
  if (at >= identityAt) {
    const done = yield* attempted('controller.go:145', 'failed to ensure lease exists, will retry', identityLease(server, work.identity));
    if (done) yield* hookDone('start-kube-apiserver-identity-lease-controller');
    identityAt = at + (done ? 10 : 1) * SECOND;
  }
  if (at >= namespacesAt) {
    yield* attempted('system_namespaces_controller.go:97', 'unable to create required kubernetes system namespaces', systemNamespaces());
    namespacesAt = at + 60 * SECOND;
  }
  if (at >= compactAt) {
    yield* attempted('compact.go:124', `etcd: endpoint ([${server.etcd.endpoint}]) compact failed`, (function* () { compactTo = yield* compact(server, compactTo); })());
    compactAt = at + server.compactionUs;
  }
  return { ...work, endpointsAt, identityAt, namespacesAt, compactAt, compactTo };
}

/** The thread. */
export function* controllers(_arg: Json, saved?: Json): Coroutine<void> {
  let work = (saved ?? null) as unknown as Work | null;
  if (work === null) {
    // The namespaces and roles come first.
    yield* sleep(700_000);
    const at = yield* now();
    const { compactionUs } = yield* shared();
    work = { identity: yield* newUid(), endpointsAt: at, identityAt: at, namespacesAt: at + 60 * SECOND, compactAt: compactionUs > 0 ? at : Number.MAX_SAFE_INTEGER, compactTo: 0 };
  }
  for (;;) {
    yield* checkpoint(work);
    work = yield* due(yield* shared(), work, yield* now());
    const wait: number = Math.min(work.endpointsAt, work.identityAt, work.namespacesAt, work.compactAt) - (yield* now());
    yield* sleep(Math.max(wait, 1000));
  }
}
