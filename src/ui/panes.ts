// Going from pane to pane by keyboard. F6 and Shift+F6 walk; a pane is brought to the front where there is room for only one.
import { focusEditor } from './editor/port.ts';
import { useUi, type Pane } from './store.ts';

const order: readonly Pane[] = ['task', 'terminal', 'editor', 'map'];
/** Where F6 goes: the panes, and the line of time below them. */
const places: readonly (Pane | 'time')[] = [...order, 'time'];

/** The element of a pane to focus: the terminal's own input, or the pane's first focusable element. */
function target(pane: Pane | 'time'): HTMLElement | null {
  const element = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);
  if (pane === 'terminal') return element?.querySelector<HTMLElement>('.xterm-helper-textarea') ?? element;
  return element?.querySelector<HTMLElement>('[data-first]') ?? element?.querySelector<HTMLElement>('button, [tabindex="0"]') ?? element;
}

/** Brings a pane to the front and gives it the keyboard, once it is drawn. */
export function focusPane(pane: Pane): void {
  useUi.setState({ pane });
  // React draws the change before this microtask runs, so that keys typed right after go where they should.
  queueMicrotask(() => {
    if (pane === 'editor' && useUi.getState().active !== null) focusEditor();
    else target(pane)?.focus();
  });
}

/** Goes to a pane, also one that was put away. */
export function showPane(pane: Pane): void {
  if (pane === 'task') useUi.setState({ taskShown: true });
  if (pane === 'map') useUi.setState({ mapShown: true });
  if (pane === 'editor' && useUi.getState().documents.length === 0) useUi.setState({ filesShown: true });
  focusPane(pane);
}

/** Listens for F6 before the terminal and the editor see it; returns the way to stop. */
export function walkPanesByKey(): () => void {
  const walk = (event: KeyboardEvent) => {
    if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const present = places.filter((pane) => document.querySelector(`[data-pane="${pane}"]`));
    const inside = document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane');
    const at = present.findIndex((pane) => pane === inside);
    const next = present[(at + (event.shiftKey ? -1 : 1) + present.length) % present.length];
    if (next === 'time') target(next)?.focus();
    else if (next) focusPane(next);
  };
  window.addEventListener('keydown', walk, true);
  return () => window.removeEventListener('keydown', walk, true);
}
