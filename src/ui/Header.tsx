// The line at the top: where one is, what time it is on the node, and the few choices that are about the page.
import { useState } from 'react';
import { Clock } from './Clock.tsx';
import styles from './Header.module.css';
import { useWords, type Language } from './i18n/index.ts';
import { speak } from './lab.ts';
import { focusPane } from './panes.ts';
import { prefer, useSitting, useUi, useView } from './store.ts';
import type { Theme } from './settings.ts';

export function Header() {
  const words = useWords();
  const lab = useView((view) => view.lab);
  return (
    <header className={styles.header}>
      <p className={styles.brand}>
        <Mark />
        <span>{words.appName}</span>
      </p>
      {lab && <h1 className={styles.lab}>{lab.title}</h1>}
      <span className={styles.gap} />
      <Clock />
      <Files />
      <MapToggle />
      <Undo />
      <LanguageChoice />
      <ThemeChoice />
    </header>
  );
}

/** A loop that does not quite close. */
function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M15.9 6.2A7 7 0 1 0 17 10" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M16.8 2.6v4.2h-4.2" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

function Undo() {
  const words = useWords();
  const sitting = useSitting();
  const [nothing, setNothing] = useState(false);
  return (
    <>
      <button type="button" className="quiet" title={words.undo.title} disabled={!sitting} onClick={() => setNothing(!sitting?.undo())}>
        {words.undo.label}
      </button>
      <span role="status" className="unseen">{nothing ? words.undo.nothing : ''}</span>
    </>
  );
}

/** Shows the node's files beside the editor. */
function Files() {
  const words = useWords();
  const shown = useUi((state) => state.filesShown);
  const toggle = () => {
    useUi.setState({ filesShown: !shown });
    focusPane(shown ? 'terminal' : 'editor');
  };
  return <button type="button" className={`quiet ${styles.files}`} aria-pressed={shown} onClick={toggle}>{words.editor.files}</button>;
}

/** Shows the cluster map beside the terminal. */
function MapToggle() {
  const words = useWords();
  const shown = useUi((state) => state.mapShown);
  const toggle = () => {
    useUi.setState({ mapShown: !shown });
    focusPane(shown ? 'terminal' : 'map');
  };
  return <button type="button" className={`quiet ${styles.files}`} aria-pressed={shown} onClick={toggle}>{words.pane.map}</button>;
}

function LanguageChoice() {
  const words = useWords();
  const language = useUi((state) => state.language);
  return (
    <select aria-label={words.language} className={styles.choice} value={language} onChange={(event) => speak(event.target.value as Language)}>
      <option value="en">English</option>
      <option value="ko">한국어</option>
    </select>
  );
}

function ThemeChoice() {
  const words = useWords();
  const theme = useUi((state) => state.theme);
  return (
    <select aria-label={words.theme.label} className={styles.choice} value={theme} onChange={(event) => prefer({ theme: event.target.value as Theme })}>
      <option value="system">{words.theme.system}</option>
      <option value="light">{words.theme.light}</option>
      <option value="dark">{words.theme.dark}</option>
    </select>
  );
}
