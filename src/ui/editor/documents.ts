// The files that stand in the editor. A document is opened by a program in the terminal that waits for it (vi, nano, kubectl edit) or
// from the file list; the difference is only in who gets the text when it is written, and who is told when it is closed.
// The text being edited lives in the editor; here is the text as it was last read or written.
import type { EditorRequest } from '../../session/host/index.ts';
import { useUi } from '../store.ts';
import { draftOf } from './drafts.ts';

export interface OpenDocument {
  readonly key: string;
  readonly path: string;
  /** As last read from the node or written to it. */
  readonly text: string;
  /** As it was when it was opened. */
  readonly opened: string;
  readonly dirty: boolean;
  /** What stood in the editor when it was last taken off the page with unsaved changes. */
  readonly draft: string | null;
  /** The program that waits, when one does. */
  readonly guest: Pick<EditorRequest, 'id' | 'program'> | null;
  readonly readOnly: boolean;
  readonly isNew: boolean;
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Grammar for a path. The node's own files are YAML, INI-like or shell; the rest is shown plain. */
export function languageOf({ path, guest }: Pick<OpenDocument, 'path' | 'guest'>): 'yaml' | 'ini' | 'shell' | 'plaintext' {
  if (guest?.program === 'kubectl-edit' || /\.(ya?ml|json)$/.test(path) || /^\/etc\/kubernetes\/[^/]+\.conf$/.test(path) || path.endsWith('/.kube/config')) return 'yaml';
  if (/\.(service|socket|target|timer|conf|toml|cnf|ini|env)$/.test(path) || path.startsWith('/etc/default/')) return 'ini';
  if (/\.sh$|\/\.(bashrc|profile|bash_\w+)$/.test(path)) return 'shell';
  return 'plaintext';
}

const firstLine = (path: string, text: string, isNew: boolean) =>
  isNew ? `"${path}" [New]` : `"${path}" ${sizeOf(text)}`;

/** `58L, 1475B`, as vim counts. */
export function sizeOf(text: string): string {
  const lines = text === '' ? 0 : text.split('\n').length - Number(text.endsWith('\n'));
  return `${lines}L, ${new TextEncoder().encode(text).length}B`;
}

/** With what was being written into it when the page was last left. */
function withDraft(document: OpenDocument): OpenDocument {
  const draft = draftOf(document);
  return draft === null ? document : { ...document, draft, dirty: draft !== document.text };
}

/** Puts a document in front, or brings it there when it is open already. */
export function openDocument(document: Omit<OpenDocument, 'dirty' | 'draft' | 'opened'>): void {
  const { documents } = useUi.getState();
  const open = documents.some(({ key }) => key === document.key);
  useUi.setState({
    documents: open ? documents : [...documents, withDraft({ ...document, opened: document.text, dirty: false, draft: null })],
    active: document.key,
    pane: 'editor',
    message: firstLine(document.path, document.text, document.isNew),
    closing: null,
  });
}

export function changeDocument(key: string, change: Partial<Pick<OpenDocument, 'text' | 'dirty' | 'draft' | 'isNew'>>): void {
  const { documents } = useUi.getState();
  useUi.setState({ documents: documents.map((document) => (document.key === key ? { ...document, ...change } : document)) });
}

/** Takes a document out; the one before it comes to the front, and the terminal when it was the last. */
export function dropDocument(key: string): void {
  const { documents, active, pane } = useUi.getState();
  const at = documents.findIndex((document) => document.key === key);
  const left = documents.filter((document) => document.key !== key);
  const next = active === key ? (left[Math.max(0, at - 1)]?.key ?? null) : active;
  useUi.setState({ documents: left, active: next, closing: null, comparing: null, pane: left.length === 0 && pane === 'editor' ? 'terminal' : pane });
}

export const activeDocument = (): OpenDocument | undefined => {
  const { documents, active } = useUi.getState();
  return documents.find(({ key }) => key === active);
};
