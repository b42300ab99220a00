// Above the screen: the terminals, and what one can set about them.
import { useRef } from 'react';
import bars from '../bar.module.css';
import { useWords } from '../i18n/index.ts';
import { prefer, useSitting, useUi, useView } from '../store.ts';
import { bringToFront, closeTerminal, openTerminal, useDesk, zoom } from './desk.ts';
import styles from './TerminalBar.module.css';

export function TerminalBar() {
  const words = useWords().terminal;
  const searching = useDesk((desk) => desk.searching);
  return (
    <div className={bars.bar}>
      <Tabs />
      <span className={bars.actions}>
        <button type="button" className="quiet" title={`${words.searchFor} (Ctrl+Shift+F)`} aria-pressed={searching} onClick={() => useDesk.setState({ searching: !searching })}>{words.search}</button>
        <Settings />
      </span>
    </div>
  );
}

/** The terminals; each is a login of its own. */
function Tabs() {
  const words = useWords().terminal;
  const sitting = useSitting();
  const terminals = useView((view) => view.terminals) ?? [];
  const front = useDesk((desk) => desk.front);
  return (
    <>
      <ul className={bars.tabs} aria-label={words.tabs}>
        {terminals.map(({ tty, program }, at) => (
          <li key={tty}>
            <button type="button" title={tty} aria-current={tty === front} onClick={() => bringToFront(tty)}>
              {words.tab(at + 1)}
              {program !== null && <span className={styles.program}>{program}</span>}
            </button>
            {at > 0 && <button type="button" className={styles.close} aria-label={words.close(at + 1)} title={words.close(at + 1)} onClick={() => closeTerminal(tty)}>✕</button>}
          </li>
        ))}
      </ul>
      <button type="button" className="quiet" disabled={!sitting} aria-label={words.open} title={words.open} onClick={() => void openTerminal()}>+</button>
    </>
  );
}

function Settings() {
  const words = useWords().terminal;
  const fontSize = useUi((state) => state.fontSize);
  const screenReader = useUi((state) => state.screenReader);
  const menu = useRef<HTMLDetailsElement>(null);
  const closeOnEscape = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };
  const closeOnLeave = (event: React.FocusEvent) => {
    if (!menu.current?.contains(event.relatedTarget)) menu.current!.open = false;
  };
  return (
    <details ref={menu} className={styles.settings} onKeyDown={closeOnEscape} onBlur={closeOnLeave}>
      <summary aria-label={words.settings} title={words.settings}>Aa</summary>
      <div className={styles.menu} tabIndex={-1}>
        <div role="group" aria-label={words.fontSize} className={styles.row}>
          <span>{words.fontSize}</span>
          <button type="button" aria-label={words.smaller} title={`${words.smaller} (Ctrl+-)`} onClick={() => zoom(-1)}>−</button>
          <output>{fontSize}</output>
          <button type="button" aria-label={words.larger} title={`${words.larger} (Ctrl++)`} onClick={() => zoom(1)}>+</button>
        </div>
        <label className={styles.row}>
          <input type="checkbox" role="switch" aria-checked={screenReader} checked={screenReader} onChange={(event) => prefer({ screenReader: event.target.checked })} />
          {words.screenReader}
        </label>
      </div>
    </details>
  );
}
