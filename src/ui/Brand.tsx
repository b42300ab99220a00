// The mark and the name, which lead home.
import styles from './Brand.module.css';
import { homeAddress } from './home/address.ts';
import { useWords } from './i18n/index.ts';

export function Brand() {
  const words = useWords();
  return (
    <a className={styles.brand} href={homeAddress()} aria-label={`${words.appName}: ${words.header.home}`} title={words.header.home}>
      <Mark />
      <span>{words.appName}</span>
    </a>
  );
}

/** A loop that does not quite close. */
function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M15.9 6.2A7 7 0 1 0 17 10" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M16.8 2.6v4.2h-4.2" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
