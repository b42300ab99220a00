// The prompt is there before the programs are: says so when that takes longer than a moment, or does not come to an end.
import { useWords } from '../i18n/index.ts';
import { useSitting, useView } from '../store.ts';
import { Waiting } from '../Waiting.tsx';
import styles from './Arriving.module.css';

export function Arriving() {
  const { terminal } = useWords();
  const sitting = useSitting();
  const rest = useView((view) => view.rest);
  if (rest === 'coming') return <Waiting className={styles.coming} text={terminal.arriving} />;
  if (rest !== 'lost') return null;
  return (
    <p role="alert" className={styles.lost}>
      {terminal.lost}
      <button type="button" onClick={() => void sitting?.fetchRest()}>{terminal.tryAgain}</button>
    </p>
  );
}
