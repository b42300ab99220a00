// A Monaco model for each open document.
import { changeDocument, languageOf, type OpenDocument } from './documents.ts';
import { keepSoon } from './keeping.ts';
import { monaco } from './monaco.ts';

export interface Model {
  readonly model: monaco.editor.ITextModel;
  /** What the file now holds; the document is dirty when the editor holds something else. */
  markSaved(text: string): void;
}

export function createModel({ key, text, draft, path, guest }: OpenDocument): Model {
  const model = monaco.editor.createModel(draft ?? shownOf(text), languageOf({ path, guest }));
  let saved = shownOf(text);
  let dirty = model.getValue() !== saved;
  model.onDidChangeContent(() => {
    const now = model.getValue() !== saved;
    if (now !== dirty) changeDocument(key, { dirty: now });
    dirty = now;
    keepSoon();
  });
  return {
    model,
    markSaved(text) {
      saved = shownOf(text);
      dirty = model.getValue() !== saved;
    },
  };
}

/** vim shows no empty line after the newline that ends a file. */
export const shownOf = (text: string): string => text.replace(/\n$/, '');
