// When something of ours went wrong: the lab did not open, or the simulation stopped. Says so, keeps what can be kept, and gives a
// report with which it can be repeated.
import { useWords } from './i18n/index.ts';
import { resetLab } from './lab.ts';
import { request, useSitting, useUi, useView } from './store.ts';
import styles from './Trouble.module.css';

export function Trouble() {
  const words = useWords();
  const failure = useUi((state) => state.failure);
  const crash = useView((view) => view.crash);
  if (failure !== null) {
    return (
      <section role="alert" className={styles.trouble}>
        <h2>{words.failed.title}</h2>
        <pre>{failure}</pre>
        <button type="button" className="primary" onClick={() => location.reload()}>{words.failed.reload}</button>
      </section>
    );
  }
  return crash ? <Crash error={crash} /> : null;
}

function Crash({ error }: { error: Error }) {
  const words = useWords();
  const sitting = useSitting();
  const report = () => JSON.stringify({ ...request, error: error.stack ?? error.message, log: sitting?.exportLog() }, null, 1);
  return (
    <section role="alert" className={styles.trouble}>
      <h2>{words.crash.title}</h2>
      <p>{words.crash.about}</p>
      <pre>{error.message}</pre>
      <p className={styles.choices}>
        <button type="button" className="primary" onClick={() => location.reload()}>{words.crash.reload}</button>
        <button type="button" onClick={() => void navigator.clipboard?.writeText(report())}>{words.crash.copy}</button>
        <button type="button" onClick={resetLab}>{words.crash.restart}</button>
      </p>
    </section>
  );
}
