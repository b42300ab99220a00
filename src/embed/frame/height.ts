// How high the frame would have to be to show its content without scrolling: all of the task, and a terminal worth the name.
import { useEffect, type RefObject } from 'react';

const leastPaneHeight = 360;

/** Calls back with the height whenever it changes. The task's pane scrolls, so what it holds is measured, and what stands around the panes. */
export function useContentHeight(frame: RefObject<HTMLElement | null>, task: RefObject<HTMLElement | null>, onHeight: (height: number) => void): void {
  useEffect(() => {
    let last = 0;
    const measure = () => {
      const panes = task.current?.parentElement;
      if (!frame.current || !panes || !task.current?.firstElementChild) return;
      const around = frame.current.offsetHeight - panes.offsetHeight;
      const height = Math.ceil(around + Math.max(leastPaneHeight, (task.current.firstElementChild as HTMLElement).offsetHeight));
      if (height === last) return;
      last = height;
      onHeight(height);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(frame.current!);
    observer.observe(task.current!.firstElementChild!);
    return () => observer.disconnect();
    // The elements and the listener stay the same for as long as the frame is drawn.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}
