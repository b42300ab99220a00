// A document beside what it was when the task began. The right side is the document itself: one can go on writing there.
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.ts';
import { monaco } from './monaco.ts';
import styles from './MonacoView.module.css';

type Options = monaco.editor.IStandaloneEditorConstructionOptions;

export function DiffView({ before, model, options }: { before: string; model: monaco.editor.ITextModel; options: Options }) {
  const words = useWords();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const original = monaco.editor.createModel(before, model.getLanguageId());
    const editor = monaco.editor.createDiffEditor(place.current!, {
      ...options, originalEditable: false, renderOverviewRuler: false, hideUnchangedRegions: { enabled: true },
    });
    editor.setModel({ original, modified: model });
    // Named one by one: the diff editor's own options for it leave the text fields without a name.
    editor.getOriginalEditor().updateOptions({ ariaLabel: words.editor.before });
    editor.getModifiedEditor().updateOptions({ ariaLabel: `${words.editor.label}. ${words.editor.leave}` });
    editor.getModifiedEditor().focus();
    return () => {
      editor.dispose();
      original.dispose();
    };
  }, [before, model, options, words]);
  return <div ref={place} className={styles.diff} />;
}
