// Tells the host what happens, whoever makes it happen: the learner in the frame, or the host itself by a call. Told is only what the
// frame shows: names and outcomes of checks that were asked for, hints that were revealed.
import type { Sitting } from '../../session/host/index.ts';
import { onReset } from '../../ui/lab.ts';
import { useUi } from '../../ui/store.ts';
import type { EventName } from '../embed.d.ts';
import { limits } from '../protocol.ts';
import type { Bridge, Detail } from './bridge.ts';
import { commandsOf } from './commands.ts';
import { gradeOf } from './grade.ts';

type Own<K extends EventName> = Omit<Detail<K>, 'lab' | 'task'>;
type Tell = <K extends EventName>(name: K, task: number, detail: Own<K>) => void;

export function report(bridge: Bridge['tell']): void {
  let { sitting } = useUi.getState().opened!;
  const { id: lab, title, tasks } = sitting.view.lab;
  // The number by which host and learner call a task; 0 in a lab that has none.
  const tell: Tell = (name, task, detail) => bridge(name, { lab, task: Math.min(task + 1, tasks.length), ...detail } as unknown as Detail<typeof name>);
  tell('started', sitting.view.task, { title, tasks: tasks.length });

  let stop = follow(sitting, tell);
  useUi.subscribe(({ progress, opened }, { progress: before }) => {
    if (opened && opened.sitting !== sitting) {
      stop();
      ({ sitting } = opened);
      stop = follow(sitting, tell);
    }
    if (progress.results && progress.results !== before.results) tell('check', progress.shown, gradeOf(sitting.view.lab, progress.shown, progress.results));
    if (progress.shown === before.shown && progress.hints.length > before.hints.length) tell('hint', progress.shown, { count: progress.hints.length, text: progress.hints.at(-1)! });
  });
  onReset((scope) => tell('reset', sitting.view.task, { scope }));
}

/** Tells of one sitting, until it is another's turn. */
function follow(sitting: Sitting, tell: Tell): () => void {
  let { task, crash } = sitting.view;
  const commands = commandsOf(sitting);
  return sitting.subscribe(() => {
    const { view } = sitting;
    for (const { command, exitCode } of commands()) tell('command', view.task, { command: command.slice(0, limits.command), exitCode });
    if (view.task === task + 1) tell('solved', task, { last: view.task === view.lab.tasks.length });
    if (view.crash && view.crash !== crash) tell('error', view.task, { message: view.crash.message.slice(0, limits.text) });
    ({ task, crash } = view);
  });
}
