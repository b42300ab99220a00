// Long work that gives way: a generator is run in slices, each as soon as the page has served its events, so that nothing stands still.
import type { Host } from './pacer.ts';

const sliceMs = 6;

export interface Work<T> {
  readonly done: Promise<T>;
  /** Gives up; `done` never settles. */
  cancel(): void;
}

/** Runs `steps` to its end; `progress` hears the last word of each slice. */
export function work<P, T>(host: Host, steps: Generator<P, T, void>, progress?: (word: P) => void): Work<T> {
  let cancelled = false;
  const done = new Promise<T>((resolve, reject) => {
    const slice = () => {
      if (cancelled) return;
      const start = host.nowMs();
      try {
        for (;;) {
          const step = steps.next();
          if (step.done === true) return resolve(step.value);
          if (host.nowMs() - start < sliceMs) continue;
          progress?.(step.value);
          return host.soon(slice);
        }
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    host.soon(slice);
  });
  return { done, cancel: () => { cancelled = true; } };
}
