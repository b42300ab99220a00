// The timeline as a list: what was done, with what ended and started meanwhile, and the branches that were left. Choosing a moment shows the
// world as it was after it; nothing is lost by that, and what is typed there begins a branch. Below it, ways to hand the state on.
import type { Sitting } from '../../session/host/index.ts';
import { closeDialog, Dialog } from '../Dialog.tsx';
import { useWords, type Words } from '../i18n/index.ts';
import { focusPane } from '../panes.ts';
import { useSitting, useView } from '../store.ts';
import { rowsOf, type Row } from './branches.ts';
import { Hand } from './Hand.tsx';
import { Steps } from './Steps.tsx';
import styles from './Timeline.module.css';
import { clockOf, markWord, momentWord } from './words.ts';

export default function Timeline() {
  const words = useWords();
  const sitting = useSitting();
  const timeline = useView((view) => view.timeline);
  if (!sitting || !timeline) return null;
  return (
    <Dialog label={words.time.label}>
      <header className={styles.top}>
        <h2>{words.time.label}</h2>
        <Steps />
        <button type="button" className="quiet" onClick={closeDialog}>{words.shortcuts.close}</button>
      </header>
      <p className={styles.about}>{words.time.about}</p>
      <ol className={styles.rows}>
        {rowsOf(timeline).map((row) => <Entry key={row.moment.id} row={row} isHere={row.moment.id === timeline.current} sitting={sitting} words={words} />)}
      </ol>
      <Hand />
    </Dialog>
  );
}

function Entry({ row: { moment, depth, isOurs }, isHere, sitting, words }: { row: Row; isHere: boolean; sitting: Sitting; words: Words }) {
  const go = () => {
    closeDialog();
    if (!isHere) sitting.goTo(moment.id);
    requestAnimationFrame(() => focusPane('terminal'));
  };
  return (
    <li style={{ paddingInlineStart: `${Math.min(depth, 6) * 18}px` }}>
      <button type="button" className={styles.moment} data-ours={isOurs} aria-current={isHere ? 'step' : undefined} onClick={go} ref={(button) => { if (isHere) button?.scrollIntoView({ block: 'nearest' }); }}>
        <time>{clockOf(moment.at)}</time>
        <span className={moment.kind === 'command' ? styles.command : undefined}>{momentWord(moment, words)}</span>
        {isHere && <span className={styles.here}>{words.time.here}</span>}
      </button>
      {moment.marks.length > 0 && (
        <ul className={styles.marks}>
          {moment.marks.map((mark, at) => <li key={at} data-kind={mark.kind}><time>{clockOf(mark.at)}</time> {markWord(mark, words.time)}</li>)}
        </ul>
      )}
    </li>
  );
}
