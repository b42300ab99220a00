// Where there is room: the task beside the terminal, the editor above it when it is needed, the map at the right. What is put away is not
// there at all; the sizes of what is there are remembered for each set of panes.
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { useWords } from '../i18n/index.ts';
import { useUi } from '../store.ts';
import { TerminalPane } from '../terminal/TerminalPane.tsx';
import styles from './layout.module.css';
import { ClusterMap, Editor, Task, useIsEditorShown } from './places.tsx';
import { layouts } from './remembered.ts';

export function SideBySide() {
  const words = useWords();
  const isTaskShown = useUi((state) => state.taskShown);
  const isMapShown = useUi((state) => state.mapShown);
  const panelIds = [...(isTaskShown ? ['task'] : []), 'work', ...(isMapShown ? ['map'] : [])];
  const columns = useDefaultLayout({ id: 'crashloop/columns', panelIds, storage: layouts });
  return (
    <main className={styles.main}>
      <Group orientation="horizontal" {...columns}>
        {isTaskShown && (
          <>
            <Panel id="task" defaultSize={isMapShown ? '25%' : '30%'} minSize="220px" maxSize="50%">
              <Task />
            </Panel>
            <Separator className={styles.upright} aria-label={words.pane.resize(words.pane.task)} />
          </>
        )}
        <Panel id="work" minSize="25%">
          <Work />
        </Panel>
        {isMapShown && (
          <>
            <Separator className={styles.upright} aria-label={words.pane.resize(words.pane.map)} />
            <Panel id="map" defaultSize="29%" minSize="300px">
              <ClusterMap />
            </Panel>
          </>
        )}
      </Group>
    </main>
  );
}

/** The editor, when something is open in it, above the terminal. */
function Work() {
  const words = useWords();
  const isEditorShown = useIsEditorShown();
  const rows = useDefaultLayout({ id: 'crashloop/rows', panelIds: isEditorShown ? ['editor', 'terminal'] : ['terminal'], storage: layouts });
  return (
    <Group orientation="vertical" {...rows}>
      {isEditorShown && (
        <>
          <Panel id="editor" defaultSize="58%" minSize="120px">
            <Editor />
          </Panel>
          <Separator className={styles.level} aria-label={words.pane.resize(words.pane.editor)} />
        </>
      )}
      <Panel id="terminal" minSize="80px">
        <TerminalPane />
      </Panel>
    </Group>
  );
}
