// Something is on its way: a word, and a bar when it takes longer than a moment.
import styles from './Waiting.module.css';

export function Waiting({ text, className = '' }: { text: string; className?: string }) {
  return (
    <div role="status" className={`${styles.waiting} ${className}`}>
      {text}
      <progress aria-label={text} className={styles.bar} />
    </div>
  );
}
