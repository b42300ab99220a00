// Skip: time runs on by itself until something happens that a learner waits for, and a word says what it was.
import { useWords } from '../i18n/index.ts';
import { useSitting, useUi, useView } from '../store.ts';
import styles from './Skip.module.css';
import { skip } from './skipping.ts';
import { skippedWord } from './words.ts';

export function Skip() {
  const words = useWords();
  const sitting = useSitting();
  const skipping = useView((view) => view.skipping);
  const skipped = useUi((state) => state.skipped);
  if (!sitting) return null;
  const word = skipped && skippedWord(skipped, words);
  return (
    <div className={styles.skip}>
      <button type="button" className="quiet" title={words.time.skipTitle} onClick={() => void skip()}>
        {skipping ? words.time.stop : words.time.skip}
      </button>
      {skipping && <progress className={styles.running} aria-label={words.time.skipTitle} />}
      <div role="status">
        {word && (
          <p className={styles.word}>
            {word}
            <button type="button" className="quiet" onClick={() => useUi.setState({ skipped: null })}>{words.notice.dismiss}</button>
          </p>
        )}
      </div>
    </div>
  );
}
