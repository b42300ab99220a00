// Between the page and whichever editor is loaded: Monaco puts itself here when its chunk arrives, so that nothing else needs to know
// it, and another editor could take its place on small screens.
import type { OpenDocument } from './documents.ts';

export interface EditorPort {
  /** The text being edited; undefined for a document the editor has not shown yet. */
  text(key: string): string | undefined;
  focus(): void;
  /** Types at the cursor, as the keyboard would. */
  type(text: string): void;
}

let port: EditorPort | null = null;

export function setPort(next: EditorPort | null): void {
  port = next;
}

/** The document's text as it stands in the editor. */
export const currentText = (document: OpenDocument): string => port?.text(document.key) ?? document.draft ?? document.text;

export const typeInEditor = (text: string): void => port?.type(text);

export const focusEditor = (): void => port?.focus();
