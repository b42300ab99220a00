// The terminal's pane. It is there before the simulation is: its size is what the lab is opened with.
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.ts';
import { openLab } from '../lab.ts';
import { focusPane } from '../panes.ts';
import { request, useSitting, useUi, useView } from '../store.ts';
import { useIsDark } from '../theme.ts';
import { deskTerminal, joinDesk } from './desk.ts';
import type { TerminalView } from './terminal.ts';
import styles from './TerminalPane.module.css';

export function TerminalPane() {
  const words = useWords();
  const isDark = useIsDark();
  const sitting = useSitting();
  const loaded = useView(() => true);
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<TerminalView>(null);

  useEffect(() => {
    const terminal = deskTerminal({ label: words.terminal.label, isDark, size: request.size });
    view.current = terminal;
    terminal.standIn(place.current!);
    terminal.fit();
    void openLab(terminal.size);
    // The terminal is made once; what follows keeps it current.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => view.current?.setDark(isDark), [isDark]);

  useEffect(() => {
    const terminal = view.current;
    if (!sitting || !terminal) return;
    joinDesk(sitting);
    if (document.activeElement === document.body && useUi.getState().pane === 'terminal') focusPane('terminal');
    const observer = new ResizeObserver(() => {
      if (terminal.fit()) sitting.resize(terminal.size.cols, terminal.size.rows);
    });
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, [sitting]);

  return (
    <section className={styles.pane} data-pane="terminal" aria-label={words.pane.terminal} aria-describedby="leave-terminal">
      <div ref={place} className={styles.screen} />
      {!loaded && <p className={styles.loading} role="status">{words.loading}</p>}
      <p id="leave-terminal" className="unseen">{words.terminal.leave}</p>
    </section>
  );
}
