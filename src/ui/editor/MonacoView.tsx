// Monaco in the page: one editor, a model for each open document. Loaded with its chunk when a file is first opened.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useSitting, useUi } from '../store.ts';
import { useShade } from '../theme.ts';
import { editorTheme } from './colours.ts';
import { save } from './commands.ts';
import { changeDocument, type OpenDocument } from './documents.ts';
import { DiffView } from './DiffView.tsx';
import { useFault } from './marking.ts';
import { createModel, shownOf, type Model } from './models.ts';
import { monaco } from './monaco.ts';
import { attachNano, nanoKeys } from './nano.ts';
import { setPort } from './port.ts';
import { attachVim } from './vim.ts';
import styles from './MonacoView.module.css';

type Editor = monaco.editor.IStandaloneCodeEditor;

const options: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true, minimap: { enabled: false }, fontSize: 13.5, lineHeight: 20, tabSize: 2, insertSpaces: true, detectIndentation: false,
  scrollBeyondLastLine: false, renderWhitespace: 'boundary', quickSuggestions: false, wordBasedSuggestions: 'off', occurrencesHighlight: 'off',
  links: false, contextmenu: false, codeLens: false, lightbulb: { enabled: 'off' as monaco.editor.ShowLightbulbIconMode }, padding: { top: 8 }, fixedOverflowWidgets: true,
  fontFamily: '"JetBrains Mono", "SF Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "D2Coding", monospace', fontLigatures: false,
};

/** The one editor, made when the pane is drawn. What it holds when it goes is kept with the documents. */
function useMonaco() {
  const words = useWords();
  const shade = useShade();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  const models = useRef(new Map<string, Model>());
  const [model, setModel] = useState<monaco.editor.ITextModel | null>(null);

  useEffect(() => {
    const made = monaco.editor.create(place.current!, { ...options, model: null, theme: editorTheme(shade), ariaLabel: `${words.editor.label}. ${words.editor.leave}` });
    editor.current = made;
    made.onDidChangeModel(() => setModel(made.getModel()));
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => save());
    setPort({ text: (key) => models.current.get(key)?.model.getValue(), focus: () => made.focus(), type: (text) => made.trigger('keyboard', 'type', { text }) });
    const open = models.current;
    return () => {
      setPort(null);
      made.dispose();
      for (const [key, { model }] of open) {
        changeDocument(key, { draft: model.getValue() });
        model.dispose();
      }
      open.clear();
    };
    // The editor is made once; what follows keeps it current.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => monaco.editor.setTheme(editorTheme(shade)), [shade]);

  return { place, editor, models, model };
}

export default function MonacoView({ front, documents }: { front: OpenDocument; documents: readonly OpenDocument[] }) {
  const words = useWords();
  const isNano = front.guest?.program === 'nano';
  const vimKeys = useUi((state) => state.vimKeys) && !isNano;
  const message = useUi((state) => state.message);
  const { place, editor, models, model } = useMonaco();
  const status = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (vimKeys) return attachVim(editor.current!, status.current!);
    return isNano ? attachNano(editor.current!) : undefined;
  }, [editor, vimKeys, isNano]);

  useEffect(() => {
    const open = models.current;
    const gone = [...open].filter(([key]) => !documents.some((each) => each.key === key));
    // From the store and not as drawn: an editor that has just left the page has put its drafts there since.
    for (const each of useUi.getState().documents) {
      if (!open.has(each.key)) open.set(each.key, createModel(each));
      open.get(each.key)!.markSaved(each.text);
    }
    editor.current!.setModel(open.get(front.key)!.model);
    for (const [key, { model }] of gone) {
      model.dispose();
      open.delete(key);
    }
  }, [editor, models, front.key, documents]);

  const isComparing = useUi((state) => state.comparing === front.key);
  const before = useBefore(front, isComparing);
  const fault = useFault(model);
  useEffect(() => {
    if (!isComparing) editor.current!.focus();
  }, [editor, front.key, isComparing]);

  const goTo = (lineNumber: number) => {
    editor.current!.setPosition({ lineNumber, column: 1 });
    editor.current!.revealLineInCenterIfOutsideViewport(lineNumber);
    editor.current!.focus();
  };

  return (
    <>
      <div ref={place} className={styles.editor} inert={isComparing} hidden={isComparing} />
      {isComparing && model && <DiffView before={before} model={model} options={options} />}
      {isNano && <NanoKeys editor={editor} />}
      <div className={styles.status}>
        <div ref={status} className={styles.vim} />
        {fault && <button type="button" className={styles.fault} title={words.editor.goToLine(fault.line)} onClick={() => goTo(fault.line)}>{fault.message}</button>}
        <span role="status">{message}</span>
      </div>
    </>
  );
}

/** What nano says on its bottom lines, as buttons. */
function NanoKeys({ editor }: { editor: React.RefObject<Editor | null> }) {
  const words = useWords().editor.nano;
  return (
    <div className={styles.nano}>
      {Object.values(nanoKeys).map(({ key, name, run }) => (
        <button
          key={key} type="button" className="quiet"
          onClick={() => {
            editor.current?.focus();
            run(editor.current!);
          }}
        >
          <kbd>{key}</kbd> {words[name]}
        </button>
      ))}
    </div>
  );
}

/** What the document was when the task began, or when it was opened if it is no file of the node. */
function useBefore({ path, opened, guest }: OpenDocument, isComparing: boolean): string {
  const sitting = useSitting();
  return useMemo(() => {
    if (!isComparing || !sitting) return '';
    return shownOf(guest?.program === 'kubectl-edit' ? opened : sitting.fileAtTaskStart(path) ?? '');
  }, [path, opened, guest, isComparing, sitting]);
}
