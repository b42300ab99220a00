// Keys as they stand on the keyboard, one box each.
import styles from './Keys.module.css';

export function Keys({ keys }: { keys: string }) {
  return <span className={styles.keys}>{keys.split(' ').map((key) => <kbd key={key}>{key}</kbd>)}</span>;
}
