// Where there is room for only one pane: tabs below it.
import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { KeyBar } from '../keys/KeyBar.tsx';
import { focusPane } from '../panes.ts';
import { useUi, type Pane } from '../store.ts';
import { TerminalPane } from '../terminal/TerminalPane.tsx';
import styles from './layout.module.css';
import { ClusterMap, Editor, Task } from './places.tsx';

const panes: readonly Pane[] = ['task', 'terminal', 'editor', 'map'];

function useOnceTrue(now: boolean): boolean {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return was || now;
}

export function Tabbed() {
  const words = useWords();
  const pane = useUi((state) => state.pane);
  // Its chunk is fetched when it is first looked at.
  const wasMapOpened = useOnceTrue(pane === 'map');
  return (
    <>
      <main className={styles.main}>
        <div className={styles.one} hidden={pane !== 'task'}><Task /></div>
        <div className={styles.one} hidden={pane !== 'terminal'}><TerminalPane /></div>
        <div className={styles.one} hidden={pane !== 'editor'}><Editor /></div>
        <div className={styles.one} hidden={pane !== 'map'}>{wasMapOpened && <ClusterMap />}</div>
      </main>
      {(pane === 'terminal' || pane === 'editor') && <KeyBar />}
      <nav className={styles.tabs} aria-label={words.pane.all}>
        {panes.map((each) => (
          <button key={each} type="button" aria-current={each === pane} onClick={() => (each === 'terminal' ? focusPane(each) : useUi.setState({ pane: each }))}>
            {words.pane[each]}
          </button>
        ))}
      </nav>
    </>
  );
}
