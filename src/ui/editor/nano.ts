// nano's keys that make sense on one file in an editor of its own: those on its bottom lines. The buttons below the text do the same.
import { closeOrAsk, save } from './commands.ts';
import { activeDocument } from './documents.ts';
import type { monaco } from './monaco.ts';

type Editor = monaco.editor.IStandaloneCodeEditor;

/** What was cut last; lines cut one after another are pasted together. */
let cutText = '';
let cutAt = '';

function cutLine(editor: Editor): void {
  const model = editor.getModel();
  const position = editor.getPosition();
  if (!model || !position) return;
  const { lineNumber } = position;
  const isLast = lineNumber === model.getLineCount();
  const range = isLast
    ? { startLineNumber: lineNumber, startColumn: 1, endLineNumber: lineNumber, endColumn: model.getLineMaxColumn(lineNumber) }
    : { startLineNumber: lineNumber, startColumn: 1, endLineNumber: lineNumber + 1, endColumn: 1 };
  const place = `${model.id}:${lineNumber}`;
  const line = `${model.getLineContent(lineNumber)}\n`;
  cutText = cutAt === place ? cutText + line : line;
  cutAt = place;
  editor.pushUndoStop();
  editor.executeEdits('nano', [{ range, text: '' }]);
}

function paste(editor: Editor): void {
  const position = editor.getPosition();
  if (!position || cutText === '') return;
  cutAt = '';
  const { lineNumber, column } = position;
  editor.pushUndoStop();
  editor.executeEdits('nano', [{ range: { startLineNumber: lineNumber, startColumn: column, endLineNumber: lineNumber, endColumn: column }, text: cutText, forceMoveMarkers: true }]);
}

/** As on nano's bottom lines: the key after Ctrl, and what it does. */
export const nanoKeys = {
  KeyO: { key: '^O', name: 'save', run: () => void save() },
  KeyX: { key: '^X', name: 'close', run: () => void closeOrAsk(activeDocument()?.key ?? '') },
  KeyK: { key: '^K', name: 'cut', run: cutLine },
  KeyU: { key: '^U', name: 'paste', run: paste },
} as const satisfies Record<string, { key: string; name: string; run: (editor: Editor) => void }>;

/** Gives an editor nano's keys; returns the way back. */
export function attachNano(editor: Editor): () => void {
  const keys = editor.onKeyDown((event) => {
    if (!event.ctrlKey || event.altKey || event.metaKey) return;
    const binding = Object.entries(nanoKeys).find(([code]) => code === event.browserEvent.code)?.[1];
    if (!binding) return;
    event.preventDefault();
    event.stopPropagation();
    binding.run(editor);
  });
  return () => keys.dispose();
}
