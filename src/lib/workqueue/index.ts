/**
 * A rate-limited work queue as plain data: the state of a controller thread, kept in its checkpoint. Models client-go
 * util/workqueue: a key is queued once, failures back off from 5 ms to 1000 s, `addAfter` keeps the earliest time.
 */
interface Due { readonly key: string; readonly at: number }
export interface WorkQueue {
  /** Keys and the instant (µs) from which each may be worked on, in order of that instant, then of arrival. */ readonly due: readonly Due[];
  /** key → failures so far. */ readonly failures: Readonly<Record<string, number>>;
}

const BASE_US = 5_000;
const CAP_US = 1_000_000_000;

export const emptyQueue: WorkQueue = { due: [], failures: {} };

/** Queues a key for `at` (µs), or leaves it if it is due earlier. */
export function enqueue(queue: WorkQueue, key: string, at: number): WorkQueue {
  const known = queue.due.findIndex((it) => it.key === key);
  if (known >= 0 && queue.due[known]!.at <= at) return queue;
  const due = known < 0 ? [...queue.due] : queue.due.toSpliced(known, 1);
  let place = due.length;
  while (place > 0 && due[place - 1]!.at > at) place--;
  due.splice(place, 0, { key, at });
  return { ...queue, due };
}

/** Queues a key after a failure, with its growing delay. */
export function enqueueRateLimited(queue: WorkQueue, key: string, now: number, baseUs = BASE_US, capUs = CAP_US): WorkQueue {
  const failures = (queue.failures[key] ?? 0) + 1;
  const delay = Math.min(baseUs * (1 << Math.min(failures - 1, 20)), capUs);
  return enqueue({ ...queue, failures: { ...queue.failures, [key]: failures } }, key, now + delay);
}

/** Clears a key's failures after success. */
export function forget(queue: WorkQueue, key: string): WorkQueue {
  if (queue.failures[key] === undefined) return queue;
  const { [key]: _, ...failures } = queue.failures;
  return { ...queue, failures };
}

/** The first key due by `now`, taken out; null when there is none yet. */
export function dequeue(queue: WorkQueue, now: number): { readonly key: string; readonly queue: WorkQueue } | null {
  const [first] = queue.due;
  return first === undefined || first.at > now ? null : { key: first.key, queue: { ...queue, due: queue.due.slice(1) } };
}

/** The instant at which the next key is due; null for an empty queue. */
export function nextDue(queue: WorkQueue): number | null {
  return queue.due[0]?.at ?? null;
}
