/**
 * Ordered string-keyed tables with cheap immutable versions: how the threads of a process share state.
 * A view clones the tree's root (copy on write underneath), so taking one is O(1) and keeping one is safe.
 */
import { byText } from './btree.ts';
import type BTree from './btree.ts';
import type { TableView } from './sys.ts';

/** An immutable version of a table. */
export class View<T = unknown> implements TableView<T> {
  readonly version: number;
  readonly #tree: BTree<string, T>;
  constructor(tree: BTree<string, T>, version: number) {
    this.#tree = tree;
    this.version = version;
  }
  get size(): number { return this.#tree.size; }
  get(key: string): T | undefined { return this.#tree.get(key); }
  has(key: string): boolean { return this.#tree.has(key); }
  keys(): IterableIterator<string> { return this.#tree.keys(); }
  values(): IterableIterator<T> { return this.#tree.values(); }
  entries(from?: string): IterableIterator<[string, T]> { return this.#tree.entries(from); }
}

/** A mutable table of one process. `version` grows with each change; `object` is what its waiters wait on. */
export class Table {
  readonly object: number;
  version: number;
  tree: BTree<string, unknown>;
  #view: View | null = null;
  constructor(object: number, tree = byText<unknown>(), version = 0) {
    this.object = object;
    this.tree = tree;
    this.version = version;
  }
  put(key: string, value: unknown): void {
    this.tree.set(key, value);
    this.changed();
  }
  del(key: string): boolean {
    const there = this.tree.delete(key);
    if (there) this.changed();
    return there;
  }
  view(): View {
    return (this.#view ??= new View(this.tree.clone(), this.version));
  }
  clone(): Table {
    return new Table(this.object, this.tree.clone(), this.version);
  }
  private changed(): void {
    this.version++;
    this.#view = null;
  }
}
