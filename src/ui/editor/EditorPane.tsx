// The editor's pane: the node's files beside the documents that are open. Monaco comes with the first document.
import { lazy, Suspense } from 'react';
import { useWords } from '../i18n/index.ts';
import { useUi } from '../store.ts';
import { Waiting } from '../Waiting.tsx';
import { EditorBar } from './EditorBar.tsx';
import styles from './EditorPane.module.css';
import { FileTree } from './FileTree.tsx';

const MonacoView = lazy(() => import('./MonacoView.tsx'));

export default function EditorPane() {
  const words = useWords();
  const filesShown = useUi((state) => state.filesShown);
  const documents = useUi((state) => state.documents);
  const active = useUi((state) => state.active);
  const front = documents.find(({ key }) => key === active);
  return (
    <section className={styles.pane} data-pane="editor" aria-label={words.pane.editor}>
      {(filesShown || !front) && <FileTree />}
      <div className={styles.main}>
        {front ? (
          <>
            <EditorBar front={front} documents={documents} />
            <Suspense fallback={<Waiting className={styles.word} text={words.editor.loading} />}>
              <MonacoView front={front} documents={documents} />
            </Suspense>
            <p className="unseen">{words.editor.leave}</p>
          </>
        ) : (
          <p className={styles.word}>{words.editor.empty}</p>
        )}
      </div>
    </section>
  );
}
