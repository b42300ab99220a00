// Where the page keeps things between visits: IndexedDB, or memory where that is blocked (sandboxed frames, private modes).
// Browsers refuse in many ways, some on mere access, so it is tried once and the answer believed.
import { createStore, del, get, set } from 'idb-keyval';

export interface Storage {
  /** False when what is stored ends with the page. */
  readonly lasts: boolean;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Keeps things until the page is closed. */
export function memory(): Storage {
  const values = new Map<string, unknown>();
  return {
    lasts: false,
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, structuredClone(value)),
    delete: async (key) => void values.delete(key),
  };
}

/** Opens IndexedDB, trying a write; falls back to memory. */
export async function openStorage(): Promise<Storage> {
  try {
    const store = createStore('crashloop', 'saves');
    await set('probe', 1, store);
    return {
      lasts: true,
      get: (key) => get(key, store),
      set: (key, value) => set(key, value, store),
      delete: (key) => del(key, store),
    };
  } catch {
    return memory();
  }
}
