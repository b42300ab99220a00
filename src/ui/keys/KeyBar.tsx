// The keys that a touch screen's keyboard does not have, for the terminal and for the editor's vim keys. A press does not take the
// keyboard away from where one types.
import type { PointerEvent } from 'react';
import { typeInEditor } from '../editor/port.ts';
import { useWords } from '../i18n/index.ts';
import { useUi } from '../store.ts';
import { frontView } from '../terminal/desk.ts';
import { useControl } from './control.ts';
import styles from './KeyBar.module.css';
import { sequenceOf, type BarKey } from './sequences.ts';

const keys: readonly { readonly key: BarKey; readonly shown: string }[] = [
  { key: 'Escape', shown: 'Esc' }, { key: 'Tab', shown: 'Tab' }, { key: 'ArrowUp', shown: '↑' }, { key: 'ArrowDown', shown: '↓' },
  { key: 'ArrowLeft', shown: '←' }, { key: 'ArrowRight', shown: '→' }, { key: '|', shown: '|' }, { key: '-', shown: '-' }, { key: '/', shown: '/' }, { key: '~', shown: '~' },
];

/** Codes by which Monaco knows a key. */
const codes: Partial<Record<BarKey, number>> = { Tab: 9, Escape: 27, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40 };

function press(key: BarKey): void {
  if (useUi.getState().pane !== 'editor') {
    const xterm = frontView()?.xterm;
    xterm?.input(sequenceOf(key, xterm.modes.applicationCursorKeysMode), true);
    return;
  }
  const place = document.activeElement;
  const event = new KeyboardEvent('keydown', { key, code: key, keyCode: codes[key] ?? 0, bubbles: true, cancelable: true });
  // In vim's normal mode a sign is a command; otherwise it is typed.
  if (place?.dispatchEvent(event) && key.length === 1) typeInEditor(key);
}

const keepKeyboard = (event: PointerEvent) => event.preventDefault();

export function KeyBar() {
  const words = useWords();
  const down = useControl((control) => control.down);
  return (
    <div role="group" aria-label={words.keys.label} className={styles.bar} onPointerDown={keepKeyboard} onMouseDown={(event) => event.preventDefault()}>
      <button type="button" aria-pressed={down} onClick={() => useControl.setState({ down: !down })}><kbd>{words.keys.control}</kbd></button>
      {keys.map(({ key, shown }) => (
        <button key={key} type="button" aria-label={words.keys.names[key] ?? shown} onClick={() => press(key)}><kbd>{shown}</kbd></button>
      ))}
    </div>
  );
}
