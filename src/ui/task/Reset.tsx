// Starting over: the task, or the whole lab.
import { Confirm } from '../Confirm.tsx';
import { useWords } from '../i18n/index.ts';
import { resetLab, resetTask } from '../lab.ts';
import styles from './Reset.module.css';

export function Reset({ hasTask }: { hasTask: boolean }) {
  const words = useWords();
  return (
    <div className={styles.reset}>
      {hasTask && <Confirm name="resetTask" label={words.task.resetTask} question={words.task.resetTaskConfirm} onYes={resetTask} />}
      <Confirm name="resetLab" label={words.task.resetLab} question={words.task.resetLabConfirm} onYes={resetLab} />
    </div>
  );
}
