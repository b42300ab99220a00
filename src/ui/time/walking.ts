// Moments in a row, of which one is in the order of Tab and the arrow keys go to the others.
import { useRef, useState, type KeyboardEvent } from 'react';

/** `here`: where the world stands, and where one comes in. `ways`: the keys back and forth. */
export function useWalk(here: number, last: number, [back, forth]: readonly [string, string]) {
  const list = useRef<HTMLOListElement>(null);
  // Where the keys have gone, until the world stands elsewhere.
  const [walked, setWalked] = useState({ from: here, at: here });
  const focused = walked.from === here ? Math.min(walked.at, last) : here;
  const steps: Readonly<Record<string, number>> = { [back]: Math.max(0, focused - 1), [forth]: Math.min(last, focused + 1), Home: 0, End: last };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setWalked({ from: here, at: next });
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return { list, focused, onKeyDown };
}
