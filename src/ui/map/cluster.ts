// What the map draws, looked at four times a second while the pane can be seen: often enough for a countdown in seconds, and so seldom that
// a fast clock costs the page nothing.
import { useEffect, useState, type RefObject } from 'react';
import type { ClusterView } from '../../session/host/index.ts';
import { useSitting } from '../store.ts';

const lookEveryMs = 250;

export interface Seen {
  readonly cluster: ClusterView;
  /** The world's clock when it was looked at, in whole seconds. */
  readonly second: number;
}

/** Null until the first look, and while the pane is out of sight it stays as it was. */
export function useCluster(pane: RefObject<HTMLElement | null>): Seen | null {
  const sitting = useSitting();
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => {
    if (!sitting) return;
    const look = () => {
      // Without an offset parent it is behind another tab of a narrow page.
      if (document.hidden || !pane.current?.offsetParent) return;
      const cluster = sitting.cluster();
      const { second } = sitting.view;
      setSeen((before) => (before?.cluster === cluster && before.second === second ? before : { cluster, second }));
    };
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [sitting, pane]);
  return seen;
}
