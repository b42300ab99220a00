// What the palette offers at this moment, in the learner's language.
import { languages, type Language, type Words } from '../i18n/index.ts';
import { homeAddress } from '../home/address.ts';
import { check, revealHint, speak } from '../lab.ts';
import { focusPane, showPane } from '../panes.ts';
import { themes } from '../settings.ts';
import { copyLink, copyReport, openFile, saveCast, saveState } from '../share.ts';
import { shortcuts } from '../shortcuts.ts';
import { skip, waits } from '../time/skipping.ts';
import { atTask, prefer, useUi, type Pane, type Question } from '../store.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly keys?: string;
  run(): void;
}

/** Those whose name has every word that was typed, in any order. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)));
}

export function commandsNow(words: Words): readonly Command[] {
  const { atHome } = useUi.getState();
  return [...(atHome ? [] : [...ofPanes(words), ...ofTask(words), ...ofTime(words)]), ...ofPage(words)];
}

function ofPanes({ palette, pane }: Words): Command[] {
  const { taskShown, filesShown, mapShown } = useUi.getState();
  const go = (name: Pane): Command => ({ id: `go-${name}`, title: palette.go(pane[name]), run: () => showPane(name) });
  return [
    go('terminal'), go('task'), go('editor'), go('map'),
    { id: 'task', title: taskShown ? palette.hide(pane.task) : palette.show(pane.task), run: () => togglePane('taskShown', 'task') },
    { id: 'files', title: filesShown ? palette.hide(pane.files) : palette.show(pane.files), run: () => togglePane('filesShown', 'editor') },
    { id: 'map', title: mapShown ? palette.hide(pane.map) : palette.show(pane.map), run: () => togglePane('mapShown', 'map') },
  ];
}

function togglePane(name: 'taskShown' | 'filesShown' | 'mapShown', pane: Pane): void {
  const shown = useUi.getState()[name];
  useUi.setState({ [name]: !shown });
  focusPane(shown ? 'terminal' : pane);
}

/** Shows what comes of it where it will be told. */
function inTask(run: () => unknown): void {
  showPane('task');
  run();
}

/** Asks in the task pane, where the button for it is. */
function ask(question: Question): void {
  showPane('task');
  useUi.setState({ asking: question });
}

function ofTask({ task, undo, palette, time }: Words): Command[] {
  const { opened, progress } = useUi.getState();
  const sitting = opened?.sitting;
  if (!sitting) return [];
  const tasks = sitting.view.lab.tasks.length;
  return [
    { id: 'timeline', title: time.allTitle, run: () => useUi.setState({ dialog: 'timeline' }) },
    { id: 'undo', title: undo.label, keys: shortcuts.undo, run: () => void sitting.undo() },
    { id: 'redo', title: time.redo, keys: shortcuts.redo, run: () => void sitting.redo() },
    { id: 'link', title: palette.link, run: () => void copyLink() },
    { id: 'report', title: palette.report, run: () => void copyReport() },
    { id: 'save-state', title: palette.saveState, run: () => void saveState() },
    { id: 'open-state', title: palette.openState, run: openFile },
    { id: 'cast', title: palette.cast, run: saveCast },
    ...(sitting.view.task > progress.shown && progress.shown < tasks ? [{ id: 'next', title: task.next, run: () => useUi.setState({ progress: atTask(sitting.view.task) }) }] : []),
    ...(sitting.view.task === progress.shown && progress.shown < tasks ? [{ id: 'check', title: task.check, run: () => inTask(check) }, { id: 'hint', title: task.nextHint, run: () => inTask(revealHint) }] : []),
    ...(progress.shown < tasks ? [{ id: 'solution', title: task.showSolution, run: () => ask('solution') }, { id: 'reset-task', title: task.resetTask, run: () => ask('resetTask') }] : []),
    { id: 'reset-lab', title: task.resetLab, run: () => ask('resetLab') },
  ];
}

function ofTime({ palette, time }: Words): Command[] {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting) return [];
  const skips = waits.map((until) => ({ id: `skip-${until}`, title: palette.skip(time.until[until]), run: () => void skip(until) }));
  if (sitting.clock !== 'live') return skips;
  const speeds = [1, 10, 60].map((speed) => ({ id: `speed-${speed}`, title: palette.speed(speed), run: () => sitting.setSpeed(speed) }));
  return [...speeds, { id: 'pause', title: palette.pause, run: () => sitting.setSpeed(0) }, ...skips];
}

function ofPage({ palette, theme, editor, shortcuts: { title } }: Words): Command[] {
  const { vimKeys, atHome } = useUi.getState();
  return [
    { id: 'shortcuts', title, keys: shortcuts.help, run: () => useUi.setState({ dialog: 'shortcuts' }) },
    ...(atHome ? [] : [{ id: 'home', title: palette.home, run: () => location.assign(homeAddress()) }]),
    ...themes.map((each) => ({ id: `theme-${each}`, title: `${theme.label}: ${theme[each]}`, run: () => prefer({ theme: each }) })),
    ...Object.entries(languages).map(([language, name]) => ({ id: `language-${language}`, title: palette.language(name), run: () => speak(language as Language) })),
    { id: 'vim', title: `${editor.vimKeys}: ${vimKeys ? palette.off : palette.on}`, run: () => prefer({ vimKeys: !vimKeys }) },
  ];
}
