// A lab as a card: what breaks in it, how hard and how long it is, how far one has come. The whole card is the link.
import { useEffect, useRef, type MouseEvent } from 'react';
import { useWords } from '../i18n/index.ts';
import { Inline } from '../Inline.tsx';
import { enterLab, useUi } from '../store.ts';
import { labAddress } from './address.ts';
import type { LabCardData } from './cards.ts';
import styles from './LabCard.module.css';

interface Props {
  readonly lab: LabCardData;
  /** Tasks solved; undefined when the lab was never opened. */
  readonly solved: number | undefined;
  readonly isFirst: boolean;
}

export function LabCard({ lab, solved, isFirst }: Props) {
  const words = useWords();
  const { title, summary, tasks } = lab.texts[useUi((state) => state.language)];
  const link = useRef<HTMLAnchorElement>(null);
  // The first lab is one Enter away.
  useEffect(() => {
    if (isFirst) link.current?.focus({ preventScroll: true });
  }, [isFirst]);
  const enter = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    enterLab(labAddress(lab.id));
  };
  const start = tasks.length === 0 ? words.home.enter : solved === undefined ? words.home.start : words.home.goOn;
  return (
    <article className={styles.card} data-first={isFirst}>
      <p className={styles.facts}>
        <span className={styles.level} data-level={lab.level}>{tasks.length === 0 ? words.home.openEnded : words.home.levels[lab.level]}</span>
        {lab.minutes > 0 && <span>{words.home.minutes(lab.minutes)}</span>}
      </p>
      <h2>
        <a ref={link} href={labAddress(lab.id)} className={styles.link} onClick={enter}>{title}</a>
      </h2>
      <p className={styles.summary}>{summary}</p>
      {tasks.length > 0 && <Tasks titles={tasks} solved={solved ?? 0} />}
      <p className={styles.foot}>
        <span className={styles.start} aria-hidden="true">{start} →</span>
        {tasks.length > 0 && solved !== undefined && <span>{words.home.solved(solved, tasks.length)}</span>}
      </p>
    </article>
  );
}

function Tasks({ titles, solved }: { titles: readonly string[]; solved: number }) {
  const words = useWords();
  return (
    <ol className={styles.tasks} aria-label={words.home.breaks}>
      {titles.map((title, at) => (
        <li key={title} data-solved={at < solved}>
          <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
            <circle cx="9" cy="9" r="7.6" />
            {at < solved && <path d="M5.6 9.3l2.3 2.3 4.4-4.9" />}
          </svg>
          <span>
            <Inline text={title} />
            {at < solved && <span className="unseen"> ({words.task.pass})</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
