// Hints, one after another. The session chooses the next from what the cluster looks like now.
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.ts';
import { revealHint } from '../lab.ts';
import { useUi } from '../store.ts';
import { Markdown } from './Markdown.tsx';
import styles from './Hints.module.css';

export function Hints() {
  const words = useWords();
  const { hints, noMoreHints } = useUi((state) => state.progress);
  const whole = useRef<HTMLElement>(null);
  const before = useRef(hints.length);
  // A hint that was asked for is not to be searched for below the pane's edge.
  useEffect(() => {
    if (hints.length > before.current) whole.current?.scrollIntoView({ block: 'nearest' });
    before.current = hints.length;
  }, [hints.length]);

  return (
    <section ref={whole} className={styles.hints} aria-label={words.task.hints}>
      <ol aria-live="polite">
        {hints.map((hint, at) => (
          <li key={hint}>
            <h3>{words.task.hint(at + 1)}</h3>
            <Markdown text={hint} />
          </li>
        ))}
      </ol>
      {noMoreHints ? (
        <p role="status">{words.task.noMoreHints}</p>
      ) : (
        <button type="button" onClick={() => void revealHint()}>{hints.length === 0 ? words.task.nextHint : words.task.moreHints}</button>
      )}
    </section>
  );
}
