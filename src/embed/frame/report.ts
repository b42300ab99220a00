// Tells the host what happens, whoever makes it happen: the learner in the frame, or the host itself by a call. Told is only what the
// frame shows: names and outcomes of checks that were asked for, hints that were revealed.
import type { Sitting } from '../../session/host/index.ts';
import { onReset } from '../../ui/lab.ts';
import { useUi } from '../../ui/store.ts';
import type { Bridge, Detail } from './bridge.ts';
import type { EventName } from '../embed.d.ts';
import { gradeOf } from './grade.ts';

type Own<K extends EventName> = Omit<Detail<K>, 'lab' | 'task'>;

/** The number by which host and learner call a task; 0 in a lab that has none. */
const numberOf = (task: number, total: number) => Math.min(task + 1, total);

export function report(sitting: Sitting, bridge: Bridge['tell']): void {
  const { id: lab, title, tasks } = sitting.view.lab;
  const tell = <K extends EventName>(name: K, task: number, detail: Own<K>) => bridge(name, { lab, task: numberOf(task, tasks.length), ...detail } as unknown as Detail<K>);
  tell('started', sitting.view.task, { title, tasks: tasks.length });

  useUi.subscribe(({ progress }, { progress: before }) => {
    if (progress.results && progress.results !== before.results) tell('check', progress.shown, gradeOf(sitting.view.lab, progress.shown, progress.results));
    if (progress.shown === before.shown && progress.hints.length > before.hints.length) tell('hint', progress.shown, { count: progress.hints.length, text: progress.hints.at(-1)! });
  });
  onReset((scope) => tell('reset', sitting.view.task, { scope }));

  let { task, crash } = sitting.view;
  sitting.subscribe(() => {
    const { view } = sitting;
    if (view.task === task + 1) tell('solved', task, { last: view.task === tasks.length });
    if (view.crash && view.crash !== crash) tell('error', view.task, { message: view.crash.message });
    ({ task, crash } = view);
  });
}
