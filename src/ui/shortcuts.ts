// The keys that mean something everywhere on the page, heard before the terminal and the editor see them.
import { walkPanesByKey } from './panes.ts';
import { useUi, type DialogName } from './store.ts';

export const isMac = /^Mac|^iP/.test(navigator.platform);

/** As they stand on the keyboard. */
export const shortcuts = {
  palette: isMac ? '⌘ ⇧ P' : 'Ctrl Shift P',
  help: 'F1',
  nextPane: 'F6',
  previousPane: isMac ? '⇧ F6' : 'Shift F6',
  undo: isMac ? '⌘ ⌥ Z' : 'Ctrl Alt Z',
  redo: isMac ? '⌘ ⌥ Y' : 'Ctrl Alt Y',
} as const;

function dialogOf(event: KeyboardEvent): DialogName | undefined {
  if (event.altKey) return undefined;
  if (event.key === 'F1' && !event.ctrlKey && !event.metaKey && !event.shiftKey) return 'shortcuts';
  if (event.code === 'KeyP' && event.shiftKey && (event.ctrlKey || event.metaKey)) return 'palette';
  return undefined;
}

/** By the letter on the key where the Alt key leaves it alone: on some keyboards Ctrl and Alt together write other letters. */
function stepOf(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!event.altKey || event.shiftKey || !(isMac ? event.metaKey : event.ctrlKey)) return undefined;
  const key = isMac ? event.code.replace('Key', '').toLowerCase() : event.key.toLowerCase();
  return key === 'z' ? 'undo' : key === 'y' ? 'redo' : undefined;
}

/** Opens a dialog, or closes it when it is the one that is open. */
export const toggleDialog = (name: DialogName): void => useUi.setState(({ dialog }) => ({ dialog: dialog === name ? null : name }));

/** Listens until the returned function is called. */
export function listenForShortcuts(): () => void {
  const hear = (event: KeyboardEvent) => {
    const dialog = dialogOf(event);
    const step = stepOf(event);
    if (!dialog && !step) return;
    event.preventDefault();
    event.stopPropagation();
    if (dialog) toggleDialog(dialog);
    else if (step) useUi.getState().opened?.sitting[step]();
  };
  window.addEventListener('keydown', hear, true);
  const stopWalking = walkPanesByKey();
  return () => {
    window.removeEventListener('keydown', hear, true);
    stopWalking();
  };
}
