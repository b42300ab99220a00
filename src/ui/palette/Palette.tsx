// The command palette: everything the page can do, found by typing a part of its name.
import { useState, type KeyboardEvent } from 'react';
import { closeDialog, Dialog } from '../Dialog.tsx';
import { useWords } from '../i18n/index.ts';
import { Keys } from '../help/Keys.tsx';
import { commandsNow, matching, type Command } from './commands.ts';
import styles from './Palette.module.css';

/** What a key means in the list; undefined where it means nothing. */
function moved(key: string, at: number, last: number): number | undefined {
  return { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1, PageDown: Math.min(at + 8, last), PageUp: Math.max(at - 8, 0) }[key];
}

export default function Palette() {
  const words = useWords();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = matching(commandsNow(words), text);
  const front = found[Math.min(at, found.length - 1)];

  const run = (command: Command | undefined) => {
    if (!command) return;
    closeDialog();
    // Once the dialog is gone and has given the focus back, so that the command may put it elsewhere.
    requestAnimationFrame(() => command.run());
  };

  const hear = (event: KeyboardEvent) => {
    // A syllable that is still being composed takes its own Enter and arrows.
    if (event.nativeEvent.isComposing) return;
    const next = moved(event.key, at, found.length - 1);
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next === undefined) run(front);
    else setAt(next);
  };

  return (
    <Dialog label={words.palette.label}>
      <input
        className={styles.search} type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
        aria-activedescendant={front && `palette-${front.id}`} aria-label={words.palette.search} placeholder={words.palette.search} autoComplete="off" spellCheck={false}
        value={text} onKeyDown={hear} onChange={(event) => { setText(event.target.value); setAt(0); }}
      />
      <div id="palette-list" role="listbox" aria-label={words.palette.label} className={styles.list}>
        {found.map((command) => <Row key={command.id} command={command} isFront={command === front} run={() => run(command)} />)}
      </div>
      <p role="status" className={found.length === 0 ? styles.none : 'unseen'}>{found.length === 0 ? words.palette.none : ''}</p>
    </Dialog>
  );
}

function Row({ command, isFront, run }: { command: Command; isFront: boolean; run: () => void }) {
  return (
    // The keyboard stays in the field above, which says which row is in front.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div id={`palette-${command.id}`} role="option" aria-selected={isFront} tabIndex={-1} onClick={run} ref={(row) => { if (isFront) row?.scrollIntoView({ block: 'nearest' }); }}>
      <span>{command.title}</span>
      {command.keys && <Keys keys={command.keys} />}
    </div>
  );
}
