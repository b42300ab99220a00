// Says that the past is being looked at, where one is, and the two ways on.
import { useWords } from '../i18n/index.ts';
import notices from '../Notices.module.css';
import { focusPane } from '../panes.ts';
import { useSitting, useView } from '../store.ts';
import { clockOf, momentWord } from './words.ts';

export function LookingBack() {
  const words = useWords();
  const sitting = useSitting();
  const timeline = useView((view) => view.timeline);
  const second = useView((view) => view.second);
  const moment = timeline?.lookingBack ? timeline.moments.find(({ id }) => id === timeline.current) : undefined;
  const go = (way: () => void) => {
    way();
    focusPane('terminal');
  };
  return (
    <div role="status">
      {sitting && timeline && moment && second !== undefined && (
        <div className={notices.notice}>
          <span>{words.time.lookingBack(clockOf(second * 1e6), momentWord(moment, words))}</span>
          <span className={notices.ways}>
            <button type="button" onClick={() => go(() => sitting.goOn())}>{words.time.goOn}</button>
            <button type="button" onClick={() => go(() => void sitting.goTo(timeline.line.at(-1)!))}>{words.time.now}</button>
          </span>
        </div>
      )}
    </div>
  );
}
