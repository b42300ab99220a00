// A button that asks once more, in place, before it does something that cannot be taken back lightly.
import { useEffect, useRef, useState } from 'react';
import styles from './Confirm.module.css';
import { useWords } from './i18n/index.ts';

export function Confirm({ label, question, onYes }: { label: string; question: string; onYes: () => void }) {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const no = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) no.current?.focus();
  }, [asking]);
  if (!asking) {
    return <button ref={ask} type="button" className="quiet" onClick={() => setAsking(true)}>{label}</button>;
  }
  const answer = (yes: boolean) => {
    setAsking(false);
    if (yes) onYes();
    else requestAnimationFrame(() => ask.current?.focus());
  };
  return (
    <div role="group" aria-label={question} className={styles.confirm} onKeyDown={(event) => event.key === 'Escape' && answer(false)}>
      <span>{question}</span>
      <span className={styles.answers}>
        <button type="button" onClick={() => answer(true)}>{words.task.yes}</button>
        <button ref={no} type="button" onClick={() => answer(false)}>{words.task.no}</button>
      </span>
    </div>
  );
}
