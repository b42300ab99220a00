// Skip: time runs on by itself until something happens that a learner waits for, and a word says what it was.
import { useEffect } from 'react';
import type { SkipUntil } from '../../session/host/index.ts';
import choices from '../Choices.module.css';
import { useWords } from '../i18n/index.ts';
import { useSitting, useUi, useView } from '../store.ts';
import { Face } from './Face.tsx';
import styles from './Skip.module.css';
import { skip, waits } from './skipping.ts';
import { skippedWord } from './words.ts';

export function Skip() {
  const words = useWords();
  const sitting = useSitting();
  const skipping = useView((view) => view.skipping);
  const until = useUi((state) => state.skipUntil);
  const current = useView((view) => view.timeline.current);
  // It was about what stood there before.
  useEffect(() => useUi.setState({ skipped: null }), [current]);
  if (!sitting) return null;
  return (
    <div className={styles.skip}>
      <button type="button" className="quiet" title={words.time.skipTitle} onClick={() => void skip()}>
        {skipping ? <Face sign="stop" word={words.time.stop} /> : <Face sign="skip" word={words.time.skip} />}
      </button>
      <select aria-label={words.time.skipUntil} className={`${choices.choice} ${styles.until}`} value={until} onChange={(event) => useUi.setState({ skipUntil: event.target.value as SkipUntil })}>
        {waits.map((each) => <option key={each} value={each}>{words.time.until[each]}</option>)}
      </select>
      {skipping && <progress className={styles.running} aria-label={words.time.skipping} />}
      <Outcome />
    </div>
  );
}

function Outcome() {
  const words = useWords();
  const skipped = useUi((state) => state.skipped);
  const word = skipped && skippedWord(skipped, words);
  return (
    <div role="status">
      {word && (
        <p className={styles.word}>
          {word}
          <button type="button" className="quiet" onClick={() => useUi.setState({ skipped: null })}>{words.notice.dismiss}</button>
        </p>
      )}
    </div>
  );
}
