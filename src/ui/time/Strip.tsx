// The line below the panes, as a player has it: what time it is and how fast it passes on the left, then what was done as a track of moments.
import { Clock } from '../Clock.tsx';
import { useWords } from '../i18n/index.ts';
import { useSitting, useView } from '../store.ts';
import { Skip } from './Skip.tsx';
import { Steps } from './Steps.tsx';
import styles from './Strip.module.css';
import { Track } from './Track.tsx';
import { WholeTimeline } from './WholeTimeline.tsx';

export function Strip() {
  const words = useWords();
  const sitting = useSitting();
  const timeline = useView((view) => view.timeline);
  return (
    <section className={styles.strip} data-pane="time" aria-label={words.time.label}>
      <Clock />
      <Skip />
      <Steps />
      {sitting && timeline && <Track timeline={timeline} sitting={sitting} />}
      <WholeTimeline />
    </section>
  );
}
