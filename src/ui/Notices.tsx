// Words to the learner about their session that nobody needs to act on at once.
import { useWords } from './i18n/index.ts';
import { takeOver } from './lab.ts';
import styles from './Notices.module.css';
import { useUi } from './store.ts';

export function Notices() {
  const words = useWords();
  const notices = useUi((state) => state.notices);
  const dismiss = (gone: string) => useUi.setState({ notices: notices.filter((notice) => notice !== gone) });
  return (
    <div role="status">
      {notices.map((notice) => (
        <p key={notice} className={styles.notice}>
          {words.notice[notice]}
          {(notice === 'elsewhere' || notice === 'takenOver') && <button type="button" onClick={() => void takeOver()}>{words.notice.takeOver}</button>}
          <button type="button" className="quiet" onClick={() => dismiss(notice)}>{words.notice.dismiss}</button>
        </p>
      ))}
    </div>
  );
}
