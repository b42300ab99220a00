// What is being written and not saved yet outlives a reload: it is kept in the browser's storage, beside the lab it belongs to. Storage may be
// blocked; then it lasts as long as the page.
import { request } from '../store.ts';
import type { OpenDocument } from './documents.ts';

export interface Draft {
  readonly key: string;
  readonly path: string;
  readonly draft: string;
  /** What the node held when the draft was written; a draft of another text is not shown. */
  readonly text: string;
  /** It was opened from the file list, so that nothing else will open it again. */
  readonly isOwn: boolean;
}

const place = () => `crashloop/drafts/${request.lab}`;

/** A lab that begins anew with each load has nothing to go on with. */
const isKept = () => request.task === undefined && request.seed === undefined && request.clock === 'live';

function read(): readonly Draft[] {
  try {
    const found: unknown = isKept() ? JSON.parse(localStorage.getItem(place()) ?? '[]') : [];
    return Array.isArray(found) ? found.filter(isDraft) : [];
  } catch {
    return [];
  }
}

function isDraft(value: unknown): value is Draft {
  const { key, path, draft, text, isOwn } = (value ?? {}) as Partial<Record<keyof Draft, unknown>>;
  return [key, path, draft, text].every((part) => typeof part === 'string') && typeof isOwn === 'boolean';
}

/** The drafts that the page was left with; each is used once. */
let left = new Map<string, Draft>();

/** Reads what the page was left with; returns the drafts of files that were opened from the list. */
export function recallDrafts(): readonly Draft[] {
  left = new Map(read().map((draft) => [draft.key, draft]));
  return [...left.values()].filter(({ isOwn }) => isOwn);
}

/** The draft a document was left with, if its file still is what it was. */
export function draftOf({ key, path, text }: Pick<OpenDocument, 'key' | 'path' | 'text'>): string | null {
  const found = left.get(key);
  left.delete(key);
  return found?.path === path && found.text === text ? found.draft : null;
}

/** Keeps these drafts and no others, but for those that still wait for their document to be opened. */
export function keepDrafts(drafts: readonly Draft[]): void {
  if (!isKept()) return;
  try {
    const all = [...left.values(), ...drafts];
    if (all.length === 0) localStorage.removeItem(place());
    else localStorage.setItem(place(), JSON.stringify(all));
  } catch {
    // Blocked, or full.
  }
}

/** Forgets all of them, as when the lab begins anew. */
export function forgetDrafts(): void {
  left.clear();
  keepDrafts([]);
}
