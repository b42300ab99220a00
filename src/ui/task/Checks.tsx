// The checks of a task. What holds at this moment is shown as it changes; the button grades, which also looks ahead, and moves on to the
// next task. What was seen, and since when it holds, is told beside each; nothing by colour alone.
import { useState } from 'react';
import type { CheckResult, TaskView } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import { Inline } from '../Inline.tsx';
import { check } from '../lab.ts';
import { atTask, useSitting, useUi, useView } from '../store.ts';
import styles from './Checks.module.css';

type State = 'pass' | 'fail' | 'open';

/** What was graded stands until the next grading, because it has seen further; before that, what holds at the moment. */
function stateOf(now: CheckResult | undefined, graded: CheckResult | undefined, solved: boolean): State {
  if (solved || graded?.pass || (now?.pass && !graded)) return 'pass';
  return graded ? 'fail' : 'open';
}

/** The node's time of day at which a check last changed; undefined while it is as it was found. */
function useSince(state: State): string | undefined {
  const second = useSitting()?.view.second;
  const [last, setLast] = useState<{ state: State; at: number | undefined }>({ state, at: undefined });
  if (last.state !== state) setLast({ state, at: second });
  return last.at === undefined ? undefined : new Date(last.at * 1000).toISOString().slice(11, 19);
}

export function Checks({ task }: { task: TaskView }) {
  const words = useWords();
  const { shown, results } = useUi((state) => state.progress);
  const current = useView((view) => view.task) ?? shown;
  const now = useView((view) => view.checks);
  const solved = current > shown;
  return (
    <section className={styles.checks} aria-label={words.task.goals}>
      <h3>{words.task.goals}</h3>
      <ul aria-live="polite">
        {task.checks.map(({ id, title }) => {
          const graded = results?.find((result) => result.id === id);
          const live = now?.find((result) => result.id === id);
          return <Row key={id} title={title} seen={(graded ?? live)?.seen ?? ''} state={stateOf(live, graded, solved)} />;
        })}
      </ul>
      {solved ? <Solved next={current} /> : <CheckButton />}
    </section>
  );
}

function CheckButton() {
  const words = useWords();
  const sitting = useSitting();
  const grading = useView((view) => view.grading) ?? null;
  return (
    <>
      <button type="button" className="primary" disabled={grading !== null || !sitting} onClick={() => void check()}>
        {grading !== null ? words.task.checking : words.task.check}
      </button>
      {grading !== null && <progress className={styles.progress} max={grading.of} value={grading.done} aria-label={words.task.checking} />}
      <p className={styles.about}>{words.task.checkAbout}</p>
    </>
  );
}

function Solved({ next }: { next: number }) {
  const words = useWords();
  return (
    <p className={styles.solved} role="status">
      <strong>{words.task.solved}</strong>
      <button type="button" className="primary" onClick={() => useUi.setState({ progress: atTask(next) })}>{words.task.next}</button>
    </p>
  );
}

function Row({ title, state, seen }: { title: string; state: State; seen: string }) {
  const words = useWords();
  const since = useSince(state);
  return (
    <li data-state={state}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.6" />
        {state === 'pass' && <path d="M4.8 8.3l2.2 2.2 4.2-4.6" />}
        {state === 'fail' && <path d="M5.6 5.6l4.8 4.8m0-4.8l-4.8 4.8" />}
      </svg>
      <span className={styles.text}>
        <Inline text={title} />
        <span className="unseen"> ({words.task[state]})</span>
        {state !== 'pass' && seen && <span className={styles.seen} lang="en">{seen}</span>}
        {state === 'pass' && since && <span className={styles.since}>{words.task.since(since)}</span>}
      </span>
    </li>
  );
}
