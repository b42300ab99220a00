// The panes as the layouts place them. All but the terminal are chunks of their own: the prompt comes first and needs none of them.
import { lazy, Suspense } from 'react';
import { useWords } from '../i18n/index.ts';
import { useUi } from '../store.ts';
import styles from './layout.module.css';

const TaskPane = lazy(() => import('../task/TaskPane.tsx'));
const EditorPane = lazy(() => import('../editor/EditorPane.tsx'));
const MapPane = lazy(() => import('../map/MapPane.tsx'));

export const useIsEditorShown = () => useUi((state) => state.filesShown || state.documents.length > 0);

export function Task() {
  const words = useWords();
  return (
    <section className={styles.task} data-pane="task" aria-label={words.pane.task}>
      <Suspense>
        <TaskPane />
      </Suspense>
    </section>
  );
}

export function Editor() {
  return (
    <Suspense>
      <EditorPane />
    </Suspense>
  );
}

export function ClusterMap() {
  return (
    <Suspense>
      <MapPane />
    </Suspense>
  );
}
