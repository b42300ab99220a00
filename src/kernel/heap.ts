/** Timers in `(at, seq)` order: a binary heap over a plain array, so that a snapshot is a slice. */
import type { KernelState, Timer } from './state.ts';

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.seq < b.seq);

export function pushTimer(heap: Timer[], timer: Timer): void {
  let i = heap.length;
  heap.push(timer);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (!before(timer, heap[parent]!)) break;
    heap[i] = heap[parent]!;
    i = parent;
  }
  heap[i] = timer;
}

export function popTimer(heap: Timer[]): Timer | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
    if (!before(heap[child]!, last)) break;
    heap[i] = heap[child]!;
    i = child;
  }
  heap[i] = last;
  return top;
}

/** Drops the timers `keep` refuses; order is unaffected, since it is total. */
export function compactTimers(heap: Timer[], keep: (timer: Timer) => boolean): Timer[] {
  return heap.filter(keep).sort((a, b) => (before(a, b) ? -1 : 1));   // a sorted array is a heap
}

/**
 * Whether a timer may still wake somebody. That of a thread which is ready just now may: should its call have to wait again, the
 * deadline still holds.
 */
export function isLive({ processes }: KernelState, { pid, tid, token }: Timer): boolean {
  return processes.get(pid)?.threads.get(tid)?.token === token;
}
