// Says that the past is being looked at, where one is, and the two ways on.
import { useWords } from '../i18n/index.ts';
import { focusPane } from '../panes.ts';
import { useSitting, useView } from '../store.ts';
import styles from './LookingBack.module.css';
import { clockOf, momentWord } from './words.ts';

/** Of a longer command its beginning tells which it was. */
const mostLetters = 60;

export function LookingBack() {
  const words = useWords();
  const sitting = useSitting();
  const timeline = useView((view) => view.timeline);
  const second = useView((view) => view.second);
  const moment = timeline?.lookingBack ? timeline.moments.find(({ id }) => id === timeline.current) : undefined;
  const go = (way: () => void) => {
    way();
    focusPane('terminal');
  };
  return (
    <div role="status">
      {sitting && moment && second !== undefined && (
        <div className={styles.banner}>
          <span className={styles.word}>{words.time.lookingBack(clockOf(second * 1e6), shortened(momentWord(moment, words)))}</span>
          <button type="button" onClick={() => go(() => sitting.goOn())}>{words.time.goOn}</button>
          <button type="button" onClick={() => go(() => void sitting.goToNow())}>{words.time.now}</button>
        </div>
      )}
    </div>
  );
}

const shortened = (word: string): string => (word.length > mostLetters ? `${word.slice(0, mostLetters)}…` : word);
