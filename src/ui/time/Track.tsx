// What was done, from the left to the right: a dot for each moment, and between the dots what ended, started or restarted meanwhile. The
// arrow keys go along it; a press shows the world as it was after that moment.
import { useEffect } from 'react';
import type { Mark, Moment, Sitting, TimelineView } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import styles from './Track.module.css';
import { useWalk } from './walking.ts';
import { clockOf, markWord, momentWord } from './words.ts';

/** Of a longer list of marks only the last are drawn; the list of all moments has them all. */
const mostMarks = 4;

export function Track({ timeline, sitting }: { timeline: TimelineView; sitting: Sitting }) {
  const words = useWords();
  const byId = new Map(timeline.moments.map((moment) => [moment.id, moment]));
  const moments = timeline.line.map((id) => byId.get(id)!);
  const here = timeline.line.indexOf(timeline.current);
  const { list, focused, onKeyDown } = useWalk(here, moments.length - 1, ['ArrowLeft', 'ArrowRight']);
  useEffect(() => void list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [list, timeline.current, moments.length]);
  return (
    // The buttons in it have the focus; what is heard here are their keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ol ref={list} className={styles.track} aria-label={words.time.label} onKeyDown={onKeyDown}>
      {moments.map((moment, index) => (
        <li key={moment.id} data-ahead={index > here}>
          <button
            type="button"
            className={styles.moment}
            data-kind={moment.kind}
            tabIndex={index === focused ? 0 : -1}
            data-first={index === focused ? '' : undefined}
            aria-current={index === here ? 'step' : undefined}
            title={`${clockOf(moment.at)}  ${momentWord(moment, words)}`}
            aria-label={nameOf(moment, words)}
            onClick={() => sitting.goTo(moment.id)}
          />
          {moment.marks.slice(-mostMarks).map((mark, which) => <Sign key={which} mark={mark} />)}
        </li>
      ))}
    </ol>
  );
}

/** All there is to say of a moment, for whoever cannot see the track. */
function nameOf(moment: Moment, words: ReturnType<typeof useWords>): string {
  return [`${clockOf(moment.at)} ${momentWord(moment, words)}`, ...moment.marks.slice(-mostMarks).map((mark) => markWord(mark, words.time))].join(', ');
}

const shapes: Readonly<Record<Mark['kind'], string>> = {
  exited: 'M2 2l6 6M8 2l-6 6',
  failed: 'M2 2l6 6M8 2l-6 6',
  started: 'M3 1.6v6.8L8.4 5z',
  restarted: 'M8.2 5A3.2 3.2 0 1 1 7 2.5M7.2.6v2.2H5',
  unready: 'M5 1.4v4M5 8.2v.2',
  stuck: 'M2.6 1.4h4.8L2.6 8.6h4.8z',
  gone: 'M2 5h6',
  passed: 'M1.6 5.4l2.4 2.4 4.4-5',
};

function Sign({ mark }: { mark: Mark }) {
  const words = useWords();
  return (
    <svg className={styles.sign} data-kind={mark.kind} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <title>{`${clockOf(mark.at)}  ${markWord(mark, words.time)}`}</title>
      <path d={shapes[mark.kind]} />
    </svg>
  );
}
