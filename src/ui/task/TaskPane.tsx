// The task pane: the story, what is to be achieved, and the ways out: hints, the solution, starting over.
import { useView, useUi, type TaskProgress } from '../store.ts';
import { useWords } from '../i18n/index.ts';
import { Inline } from '../Inline.tsx';
import { Checks } from './Checks.tsx';
import { Hints } from './Hints.tsx';
import { Ideas } from './Ideas.tsx';
import { Markdown } from './Markdown.tsx';
import { Reset } from './Reset.tsx';
import { Solution } from './Solution.tsx';
import styles from './TaskPane.module.css';

export default function TaskPane() {
  const words = useWords();
  const lab = useView((view) => view.lab);
  const progress = useUi((state) => state.progress);
  const offers = useUi((state) => state.offers);
  const current = useView((view) => view.task) ?? 0;
  if (!lab) return null;
  const task = lab.tasks[progress.shown];
  const isSolutionOffered = offers.solution === 'on' || (offers.solution === 'solved' && current > progress.shown);
  return (
    <div className={styles.pane}>
      {lab.tasks.length > 1 && <Steps total={lab.tasks.length} progress={progress} />}
      {lab.tasks.length === 0 && <Ideas lab={lab} />}
      {task ? (
        <>
          <h2 className={styles.title}><Inline text={task.title} /></h2>
          <Markdown text={task.text} />
          {task.checks.length > 0 && <Checks task={task} />}
          {offers.hints && task.hints > 0 && <Hints key={`hints-${progress.shown}`} />}
          {isSolutionOffered && task.solution.length > 0 && <Solution key={`solution-${progress.shown}`} lines={task.solution} />}
        </>
      ) : (
        lab.tasks.length > 0 && <p className={styles.done}>{words.task.allDone}</p>
      )}
      {offers.reset && <Reset hasTask={task !== undefined && lab.tasks.length > 1} />}
    </div>
  );
}

/** How far along the lab one is: a bar for each task. */
function Steps({ total, progress }: { total: number; progress: TaskProgress }) {
  const words = useWords();
  const current = useView((view) => view.task) ?? 0;
  return (
    <div className={styles.steps}>
      <span aria-hidden="true" className={styles.bars}>
        {Array.from({ length: total }, (_, at) => (
          <span key={at} data-state={at < current ? 'done' : at === progress.shown ? 'current' : 'ahead'} />
        ))}
      </span>
      <span>{progress.shown < total ? words.task.number(progress.shown + 1, total) : null}</span>
    </div>
  );
}
