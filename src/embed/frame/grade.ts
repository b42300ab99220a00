// A grading as the host is told of it: by the names the learner sees.
import type { CheckResult, LabView } from '../../session/host/index.ts';
import type { Grade } from '../embed.d.ts';

export function gradeOf(lab: LabView, task: number, results: readonly CheckResult[]): Grade {
  const titles = new Map(lab.tasks[task]?.checks.map(({ id, title }) => [id, title]));
  return { solved: results.length > 0 && results.every(({ pass }) => pass), checks: results.map(({ id, pass, seen }) => ({ id, title: titles.get(id) ?? id, pass, seen: pass ? '' : seen })) };
}
