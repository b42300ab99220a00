// One step back, one step forward.
import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useSitting, useView } from '../store.ts';
import { Face } from './Face.tsx';
import styles from './Steps.module.css';

export function Steps() {
  const words = useWords();
  const sitting = useSitting();
  const canRedo = useView((view) => view.timeline.canRedo) ?? false;
  const [word, setWord] = useState('');
  return (
    <div role="group" aria-label={words.time.steps} className={styles.steps}>
      <button type="button" className="quiet" title={words.undo.title} disabled={!sitting} onClick={() => setWord(sitting?.undo() ? '' : words.undo.nothing)}>
        <Face sign="undo" word={words.undo.label} />
      </button>
      <button type="button" className="quiet" data-step="redo" title={words.time.redoTitle} disabled={!canRedo} onClick={() => setWord(sitting?.redo() ? '' : words.time.noRedo)}>
        <Face sign="redo" word={words.time.redo} />
      </button>
      <span role="status" className="unseen">{word}</span>
    </div>
  );
}
