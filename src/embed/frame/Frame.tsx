// The lab view for a place in somebody's page: the same panes as the page's own, less around them. Beside each other where there is
// room, else one at a time.
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useGuestDocuments } from '../../ui/editor/guest.ts';
import { useWords } from '../../ui/i18n/index.ts';
import { Notices } from '../../ui/Notices.tsx';
import { focusPane, walkPanesByKey } from '../../ui/panes.ts';
import { useUi, type Pane } from '../../ui/store.ts';
import { TerminalPane } from '../../ui/terminal/TerminalPane.tsx';
import { useRootAttributes } from '../../ui/theme.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import styles from './Frame.module.css';
import { FrameHeader } from './FrameHeader.tsx';
import type { Parameters } from './parameters.ts';
import { useContentHeight } from './height.ts';

const TaskPane = lazy(() => import('../../ui/task/TaskPane.tsx'));
const EditorPane = lazy(() => import('../../ui/editor/EditorPane.tsx'));

const narrow = matchMedia('(width < 640px)');

function useIsNarrow(): boolean {
  return useSyncExternalStore((listener) => {
    narrow.addEventListener('change', listener);
    return () => narrow.removeEventListener('change', listener);
  }, () => narrow.matches);
}

export function Frame({ parameters, onHeight }: { parameters: Parameters; onHeight: (height: number) => void }) {
  useRootAttributes();
  useGuestDocuments();
  useEffect(walkPanesByKey, []);
  const words = useWords();
  const isNarrow = useIsNarrow();
  const isEditorWanted = useUi((state) => state.filesShown || state.documents.length > 0);
  const pane = useUi((state) => state.pane);
  const frame = useRef<HTMLDivElement>(null);
  const task = useRef<HTMLDivElement>(null);
  useContentHeight(frame, task, onHeight);

  const layout = parameters.layout === 'auto' ? (isNarrow ? 'tabs' : 'split') : parameters.layout;
  const panes: readonly Pane[] = ['task', 'terminal', ...(isEditorWanted ? ['editor' as const] : [])];
  const isShown = (each: Pane) => (layout === 'tabs' ? each === pane : each === 'terminal' || (each === 'task' && layout === 'split') || (each === 'editor' && isEditorWanted));
  return (
    <div ref={frame} className={styles.frame}>
      {!parameters.hide.has('header') && <FrameHeader parameters={parameters} />}
      <Notices />
      <main className={styles.panes} data-layout={layout} data-editor={isShown('editor')}>
        <Place name="task" isShown={isShown('task')} ref={task}>
          <section data-pane="task" aria-label={words.pane.task}>
            <Suspense><TaskPane /></Suspense>
          </section>
        </Place>
        <Place name="editor" isShown={isShown('editor')}>
          {isEditorWanted && <Suspense><EditorPane /></Suspense>}
        </Place>
        <Place name="terminal" isShown={isShown('terminal')}><TerminalPane /></Place>
      </main>
      {layout === 'tabs' && <Tabs panes={panes} />}
      <Trouble />
    </div>
  );
}

function Place({ name, isShown, ref, children }: { name: Pane; isShown: boolean; ref?: React.Ref<HTMLDivElement>; children: ReactNode }) {
  return <div ref={ref} className={styles[name]} hidden={!isShown}>{children}</div>;
}

function Tabs({ panes }: { panes: readonly Pane[] }) {
  const words = useWords();
  const pane = useUi((state) => state.pane);
  return (
    <nav className={styles.tabs}>
      {panes.map((each) => (
        <button key={each} type="button" aria-current={each === pane} onClick={() => focusPane(each)}>{words.pane[each]}</button>
      ))}
    </nav>
  );
}
