// One line above the panes: what this is, what time it is on the node, and the way to the whole page.
import { Clock } from '../../ui/Clock.tsx';
import { useWords } from '../../ui/i18n/index.ts';
import { useSitting, useUi, useView } from '../../ui/store.ts';
import styles from './FrameHeader.module.css';
import type { Parameters } from './parameters.ts';
import { Timer } from './Timer.tsx';

export function FrameHeader({ parameters: { lab, hide, timer } }: { parameters: Parameters }) {
  const words = useWords();
  const sitting = useSitting();
  const title = useView((view) => view.lab.title);
  const language = useUi((state) => state.language);
  const page = new URL(`.?${new URLSearchParams({ lab, lang: language })}`, document.baseURI).href;
  return (
    <header className={styles.header}>
      <h1>{title}</h1>
      <span className={styles.gap} />
      {timer > 0 && !hide.has('timer') && <Timer seconds={timer} />}
      {!hide.has('clock') && <Clock />}
      {!hide.has('undo') && (
        <button type="button" className="quiet" title={words.undo.title} disabled={!sitting} onClick={() => void sitting?.undo()}>{words.undo.label}</button>
      )}
      {!hide.has('link') && (
        <a className={styles.link} href={page} target="_blank" rel="noreferrer" title={words.embed.open} aria-label={words.embed.open}>
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M6.5 3H3v10h10V9.5M9.5 2.5h4v4M13.5 2.5 7.5 8.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" /></svg>
        </a>
      )}
    </header>
  );
}
