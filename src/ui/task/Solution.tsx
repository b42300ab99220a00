// The solution: a script that could be typed, behind a question.
import { useEffect, useRef, useState } from 'react';
import { Confirm } from '../Confirm.tsx';
import { useWords } from '../i18n/index.ts';
import { readable } from './solution.ts';
import styles from './Solution.module.css';

export function Solution({ lines }: { lines: readonly string[] }) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  const [copied, setCopied] = useState(false);
  const script = readable(lines, words.task.solutionWords);
  const pre = useRef<HTMLPreElement>(null);
  // The button that was answered is gone: the keyboard goes on at what came in its place.
  useEffect(() => {
    if (shown) pre.current?.focus();
  }, [shown]);
  if (!shown) {
    return (
      <div className={styles.hidden}>
        <Confirm name="solution" label={words.task.showSolution} question={words.task.solutionConfirm} onYes={() => setShown(true)} />
      </div>
    );
  }
  const copy = () => void navigator.clipboard?.writeText(script).then(() => setCopied(true), () => undefined);
  return (
    <section aria-label={words.task.solution} className={styles.solution}>
      <h3>{words.task.solution}</h3>
      <button type="button" className="quiet" onClick={copy}>{copied ? words.task.copied : words.task.copy}</button>
      {/* A script can be wider than the pane, so it must be reachable by keyboard to be scrolled. */}
      <pre ref={pre} tabIndex={0}>{script}</pre>
    </section>
  );
}
