// Programs in the terminal that wait for the editor: their file comes to the front when they start, and goes when they end without us
// (killed, undone, reset).
import { useEffect } from 'react';
import { focusPane } from '../panes.ts';
import { useUi, useView } from '../store.ts';
import { dropDocument, openDocument } from './documents.ts';

const keyOf = (id: number) => `guest:${id}`;

export function useGuestDocuments(): void {
  const editor = useView((view) => view.editor);
  useEffect(() => {
    for (const { key, guest } of useUi.getState().documents) if (guest && guest.id !== editor?.id) dropDocument(key);
    if (!editor) return;
    const { id, program, path, text, readOnly, isNew } = editor;
    openDocument({ key: keyOf(id), path, text, guest: { id, program }, readOnly, isNew });
    focusPane('editor');
  }, [editor]);
}
