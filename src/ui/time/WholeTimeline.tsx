// Opens the timeline with all its branches.
import { useWords } from '../i18n/index.ts';
import { toggleDialog } from '../shortcuts.ts';
import { useSitting } from '../store.ts';
import { Face } from './Face.tsx';

export function WholeTimeline() {
  const words = useWords();
  const sitting = useSitting();
  return (
    <button type="button" className="quiet" disabled={!sitting} title={words.time.allTitle} onClick={() => toggleDialog('timeline')}>
      <Face sign="timeline" word={words.time.all} />
    </button>
  );
}
