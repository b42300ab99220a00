// Keeps what is being written, shortly after each change of it and when the page is left; and puts it back when the lab is open again.
import { useEffect } from 'react';
import { onReset } from '../lab.ts';
import { useSitting, useUi } from '../store.ts';
import { openDocument, type OpenDocument } from './documents.ts';
import { forgetDrafts, keepDrafts, recallDrafts, type Draft } from './drafts.ts';
import { currentText } from './port.ts';

const afterMs = 250;

const draftNow = (document: OpenDocument): Draft => ({
  key: document.key, path: document.path, draft: currentText(document), text: document.text, isOwn: document.guest === null,
});

/** Writes down what is being written. */
function keepNow(): void {
  keepDrafts(useUi.getState().documents.filter(({ dirty }) => dirty).map(draftNow));
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** To be called at each change of a text. */
export function keepSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(keepNow, afterMs);
}

export function useKeptDrafts(): void {
  const sitting = useSitting();
  useEffect(() => {
    if (!sitting) return;
    for (const { key, path } of recallDrafts()) {
      const text = sitting.readFile(path);
      openDocument({ key, path, text: text ?? '', guest: null, readOnly: false, isNew: text === null });
    }
    const stopWatching = useUi.subscribe((now, before) => {
      if (now.documents !== before.documents) keepSoon();
    });
    const stopHearing = onReset((scope) => scope === 'lab' && forgetDrafts());
    window.addEventListener('pagehide', keepNow);
    return () => {
      stopWatching();
      stopHearing();
      window.removeEventListener('pagehide', keepNow);
    };
  }, [sitting]);
}
