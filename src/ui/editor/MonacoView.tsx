// Monaco in the page: one editor, a model for each open document. Loaded with its chunk when a file is first opened.
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.ts';
import { useUi } from '../store.ts';
import { useShade } from '../theme.ts';
import { editorTheme } from './colours.ts';
import { close, save, saveIfDirtyAndClose } from './commands.ts';
import { changeDocument, languageOf, type OpenDocument } from './documents.ts';
import { monaco } from './monaco.ts';
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

export default function MonacoView({ front, documents }: { front: OpenDocument; documents: readonly OpenDocument[] }) {
  const words = useWords();
  const shade = useShade();
  const isNano = front.guest?.program === 'nano';
  const vimKeys = useUi((state) => state.vimKeys) && !isNano;
  const message = useUi((state) => state.message);
  const place = useRef<HTMLDivElement>(null);
  const status = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  const models = useRef(new Map<string, Model>());

  useEffect(() => {
    const made = monaco.editor.create(place.current!, { ...options, model: null, theme: editorTheme(shade), ariaLabel: words.editor.label });
    editor.current = made;
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => save());
    setPort({ text: (key) => models.current.get(key)?.model.getValue(), focus: () => made.focus() });
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

  useEffect(() => {
    if (vimKeys) return attachVim(editor.current!, status.current!);
    return isNano ? attachNano(editor.current!) : undefined;
  }, [vimKeys, isNano]);

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
  }, [front.key, documents]);

  useEffect(() => editor.current!.focus(), [front.key]);

  return (
    <>
      <div ref={place} className={styles.editor} />
      <div className={styles.status}>
        <div ref={status} className={styles.vim} />
        <span role="status">{message}</span>
      </div>
    </>
  );
}

interface Model {
  readonly model: monaco.editor.ITextModel;
  /** What the file now holds; the document is dirty when the editor holds something else. */
  markSaved(text: string): void;
}

function createModel({ key, text, draft, path, guest }: OpenDocument): Model {
  const model = monaco.editor.createModel(draft ?? shownOf(text), languageOf({ path, guest }));
  let saved = shownOf(text);
  let dirty = model.getValue() !== saved;
  model.onDidChangeContent(() => {
    const now = model.getValue() !== saved;
    if (now !== dirty) changeDocument(key, { dirty: now });
    dirty = now;
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
const shownOf = (text: string) => text.replace(/\n$/, '');

/** nano's two keys, which are on every one of its screens. */
function attachNano(editor: Editor): () => void {
  const keys = editor.onKeyDown((event) => {
    if (!event.ctrlKey || event.altKey || event.metaKey) return;
    const run = { KeyO: () => save(), KeyX: () => saveIfDirtyAndClose(), KeyQ: () => close() }[event.browserEvent.code];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  });
  return () => keys.dispose();
}
