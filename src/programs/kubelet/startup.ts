/**
 * How long pods took to start: counted from their creation to the first news from the API that they run, and logged once.
 * Static pods are followed as their mirrors. Models pkg/kubelet/util/pod_startup_latency_tracker.go. Not modelled: its metrics.
 */
import { del, get, now, put, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { parseRfc3339 } from '../../base/time.ts';
import { goTimeNano, nanosOf } from '../../lib/cri/index.ts';
import { klogInfo } from '../../lib/klog/index.ts';
import { settings } from './bus.ts';
import { fullName } from './types.ts';
import type { Pod } from './types.ts';

/** Instants in µs; 0: not yet. */
interface Startup { readonly pullingAt: number; readonly pulledAt: number; readonly runningAt: number; readonly told: boolean }
const TABLE = 'startup';
const ZERO_TIME = '0001-01-01 00:00:00 +0000 UTC';

const started = (pod: Pod): boolean => (pod.status?.containerStatuses ?? []).every((it) => it.state?.running !== undefined);
const over = (pod: Pod): boolean => pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';

/** A duration to the nanosecond, as Go writes one. */
export function goDuration(us: number, nanos: number): string {
  if (us < 1_000_000) return `${String(us / 1000 + nanos / 1e6)}ms`;
  const fraction = `${String(us % 1_000_000).padStart(6, '0')}${String(nanos).padStart(3, '0')}`.replace(/0+$/, '');
  const seconds = Math.floor(us / 1_000_000);
  const [h, m] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${h > 0 ? `${h}h` : ''}${seconds >= 60 ? `${m}m` : ''}${seconds % 60}${fraction === '' ? '' : `.${fraction}`}s`;
}

function* instant(at: number): Coroutine<string> {
  if (at === 0) return ZERO_TIME;
  const since = at - (yield* settings()).startedAt;
  return `${goTimeNano(at)} m=+${(since / 1e6).toFixed(6)}${String(nanosOf(at)).padStart(3, '0')}`;
}

function* tell(pod: Pod, it: Startup, at: number): Coroutine<void> {
  const created = parseRfc3339(pod.metadata.creationTimestamp ?? '') ?? at;
  const nanos = nanosOf(at);
  const seconds = (us: number, rest: number): number => Math.floor(us / 1e6) + ((us % 1e6) * 1000 + rest) / 1e9;
  yield* klogInfo('pod_startup_latency_tracker.go:104', 'Observed pod startup duration', 'pod', fullName(pod), 'podStartSLOduration', seconds(at - created - (it.pulledAt - it.pullingAt), nanos), 'podStartE2EDuration', goDuration(at - created, nanos),
    'podCreationTimestamp', `${goTimeNano(created).replace(/\.\d+/, '')}`, 'firstStartedPulling', yield* instant(it.pullingAt), 'lastFinishedPulling', yield* instant(it.pulledAt),
    'observedRunningTime', yield* instant(it.runningAt), 'watchObservedRunningTime', yield* instant(at));
}

/** The API's news: every change brings the whole set, so a pod whose own change came too early is looked at again with the next. */
export function* observedOnWatch(pods: readonly Pod[]): Coroutine<void> {
  const known = yield* view<Startup>(TABLE);
  for (const pod of pods) {
    const { uid } = pod.metadata;
    const it = known.get(uid);
    if (it?.told === true) continue;
    if (over(pod)) {
      if (it !== undefined) yield* del(TABLE, uid);
    } else if (it === undefined) yield* put(TABLE, uid, { pullingAt: 0, pulledAt: 0, runningAt: 0, told: false } satisfies Startup);
    else if (it.runningAt > 0 && started(pod)) {
      yield* tell(pod, it, yield* now());
      yield* put(TABLE, uid, { ...it, told: true } satisfies Startup);
    }
  }
}

function* note(uid: string, change: (it: Startup, at: number) => Startup): Coroutine<void> {
  const known = yield* get<Startup>(TABLE, uid);
  if (known === undefined || known.told) return;
  const next = change(known, yield* now());
  if (next !== known) yield* put(TABLE, uid, next);
}

/** The API has taken a status. */
export const statusUpdated = (pod: Pod): Coroutine<void> => note(pod.metadata.uid, (it, at) => (it.runningAt > 0 || !started(pod) ? it : { ...it, runningAt: at }));
/** An image is being pulled for a pod, or has been. */
export const pulling = (uid: string): Coroutine<void> => note(uid, (it, at) => (it.pullingAt > 0 ? it : { ...it, pullingAt: at }));
export const pulled = (uid: string): Coroutine<void> => note(uid, (it, at) => (it.pullingAt === 0 ? it : { ...it, pulledAt: at }));
/** The pod is gone. */
export function* forgetStartup(uid: string): Coroutine<void> { yield* del(TABLE, uid); }
