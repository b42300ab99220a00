// Words to the learner about their session that nobody needs to act on at once.
import { useWords } from './i18n/index.ts';
import { takeOver } from './lab.ts';
import styles from './Notices.module.css';
import { openFile, saveState, takeBack } from './share.ts';
import { useUi, type Notice } from './store.ts';

export function Notices() {
  const words = useWords();
  const notices = useUi((state) => state.notices);
  const dismiss = (gone: string) => useUi.setState({ notices: notices.filter((notice) => notice !== gone) });
  return (
    <div role="status">
      {notices.map((notice) => (
        <p key={notice} className={styles.notice}>
          {words.notice[notice]}
          <span className={styles.ways}>
            <Way notice={notice} />
            <button type="button" className="quiet" onClick={() => dismiss(notice)}>{words.notice.dismiss}</button>
          </span>
        </p>
      ))}
    </div>
  );
}

/** What can be done about it. */
function Way({ notice }: { notice: Notice }) {
  const words = useWords();
  switch (notice) {
    case 'elsewhere': case 'takenOver': return <button type="button" onClick={() => void takeOver()}>{words.notice.takeOver}</button>;
    case 'notKept': return (
      <>
        <button type="button" onClick={() => void saveState()}>{words.palette.saveState}</button>
        <button type="button" onClick={openFile}>{words.palette.openState}</button>
      </>
    );
    case 'stateOpened': return <button type="button" onClick={() => void takeBack()}>{words.notice.takeBack}</button>;
    default: return null;
  }
}
