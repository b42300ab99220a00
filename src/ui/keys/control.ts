// Ctrl on a touch screen stays down until the next key.
import { create } from 'zustand';
import { controlOf } from './sequences.ts';

export const useControl = create<{ readonly down: boolean }>(() => ({ down: false }));

/** What was typed, with Ctrl if that is down; which lets it up. */
export function withControl(text: string): string {
  if (!useControl.getState().down) return text;
  useControl.setState({ down: false });
  return controlOf(text);
}
