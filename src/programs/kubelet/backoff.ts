/** Growing delays by key. Models client-go util/flowcontrol/backoff.go; entries expire after twice the longest delay. */
export interface BackoffEntry { /** µs */ readonly delay: number; readonly updatedAt: number }
export interface BackoffLimits { readonly first: number; readonly longest: number }

/** Container restarts: 10 s, doubling to 5 min. Image pulls have the same numbers. */
export const RESTART_LIMITS: BackoffLimits = { first: 10_000_000, longest: 300_000_000 };

const expired = (eventAt: number, entry: BackoffEntry, limits: BackoffLimits): boolean => eventAt - entry.updatedAt > 2 * limits.longest;

/** Whether less than the delay has passed since the event (a container's end). */
export function inBackoffSince(entry: BackoffEntry | undefined, eventAt: number, now: number, limits: BackoffLimits): boolean {
  return entry !== undefined && !expired(eventAt, entry, limits) && now - eventAt < entry.delay;
}
/** Whether less than the delay has passed since the last failure. */
export function inBackoffSinceUpdate(entry: BackoffEntry | undefined, now: number, limits: BackoffLimits): boolean {
  return entry !== undefined && !expired(now, entry, limits) && now - entry.updatedAt < entry.delay;
}
/** The entry after one more failure. */
export function nextBackoff(entry: BackoffEntry | undefined, eventAt: number, now: number, limits: BackoffLimits): BackoffEntry {
  if (entry === undefined || expired(eventAt, entry, limits)) return { delay: limits.first, updatedAt: now };
  return { delay: Math.min(entry.delay * 2, limits.longest), updatedAt: now };
}
