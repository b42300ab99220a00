// The timeline as a list: what was done, with what ended and started meanwhile, and the branches that were left. Choosing a moment shows the
// world as it was after it; nothing is lost by that, and what is typed there begins a branch. The arrow keys go along it. Below it, ways to
// hand the state on.
import type { Sitting, TimelineView } from '../../session/host/index.ts';
import { closeDialog, Dialog } from '../Dialog.tsx';
import { useWords, type Words } from '../i18n/index.ts';
import { focusPane } from '../panes.ts';
import { useSitting, useView } from '../store.ts';
import { rowsOf, type Row } from './branches.ts';
import { Hand } from './Hand.tsx';
import { Steps } from './Steps.tsx';
import styles from './Timeline.module.css';
import { useWalk } from './walking.ts';
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
      <Moments timeline={timeline} sitting={sitting} words={words} />
      <Hand />
    </Dialog>
  );
}

function Moments({ timeline, sitting, words }: { timeline: TimelineView; sitting: Sitting; words: Words }) {
  const rows = rowsOf(timeline);
  const here = rows.findIndex(({ moment }) => moment.id === timeline.current);
  const { list, focused, onKeyDown } = useWalk(here, rows.length - 1, ['ArrowUp', 'ArrowDown']);
  return (
    // The buttons in it have the focus; what is heard here are their keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ol ref={list} className={styles.rows} onKeyDown={onKeyDown}>
      {rows.map((row, index) => <Entry key={row.moment.id} row={row} isHere={index === here} isFocused={index === focused} sitting={sitting} words={words} />)}
    </ol>
  );
}

function Entry({ row: { moment, depth, isOurs }, isHere, isFocused, sitting, words }: { row: Row; isHere: boolean; isFocused: boolean; sitting: Sitting; words: Words }) {
  const go = () => {
    closeDialog();
    if (!isHere) sitting.goTo(moment.id);
    requestAnimationFrame(() => focusPane('terminal'));
  };
  return (
    <li style={{ paddingInlineStart: `${Math.min(depth, 6) * 18}px` }}>
      <button type="button" className={styles.moment} tabIndex={isFocused ? 0 : -1} data-first={isHere ? '' : undefined} data-ours={isOurs} aria-current={isHere ? 'step' : undefined} onClick={go}>
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
