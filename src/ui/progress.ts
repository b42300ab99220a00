// How far the learner has come in each lab, for the cards of the home page. Kept apart from the sessions, whose saves are large and which
// need the simulation to be read: the home page is to be drawn at once.
import { useEffect } from 'react';
import { layouts as storage } from './layout/remembered.ts';
import { request, useView } from './store.ts';

const key = 'crashloop/progress';

/** Tasks solved in each lab that was ever opened. */
export function readProgress(): Readonly<Record<string, number | undefined>> {
  try {
    return (JSON.parse(storage.getItem(key) ?? '{}') ?? {}) as Record<string, number>;
  } catch {
    return {};
  }
}

/** Remembers what is solved in the lab that is open; what was solved once stays solved. */
export function useRecordedProgress(): void {
  const task = useView((view) => view.task);
  useEffect(() => {
    if (task === undefined) return;
    const before = readProgress();
    storage.setItem(key, JSON.stringify({ ...before, [request.lab]: Math.max(task, before[request.lab] ?? 0) }));
  }, [task]);
}
