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
} as const;

function dialogOf(event: KeyboardEvent): DialogName | undefined {
  if (event.altKey) return undefined;
  if (event.key === 'F1' && !event.ctrlKey && !event.metaKey && !event.shiftKey) return 'shortcuts';
  if (event.code === 'KeyP' && event.shiftKey && (event.ctrlKey || event.metaKey)) return 'palette';
  return undefined;
}

/** Opens a dialog, or closes it when it is the one that is open. */
export const toggleDialog = (name: DialogName): void => useUi.setState(({ dialog }) => ({ dialog: dialog === name ? null : name }));

/** Listens until the returned function is called. */
export function listenForShortcuts(): () => void {
  const hear = (event: KeyboardEvent) => {
    const dialog = dialogOf(event);
    if (!dialog) return;
    event.preventDefault();
    event.stopPropagation();
    toggleDialog(dialog);
  };
  window.addEventListener('keydown', hear, true);
  const stopWalking = walkPanesByKey();
  return () => {
    window.removeEventListener('keydown', hear, true);
    stopWalking();
  };
}
