/**
 * Leader election over a Lease: a thread that acquires and renews, and a table in which the rest of the process reads how it
 * stands. Models client-go tools/leaderelection of 1.33 (lease 15 s, deadline 10 s, retry 2 s with jitter up to 1.2) and its log lines.
 */
import { rfc3339Micro } from '../../base/time.ts';
import { checkpoint, get, now, poll, put, random, sleep, view, type Coroutine, type Json } from '../../kernel/sys.ts';
import { klogErrorf, klogInfof } from '../klog/index.ts';
import { create, getObject, isReason, update, type KubeObject, type ResourceRef } from '../kube/index.ts';
import type { RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';

export interface ElectionSpec {
  readonly config: RestConfig;
  readonly namespace: string; readonly name: string; readonly identity: string;
  readonly leaseSeconds: number; readonly renewDeadlineUs: number; readonly retryPeriodUs: number;
}

/** Where the process stands: waiting for the lease, leading, or no longer leading (then it ends). */
export type Leadership = 'waiting' | 'leading' | 'lost';

interface LeaseSpec { readonly holderIdentity?: string; readonly leaseDurationSeconds?: number; readonly acquireTime?: string; readonly renewTime?: string; readonly leaseTransitions?: number }
type Lease = KubeObject & { readonly spec?: LeaseSpec };

interface ElectionState {
  readonly phase: 'start' | 'acquiring' | 'leading';
  /** The lease as last seen or written, and when (own clock). */ readonly observed: Lease | null; readonly observedAt: number;
  /** Last success, for the renew deadline. */ readonly renewedAt: number;
}

const TABLE = 'leaderelection';

/** How the process stands in the election. */
export function* leadership(): Coroutine<Leadership> {
  return (yield* get<Leadership>(TABLE, 'state')) ?? 'waiting';
}

/** Waits until the state differs from `known`; → the new one. Also wakes for a caught signal (main thread), giving null. */
export function* awaitLeadership(known: Leadership): Coroutine<Leadership | null> {
  for (;;) {
    const table = yield* view<Leadership>(TABLE);
    const state = table.get('state') ?? 'waiting';
    if (state !== known) return state;
    const woken = yield* poll({ tables: [{ table: TABLE, since: table.version }], signals: true });
    if (woken.signal !== null) return null;
  }
}

const leaseRef = (spec: ElectionSpec): ResourceRef => ({ group: 'coordination.k8s.io', resource: 'leases', namespace: spec.namespace, name: spec.name });
const title = (spec: ElectionSpec) => `${spec.namespace}/${spec.name}`;

function record(spec: ElectionSpec, observed: LeaseSpec | undefined, at: number): LeaseSpec {
  const mine = observed?.holderIdentity === spec.identity;
  return {
    holderIdentity: spec.identity, leaseDurationSeconds: spec.leaseSeconds, acquireTime: mine ? observed.acquireTime ?? rfc3339Micro(at) : rfc3339Micro(at),
    renewTime: rfc3339Micro(at), leaseTransitions: observed === undefined ? 0 : mine ? observed.leaseTransitions ?? 0 : (observed.leaseTransitions ?? 0) + 1,
  };
}

/** Writes the lease; → as stored. */
function* write(spec: ElectionSpec, observed: Lease, at: number): Coroutine<Lease> {
  return yield* update<Lease>(spec.config, leaseRef(spec), { ...observed, spec: record(spec, observed.spec, at) });
}

const valid = (state: ElectionState, at: number) => state.observedAt + (state.observed?.spec?.leaseDurationSeconds ?? 0) * 1e6 > at;

/** One attempt; → the new state, and whether the lease is ours now. */
function* tryAcquireOrRenew(spec: ElectionSpec, before: ElectionState): Coroutine<{ readonly state: ElectionState; readonly held: boolean }> {
  const at = yield* now();
  let state = before;
  if (state.observed?.spec?.holderIdentity === spec.identity && valid(state, at)) {
    try {
      const lease = yield* write(spec, state.observed, at);
      return { held: true, state: { ...state, observed: lease, observedAt: at } };
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* klogErrorf('leaderelection.go:429', `Failed to update lock optimistically: ${caught.message}, falling back to slow path`);
    }
  }
  try {
    const lease = yield* getObject<Lease>(spec.config, leaseRef(spec));
    if (lease.metadata.resourceVersion !== state.observed?.metadata.resourceVersion) state = { ...state, observed: lease, observedAt: yield* now() };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (!isReason(caught, 'NotFound')) {
      yield* klogErrorf('leaderelection.go:436', `error retrieving resource lock ${title(spec)}: ${caught.message}`);
      return { state, held: false };
    }
    return yield* createLease(spec, state, at);
  }
  const holder = state.observed?.spec?.holderIdentity ?? '';
  if (holder !== '' && holder !== spec.identity && valid(state, at)) return { state, held: false };
  try {
    const lease = yield* write(spec, state.observed!, at);
    return { held: true, state: { ...state, observed: lease, observedAt: yield* now() } };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* klogErrorf('leaderelection.go:460', `Failed to update lock: ${caught.message}`);
    return { state, held: false };
  }
}

function* createLease(spec: ElectionSpec, state: ElectionState, at: number): Coroutine<{ readonly state: ElectionState; readonly held: boolean }> {
  const { name, ...collection } = leaseRef(spec);
  try {
    const lease = yield* create<Lease>(spec.config, collection, {
      apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace: spec.namespace }, spec: record(spec, undefined, at),
    });
    return { held: true, state: { ...state, observed: lease, observedAt: yield* now() } };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* klogErrorf('leaderelection.go:448', `error initially creating leader election record: ${caught.message}`);
    return { state, held: false };
  }
}

/** Retry period with jitter: one to 2.2 times. */
function* jittered(spec: ElectionSpec): Coroutine<number> {
  const [draw = 0] = yield* random(`leaderelection/${spec.name}`);
  return spec.retryPeriodUs + Math.floor((draw / 4294967296) * 1.2 * spec.retryPeriodUs);
}

/** Gives the lease up (ReleaseOnCancel), so that the next holder need not wait for it to expire. */
export function* releaseLease(spec: ElectionSpec): Coroutine<void> {
  try {
    const lease = yield* getObject<Lease>(spec.config, leaseRef(spec));
    if (lease.spec?.holderIdentity !== spec.identity) return;
    const at = rfc3339Micro(yield* now());
    yield* update(spec.config, leaseRef(spec), { ...lease, spec: { holderIdentity: '', leaseDurationSeconds: 1, renewTime: at, acquireTime: at, leaseTransitions: lease.spec.leaseTransitions ?? 0 } });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* klogErrorf('leaderelection.go:334', `Failed to release lock: ${caught.message}`);
  }
}

function* acquire(spec: ElectionSpec, state: ElectionState): Coroutine<ElectionState> {
  if (state.phase === 'start') yield* klogInfof('leaderelection.go:257', `attempting to acquire leader lease ${title(spec)}...`);
  const { state: after, held } = yield* tryAcquireOrRenew(spec, state);
  if (!held) {
    yield* sleep(yield* jittered(spec));
    return { ...after, phase: 'acquiring' };
  }
  yield* klogInfof('leaderelection.go:271', `successfully acquired lease ${title(spec)}`);
  yield* put(TABLE, 'state', 'leading');
  return { ...after, phase: 'leading', renewedAt: yield* now() };
}

function* renew(spec: ElectionSpec, state: ElectionState): Coroutine<ElectionState | null> {
  yield* sleep(spec.retryPeriodUs);
  const { state: after, held } = yield* tryAcquireOrRenew(spec, state);
  if (held) return { ...after, renewedAt: after.observedAt };
  const at = yield* now();
  if (at - state.renewedAt < spec.renewDeadlineUs) return after;
  yield* klogInfof('leaderelection.go:297', `failed to renew lease ${title(spec)}: context deadline exceeded`);
  yield* put(TABLE, 'state', 'lost');
  return null;
}

/** The election's thread, to spread into `Program.threads`: `thread('leader-election', spec)`. */
export const leaderElectionThreads = {
  *'leader-election'(arg: Json, saved?: Json): Coroutine<void> {
    const spec = arg as unknown as ElectionSpec;
    let state = (saved as unknown as ElectionState | undefined) ?? { phase: 'start', observed: null, observedAt: 0, renewedAt: 0 };
    for (;;) {
      yield* checkpoint(state);
      const next: ElectionState | null = state.phase === 'leading' ? yield* renew(spec, state) : yield* acquire(spec, state);
      if (next === null) return;
      state = next;
    }
  },
};
