/** A lab's words in one language, beside what its tasks are made of. */
import type { Lab } from '../../labs/index.ts';
import type { Lang } from '../../labs/schema.ts';
import type { LabView, TaskView } from './types.ts';

export function labView({ definition, texts }: Lab, lang: Lang): LabView {
  const words = texts[lang];
  const tasks = definition.tasks.map((task): TaskView => {
    const { title, text, checks } = words.tasks[task.id]!;
    return { id: task.id, title, text, hints: task.hints.length, solution: task.solution, checks: task.checks.map(({ id }) => ({ id, title: checks[id]! })) };
  });
  return { id: definition.id, title: words.title, summary: words.summary, minutes: definition.minutes, level: definition.level, tasks };
}
