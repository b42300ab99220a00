// The page: the task beside the terminal, the editor above it when it is needed; tabs instead where there is room for only one.
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import styles from './App.module.css';
import { useGuestDocuments } from './editor/guest.ts';
import { Header } from './Header.tsx';
import { useWords } from './i18n/index.ts';
import { Notices } from './Notices.tsx';
import { focusPane, walkPanesByKey } from './panes.ts';
import { useUi, type Pane } from './store.ts';
import { TerminalPane } from './terminal/TerminalPane.tsx';
import { useRootAttributes } from './theme.ts';
import { Trouble } from './Trouble.tsx';

// Not needed for the prompt, which comes first.
const TaskPane = lazy(() => import('./task/TaskPane.tsx'));
const EditorPane = lazy(() => import('./editor/EditorPane.tsx'));
const MapPane = lazy(() => import('./map/MapPane.tsx'));

const narrow = matchMedia('(width < 760px)');

function useIsNarrow(): boolean {
  return useSyncExternalStore((listener) => {
    narrow.addEventListener('change', listener);
    return () => narrow.removeEventListener('change', listener);
  }, () => narrow.matches);
}

export function App() {
  useRootAttributes();
  useGuestDocuments();
  useEffect(walkPanesByKey, []);
  const isNarrow = useIsNarrow();
  return (
    <div className={styles.app}>
      <Header />
      <Notices />
      {isNarrow ? <Tabbed /> : <SideBySide />}
      <Trouble />
    </div>
  );
}

const useIsEditorShown = () => useUi((state) => state.filesShown || state.documents.length > 0);

function Task() {
  const words = useWords();
  return (
    <section className={styles.task} data-pane="task" aria-label={words.pane.task}>
      <Suspense>
        <TaskPane />
      </Suspense>
    </section>
  );
}

function Editor() {
  return (
    <Suspense>
      <EditorPane />
    </Suspense>
  );
}

function ClusterMap() {
  return (
    <Suspense>
      <MapPane />
    </Suspense>
  );
}

function SideBySide() {
  const isEditorShown = useIsEditorShown();
  const isMapShown = useUi((state) => state.mapShown);
  const columns = useDefaultLayout({ id: 'crashloop/columns', panelIds: isMapShown ? ['task', 'work', 'map'] : ['task', 'work'], storage: layouts });
  const rows = useDefaultLayout({ id: 'crashloop/rows', panelIds: isEditorShown ? ['editor', 'terminal'] : ['terminal'], storage: layouts });
  return (
    <main className={styles.main}>
      <Group orientation="horizontal" {...columns}>
        <Panel id="task" defaultSize={isMapShown ? '25%' : '30%'} minSize="220px" maxSize="50%">
          <Task />
        </Panel>
        <Separator className={styles.upright} />
        <Panel id="work" minSize="25%">
          <Group orientation="vertical" {...rows}>
            {isEditorShown && (
              <>
                <Panel id="editor" defaultSize="58%" minSize="120px">
                  <Editor />
                </Panel>
                <Separator className={styles.level} />
              </>
            )}
            <Panel id="terminal" minSize="80px">
              <TerminalPane />
            </Panel>
          </Group>
        </Panel>
        {isMapShown && (
          <>
            <Separator className={styles.upright} />
            <Panel id="map" defaultSize="29%" minSize="300px">
              <ClusterMap />
            </Panel>
          </>
        )}
      </Group>
    </main>
  );
}

function useOnceTrue(now: boolean): boolean {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return was || now;
}

function Tabbed() {
  const words = useWords();
  const pane = useUi((state) => state.pane);
  // Its chunk is fetched when it is first looked at.
  const wasMapOpened = useOnceTrue(pane === 'map');
  const panes: readonly Pane[] = ['task', 'terminal', 'editor', 'map'];
  return (
    <>
      <main className={styles.main}>
        <div className={styles.one} hidden={pane !== 'task'}><Task /></div>
        <div className={styles.one} hidden={pane !== 'terminal'}><TerminalPane /></div>
        <div className={styles.one} hidden={pane !== 'editor'}><Editor /></div>
        <div className={styles.one} hidden={pane !== 'map'}>{wasMapOpened && <ClusterMap />}</div>
      </main>
      <nav className={styles.tabs}>
        {panes.map((each) => (
          <button key={each} type="button" aria-current={each === pane} onClick={() => (each === 'terminal' ? focusPane(each) : useUi.setState({ pane: each }))}>
            {words.pane[each]}
          </button>
        ))}
      </nav>
    </>
  );
}

/** Where the sizes of the panes are remembered; storage may be blocked. */
const layouts = {
  getItem(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  setItem(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
    } catch {
      // The sizes last as long as the page.
    }
  },
};
