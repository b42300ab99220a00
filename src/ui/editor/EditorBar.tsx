// Above the text: the open files, and buttons for what `:w`, `:wq` and `:q` do.
import { useEffect, useRef } from 'react';
import bars from '../bar.module.css';
import { useWords } from '../i18n/index.ts';
import { prefer, useUi } from '../store.ts';
import { close, closeOrAsk, save, saveAndClose } from './commands.ts';
import { nameOf, type OpenDocument } from './documents.ts';
import styles from './EditorBar.module.css';

export function EditorBar({ front, documents }: { front: OpenDocument; documents: readonly OpenDocument[] }) {
  const words = useWords();
  const closing = useUi((state) => state.closing);
  return (
    <>
      <div className={bars.bar}>
        <ul className={bars.tabs} aria-label={words.editor.tabs}>
          {documents.map((document) => <Tab key={document.key} document={document} isFront={document === front} />)}
        </ul>
        <span className={bars.actions}>
          <Compare front={front} />
          <button type="button" title=":w" disabled={!front.dirty && !front.isNew} onClick={() => save({ force: true })}>{words.editor.save}</button>
          <button type="button" title=":wq" className="primary" onClick={() => saveAndClose({ force: true })}>{words.editor.saveAndClose}</button>
          <button type="button" title=":q" onClick={() => closeOrAsk(front.key)}>{words.editor.close}</button>
        </span>
      </div>
      {closing === front.key && <Closing front={front} />}
      <div className={styles.path}>
        <code>{front.path}</code>
        {front.guest && <span>{words.editor.waiting(front.guest.program.replace('-', ' '))}</span>}
        {front.guest?.program !== 'nano' && <VimKeys />}
      </div>
    </>
  );
}

function Tab({ document: { key, path, dirty }, isFront }: { document: OpenDocument; isFront: boolean }) {
  const words = useWords();
  return (
    <li>
      <button type="button" title={path} aria-current={isFront} onClick={() => useUi.setState({ active: key })}>
        {nameOf(path)}
        {dirty && <span role="img" aria-label={words.editor.unsaved} className={styles.dirty} />}
      </button>
    </li>
  );
}

/** Shows what has changed since the task began. */
function Compare({ front }: { front: OpenDocument }) {
  const words = useWords();
  const isOn = useUi((state) => state.comparing === front.key);
  return (
    <button type="button" className="quiet" title={words.editor.compareAbout} aria-pressed={isOn} onClick={() => useUi.setState({ comparing: isOn ? null : front.key })}>
      {words.editor.compare}
    </button>
  );
}

function VimKeys() {
  const words = useWords();
  const vimKeys = useUi((state) => state.vimKeys);
  return (
    <label className={styles.vim}>
      <input type="checkbox" role="switch" aria-checked={vimKeys} checked={vimKeys} onChange={(event) => prefer({ vimKeys: event.target.checked })} />
      {words.editor.vimKeys}
    </label>
  );
}

function Closing({ front }: { front: OpenDocument }) {
  const words = useWords();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div role="alertdialog" aria-label={words.editor.closeConfirm(nameOf(front.path))} className={styles.closing}>
      <span>{words.editor.closeConfirm(nameOf(front.path))}</span>
      <button type="button" className="primary" onClick={() => saveAndClose({ force: true })}>{words.editor.saveAndClose}</button>
      <button type="button" onClick={() => close({ force: true })}>{words.editor.discard}</button>
      <button ref={keep} type="button" onClick={() => useUi.setState({ closing: null })}>{words.editor.keep}</button>
    </div>
  );
}
