// What a button shows: its word, or where the page is narrow a sign, whose name is the word still.
import styles from './Face.module.css';

const shapes = {
  skip: 'M3.5 4.2v9.6L10 9zM10 4.2v9.6L15.2 9zM15.6 4v10',
  stop: 'M5 5h8v8H5z',
  undo: 'M6.4 3.4 3 6.8l3.4 3.4M3.4 6.8h6.8a4 4 0 0 1 0 8H7.4',
  redo: 'm11.6 3.4 3.4 3.4-3.4 3.4M14.6 6.8H7.8a4 4 0 0 0 0 8h2.8',
  timeline: 'M2.6 9h2.8M8.6 9h6.8M7 7.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6M8.2 7.6l3.6-3.4h3.4',
} as const;

export function Face({ sign, word }: { sign: keyof typeof shapes; word: string }) {
  return (
    <>
      <svg className={styles.sign} width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d={shapes[sign]} /></svg>
      <span className={styles.word}>{word}</span>
    </>
  );
}
