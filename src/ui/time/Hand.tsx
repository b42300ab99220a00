// Ways to hand the state to somebody else, or to oneself later: a link, a report, a file, and the terminal as a recording.
import { useWords } from '../i18n/index.ts';
import { copyLink, copyReport, openFile, saveCast, saveState } from '../share.ts';
import styles from './Hand.module.css';

export function Hand() {
  const words = useWords();
  return (
    <div role="group" aria-label={words.time.hand} className={styles.ways}>
      <button type="button" onClick={() => void copyLink()}>{words.palette.link}</button>
      <button type="button" onClick={() => void copyReport()}>{words.palette.report}</button>
      <button type="button" onClick={() => void saveState()}>{words.palette.saveState}</button>
      <button type="button" onClick={openFile}>{words.palette.openState}</button>
      <button type="button" onClick={saveCast}>{words.palette.cast}</button>
    </div>
  );
}
