// The terminal's pane. It is there before the simulation is: its size is what the lab is opened with.
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { Keys } from '../help/Keys.tsx';
import { useWords } from '../i18n/index.ts';
import { openLab } from '../lab.ts';
import { focusPane } from '../panes.ts';
import { useSitting, useUi, useView } from '../store.ts';
import { useShade } from '../theme.ts';
import { acceptOffer, firstSeat, fitFront, joinDesk, seatFront, setLook, useDesk } from './desk.ts';
import type { Look } from './terminal.ts';
import { Waiting } from '../Waiting.tsx';
import { Arriving } from './Arriving.tsx';
import { TerminalBar } from './TerminalBar.tsx';
import styles from './TerminalPane.module.css';
import { useBell } from './useBell.ts';

const SearchBar = lazy(() => import('./SearchBar.tsx'));

const leaving = 'leave-terminal';

function useLook(): Look {
  const { terminal } = useWords();
  const shade = useShade();
  const fontSize = useUi((state) => state.fontSize);
  const screenReader = useUi((state) => state.screenReader);
  return useMemo(
    () => ({ shade, fontSize, screenReader, label: terminal.label, describedBy: leaving, tooMuchOutput: terminal.tooMuchOutput }),
    [shade, fontSize, screenReader, terminal],
  );
}

/** The element that the front terminal stands in. */
function usePlace(look: Look) {
  const place = useRef<HTMLDivElement>(null);
  const front = useDesk((desk) => desk.front);
  const sitting = useSitting();

  useEffect(() => {
    const view = firstSeat(look);
    seatFront(place.current!);
    void openLab(view.size);
    // The look it is made with; the next effect keeps it current.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [front]);

  useEffect(() => setLook(look), [look]);

  useEffect(() => {
    if (!sitting) return;
    joinDesk(sitting);
    if (document.activeElement === document.body && useUi.getState().pane === 'terminal') focusPane('terminal');
    const observer = new ResizeObserver(fitFront);
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, [sitting]);

  return place;
}

export function TerminalPane() {
  const words = useWords();
  const place = usePlace(useLook());
  const loaded = useView(() => true);
  const searching = useDesk((desk) => desk.searching);
  const isRinging = useBell();
  return (
    <section className={styles.pane} data-pane="terminal" aria-label={words.pane.terminal}>
      <TerminalBar />
      <div className={styles.screen} data-ringing={isRinging || undefined}>
        <div ref={place} className={styles.place} />
        {!loaded && <Waiting className={styles.loading} text={words.loading} />}
        {searching && <Suspense><SearchBar /></Suspense>}
        <Arriving />
        <Offer />
      </div>
      <PasteRefused />
      <p id={leaving} className="unseen">{words.terminal.leave}</p>
    </section>
  );
}

/** The command that a line in Hangul stands for, to be had with one key or press. */
function Offer() {
  const words = useWords();
  const offer = useDesk((desk) => desk.offer);
  return (
    <p role="status" className={styles.offer}>
      {offer !== null && <button type="button" tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={acceptOffer}><Keys keys="Tab" /> <code>{offer}</code><span className="unseen">{words.terminal.offer(offer)}</span></button>}
    </p>
  );
}

function PasteRefused() {
  const words = useWords();
  const refused = useDesk((desk) => desk.pasteRefused);
  return <p role="status" className={styles.word}>{refused ? words.terminal.pasteRefused : ''}</p>;
}
