// The line at the top of a lab: where one is, what time it is on the node, which panes are shown, and the few choices about the page.
import { Brand } from './Brand.tsx';
import { LanguageChoice, ThemeChoice } from './Choices.tsx';
import { Clock } from './Clock.tsx';
import styles from './Header.module.css';
import { useWords } from './i18n/index.ts';
import { focusPane } from './panes.ts';
import { shortcuts, toggleDialog } from './shortcuts.ts';
import { useUi, useView, type Pane } from './store.ts';
import { Skip } from './time/Skip.tsx';
import { Steps } from './time/Steps.tsx';
import { WholeTimeline } from './time/WholeTimeline.tsx';

/** `isNarrow`: there is no room for time's own line, so what is used most stands here. */
export function Header({ isNarrow }: { isNarrow: boolean }) {
  const lab = useView((view) => view.lab);
  return (
    <header className={styles.header}>
      <Brand />
      {lab && <h1 className={styles.lab}>{lab.title}</h1>}
      <span className={styles.gap} />
      {isNarrow && <Transport />}
      <Toggles />
      <Dialogs />
      <span className={styles.choices}>
        <LanguageChoice />
        <ThemeChoice />
      </span>
    </header>
  );
}

function Transport() {
  return (
    <>
      <Clock />
      <Skip />
      <Steps />
      <WholeTimeline />
    </>
  );
}

/** Shows and puts away what stands around the terminal. */
function Toggles() {
  const words = useWords();
  return (
    <div role="group" aria-label={words.pane.all} className={styles.toggles}>
      <Toggle name="taskShown" pane="task" label={words.pane.task} />
      <Toggle name="filesShown" pane="editor" label={words.pane.files} />
      <Toggle name="mapShown" pane="map" label={words.pane.map} />
    </div>
  );
}

function Toggle({ name, pane, label }: { name: 'taskShown' | 'filesShown' | 'mapShown'; pane: Pane; label: string }) {
  const shown = useUi((state) => state[name]);
  const toggle = () => {
    useUi.setState({ [name]: !shown });
    focusPane(shown ? 'terminal' : pane);
  };
  return <button type="button" className="quiet" aria-pressed={shown} onClick={toggle}>{label}</button>;
}

function Dialogs() {
  const words = useWords();
  return (
    <>
      <button type="button" className={`quiet ${styles.icon}`} aria-label={words.header.commands} title={`${words.header.commands} (${shortcuts.palette})`} onClick={() => toggleDialog('palette')}>
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M3 5h12M3 9h12M3 13h7" /></svg>
      </button>
      <button type="button" className={`quiet ${styles.icon} ${styles.help}`} aria-label={words.header.help} title={`${words.header.help} (${shortcuts.help})`} onClick={() => toggleDialog('shortcuts')}>
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M6.4 6.6a2.7 2.7 0 1 1 3.9 2.4c-.8.4-1.3 1-1.3 1.9v.3M9 13.6v.2" /></svg>
      </button>
    </>
  );
}
