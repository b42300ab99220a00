// Fetches what the labs open with before they are asked for, when the browser has nothing better to do.
import { prefetch } from '../../session/host/index.ts';
import { cards } from './cards.ts';

/** Returns the way to stop what has not begun. */
export function prefetchOpenings(): () => void {
  const timer = setTimeout(() => {
    for (const { id } of cards) void prefetch('front', id);
  }, 300);
  return () => clearTimeout(timer);
}
