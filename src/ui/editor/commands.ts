// What one can do to the document in front: write it, close it, both. The vim commands and the buttons are two ways to the same few
// functions; each leaves vim's own words in the message line.
import { useUi } from '../store.ts';
import { focusPane } from '../panes.ts';
import { activeDocument, changeDocument, dropDocument, openDocument, sizeOf, type OpenDocument } from './documents.ts';
import { currentText } from './port.ts';

const say = (message: string) => useUi.setState({ message });

/** Writes the document in front (`:w`); returns whether it was written. */
export function save({ force = false } = {}): boolean {
  const document = activeDocument();
  const sitting = useUi.getState().opened?.sitting;
  if (!document || !sitting) return false;
  if (document.readOnly && !force) {
    say("E45: 'readonly' option is set (add ! to override)");
    return false;
  }
  const text = withFinalNewline(currentText(document));
  if (document.guest) sitting.editorSave(document.guest.id, text);
  else sitting.writeFile(document.path, text);
  changeDocument(document.key, { text, dirty: false, isNew: false });
  say(`"${document.path}" ${document.isNew ? '[New] ' : ''}${sizeOf(text)} written`);
  return true;
}

/** Closes the document in front (`:q`). With unsaved changes it stays open and says so, unless forced (`:q!`). */
export function close({ force = false, exitCode = 0 as 0 | 1 } = {}): boolean {
  const document = activeDocument();
  if (!document) return false;
  if (document.dirty && !force) {
    say('E37: No write since last change (add ! to override)');
    return false;
  }
  release(document, exitCode);
  return true;
}

/** `:wq`. */
export function saveAndClose({ force = false } = {}): boolean {
  return save({ force }) && close();
}

/** `:x` and `ZZ`: writes only when there is something to write. */
export function saveIfDirtyAndClose({ force = false } = {}): boolean {
  return activeDocument()?.dirty ? saveAndClose({ force }) : close();
}

/** The close button: asks instead of refusing. */
export function closeOrAsk(key: string): void {
  const document = useUi.getState().documents.find((candidate) => candidate.key === key);
  useUi.setState({ active: key, ...(document?.dirty ? { closing: key } : {}) });
  if (document && !document.dirty) release(document, 0);
}

/** Opens a file of the node from the file list. */
export function openFile(path: string): boolean {
  const text = useUi.getState().opened?.sitting.readFile(path) ?? null;
  // NUL is how one tells a binary from a text; the editor would mangle it.
  if (text === null || text.includes('\0')) return false;
  openDocument({ key: path, path, text, guest: null, readOnly: false, isNew: false });
  focusPane('editor');
  return true;
}

function release(document: OpenDocument, exitCode: 0 | 1): void {
  dropDocument(document.key);
  if (document.guest) useUi.getState().opened?.sitting.editorQuit(document.guest.id, exitCode);
  if (document.guest || useUi.getState().documents.length === 0) focusPane('terminal');
}

/** vim ends the last line of what it writes. */
const withFinalNewline = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
