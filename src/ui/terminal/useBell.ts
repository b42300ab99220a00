// The bell, seen instead of heard: for a moment after it rang. At most two a second, whatever a program does, so that it never flickers.
import { useEffect, useState } from 'react';
import { useDesk } from './desk.ts';

const seenMs = 180;
const restMs = 320;

/** Whether the bell is to be seen now. */
export function useBell(): boolean {
  const bells = useDesk((desk) => desk.bells);
  const [phase, setPhase] = useState<'quiet' | 'seen' | 'rest'>('quiet');
  const [answered, setAnswered] = useState(0);
  if (phase === 'quiet' && bells !== answered) {
    setAnswered(bells);
    setPhase('seen');
  }
  useEffect(() => {
    if (phase === 'quiet') return;
    const timer = setTimeout(() => {
      setAnswered(useDesk.getState().bells);
      setPhase(phase === 'seen' ? 'rest' : 'quiet');
    }, phase === 'seen' ? seenMs : restMs);
    return () => clearTimeout(timer);
  }, [phase]);
  return phase === 'seen';
}
