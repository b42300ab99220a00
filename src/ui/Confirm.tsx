// A button that asks once more, in place, before it does something that cannot be taken back lightly.
import { useEffect, useRef } from 'react';
import styles from './Confirm.module.css';
import { useWords } from './i18n/index.ts';
import { useUi, type Question } from './store.ts';

interface Props {
  readonly name: Question;
  readonly label: string;
  readonly question: string;
  onYes(): void;
}

export function Confirm({ name, label, question, onYes }: Props) {
  const words = useWords();
  const asking = useUi((state) => state.asking === name);
  const no = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) no.current?.focus();
  }, [asking]);
  if (!asking) {
    return <button ref={ask} type="button" className="quiet" onClick={() => useUi.setState({ asking: name })}>{label}</button>;
  }
  const answer = (yes: boolean) => {
    useUi.setState({ asking: null });
    if (yes) onYes();
    requestAnimationFrame(() => ask.current?.focus());
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
