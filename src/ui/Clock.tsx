// What time it is on the node, and how fast it passes.
import styles from './Clock.module.css';
import { useWords } from './i18n/index.ts';
import { useSitting, useView } from './store.ts';

/** 0 pauses: time moves only while a command runs. */
const speeds = [0, 1, 10, 60];

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
            <button key={each} type="button" aria-label={each === 0 ? words.time.pause : undefined} title={each === 0 ? words.clock.step : undefined} aria-pressed={each === speed} onClick={() => sitting.setSpeed(each)}>
              {each === 0 ? <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true"><path d="M2.5 1v8M7.5 1v8" stroke="currentColor" strokeWidth="2" /></svg> : `${each}×`}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
