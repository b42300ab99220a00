// The keys of the page, the terminal and the editor, and how each of them is left.
import { closeDialog, Dialog } from '../Dialog.tsx';
import { useWords } from '../i18n/index.ts';
import { Keys } from './Keys.tsx';
import { keysOf } from './keys.ts';
import styles from './Shortcuts.module.css';

export default function Shortcuts() {
  const words = useWords();
  return (
    <Dialog label={words.shortcuts.title}>
      <header className={styles.top}>
        <h2>{words.shortcuts.title}</h2>
        <button type="button" className="quiet" onClick={closeDialog}>{words.shortcuts.close}</button>
      </header>
      {/* Longer than a small window, and then to be scrolled by keyboard. */}
      <div className={styles.groups} tabIndex={0} role="group" aria-label={words.shortcuts.title}>
        {keysOf(words).map(({ title, rows }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(({ what, keys }) => (
                <div key={what}>
                  <dt>{what}</dt>
                  <dd>{keys.map((each) => <Keys key={each} keys={each} />)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
