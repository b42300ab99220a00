// What time it is on the node, and how fast it passes.
import styles from './Clock.module.css';
import { useWords } from './i18n/index.ts';
import { useSitting, useView } from './store.ts';

const speeds = [1, 10, 60];

export function Clock() {
  const words = useWords();
  const sitting = useSitting();
  const second = useView((view) => view.second);
  const speed = useView((view) => view.speed);
  if (!sitting || second === undefined) return null;
  const time = new Date(second * 1000).toISOString();
  return (
    <div className={styles.clock}>
      <time dateTime={time} aria-label={words.clock.label} title={sitting.clock === 'step' ? words.clock.step : words.clock.label}>
        {time.slice(11, 19)}
      </time>
      {sitting.clock === 'live' && (
        <div role="group" aria-label={words.clock.speed} className={styles.speeds}>
          {speeds.map((each) => (
            <button key={each} type="button" aria-pressed={each === speed} onClick={() => sitting.setSpeed(each)}>
              {each}×
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
