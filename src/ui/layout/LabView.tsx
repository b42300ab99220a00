// The lab: one line at the top, the panes as there is room for them, and what has to be said over all of it.
import { useEffect, useSyncExternalStore } from 'react';
import { useGuestDocuments } from '../editor/guest.ts';
import { useKeptDrafts } from '../editor/keeping.ts';
import { Header } from '../Header.tsx';
import { KeyBar } from '../keys/KeyBar.tsx';
import { Notices } from '../Notices.tsx';
import { useRecordedProgress } from '../progress.ts';
import { useUi } from '../store.ts';
import { LookingBack } from '../time/LookingBack.tsx';
import { Strip } from '../time/Strip.tsx';
import { Trouble } from '../Trouble.tsx';
import styles from './layout.module.css';
import { rememberShown } from './remembered.ts';
import { SideBySide } from './SideBySide.tsx';
import { Tabbed } from './Tabbed.tsx';

const narrow = matchMedia('(width < 640px)');
const touched = matchMedia('(pointer: coarse)');

function useMatches(query: MediaQueryList): boolean {
  return useSyncExternalStore((listener) => {
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  }, () => query.matches);
}

export function LabView() {
  useKeptDrafts();
  useGuestDocuments();
  useRecordedProgress();
  useEffect(() => useUi.subscribe((state, before) => {
    if (state.taskShown !== before.taskShown || state.filesShown !== before.filesShown || state.mapShown !== before.mapShown) rememberShown(state);
  }), []);
  const isNarrow = useMatches(narrow);
  const isTouched = useMatches(touched);
  return (
    <div className={styles.lab}>
      <Header isNarrow={isNarrow} />
      <Notices />
      <LookingBack />
      {isNarrow ? <Tabbed /> : <SideBySide />}
      {!isNarrow && isTouched && <KeyBar />}
      {!isNarrow && <Strip />}
      <Trouble />
    </div>
  );
}
