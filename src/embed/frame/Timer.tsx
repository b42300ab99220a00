// A countdown that a teacher may set. It takes nothing away: at zero it says so, and the learner goes on (nobody is to be held back by
// how fast they read or type).
import { useEffect, useState } from 'react';
import { useWords } from '../../ui/i18n/index.ts';
import { useSitting } from '../../ui/store.ts';
import styles from './Timer.module.css';

const twoDigits = (number: number) => String(number).padStart(2, '0');

export function Timer({ seconds }: { seconds: number }) {
  const words = useWords();
  const sitting = useSitting();
  const [left, setLeft] = useState(seconds);

  useEffect(() => {
    if (!sitting) return;
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [sitting, seconds]);

  return (
    <>
      <span role="timer" aria-label={words.embed.timer} title={words.embed.timer} className={styles.timer} data-over={left === 0}>
        {twoDigits(Math.floor(left / 60))}:{twoDigits(left % 60)}
      </span>
      <span role="status" className={left === 0 ? styles.over : 'unseen'}>{left === 0 ? words.embed.timeUp : ''}</span>
    </>
  );
}
