/** Plays a task's own solution: how a later task is reached, and how tests prove a lab solvable. */
import { ScriptPlayer } from './script.ts';
import type { CheckResult, Session } from './types.ts';

/** Solves the current task by its script and checks it. Errors: the lab's solution does not solve it. */
export function playSolution(session: Session): readonly CheckResult[] {
  const task = session.lab.tasks[session.task];
  if (task === undefined) return [];
  new ScriptPlayer(session).play(task.solution.join('\n'));
  const results = session.check();
  const failed = results.find((r) => !r.pass);
  if (failed !== undefined) throw new Error(`the solution of ${session.lab.id}/${task.id} does not pass ${failed.id}: ${failed.seen}`);
  return results;
}
