// A sight of the first lab beside the words about it. A picture, not a terminal; who cannot see it reads the same in the lab's task.
import styles from './Glimpse.module.css';
import { prompt, sight } from './sight.ts';

export function Glimpse() {
  return (
    <div className={styles.glimpse} aria-hidden="true" lang="en">
      {sight.map(({ isTyped, text }, at) => (
        <p key={at}>
          {isTyped && <span className={styles.prompt}>{prompt}</span>}
          {isTyped && '  '}
          {text}
          {isTyped && text === '' && <span className={styles.cursor} />}
        </p>
      ))}
    </div>
  );
}
