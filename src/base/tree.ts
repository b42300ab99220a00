/**
 * An immutable ordered map from strings to values, made of plain objects (a weight-balanced tree), so that a
 * version of it can lie in a file, cross a socket and be saved by reference. A change copies only its path.
 */

/** `n` is the number of keys below and including this node. */
export interface Node<V> { readonly k: string; readonly v: V; readonly n: number; readonly l: Tree<V>; readonly r: Tree<V> }
/** null is the empty map. */
export type Tree<V> = Node<V> | null;

export const size = <V>(t: Tree<V>): number => (t === null ? 0 : t.n);
const node = <V>(k: string, v: V, l: Tree<V>, r: Tree<V>): Node<V> => ({ k, v, n: size(l) + size(r) + 1, l, r });

/** Rebuilds a node of which one side grew or shrank by one. */
function balance<V>(k: string, v: V, l: Tree<V>, r: Tree<V>): Node<V> {
  const [nl, nr] = [size(l), size(r)];
  if (nl + nr > 1) {
    if (r !== null && nr > 3 * nl) {
      if (size(r.l) < 2 * size(r.r)) return node(r.k, r.v, node(k, v, l, r.l), r.r);
      const m = r.l!;
      return node(m.k, m.v, node(k, v, l, m.l), node(r.k, r.v, m.r, r.r));
    }
    if (l !== null && nl > 3 * nr) {
      if (size(l.r) < 2 * size(l.l)) return node(l.k, l.v, l.l, node(k, v, l.r, r));
      const m = l.r!;
      return node(m.k, m.v, node(l.k, l.v, l.l, m.l), node(k, v, m.r, r));
    }
  }
  return node(k, v, l, r);
}

export function lookup<V>(t: Tree<V>, key: string): V | undefined {
  while (t !== null) {
    if (key === t.k) return t.v;
    t = key < t.k ? t.l : t.r;
  }
  return undefined;
}

/** The map with `key` set to `value`. */
export function insert<V>(t: Tree<V>, key: string, value: V): Node<V> {
  if (t === null) return node(key, value, null, null);
  if (key === t.k) return node(key, value, t.l, t.r);
  return key < t.k ? balance(t.k, t.v, insert(t.l, key, value), t.r) : balance(t.k, t.v, t.l, insert(t.r, key, value));
}

function first<V>(t: Node<V>): Node<V> {
  while (t.l !== null) t = t.l;
  return t;
}

/** The map without `key`; the same object when it was not there. */
export function remove<V>(t: Tree<V>, key: string): Tree<V> {
  if (t === null) return null;
  if (key < t.k) {
    const l = remove(t.l, key);
    return l === t.l ? t : balance(t.k, t.v, l, t.r);
  }
  if (key > t.k) {
    const r = remove(t.r, key);
    return r === t.r ? t : balance(t.k, t.v, t.l, r);
  }
  if (t.l === null) return t.r;
  if (t.r === null) return t.l;
  const next = first(t.r);
  return balance(next.k, next.v, t.l, remove(t.r, next.k));
}

/** Calls `see` for each key from `from` on, below `to` (null: no end), in order, until it returns false. */
export function walk<V>(t: Tree<V>, from: string, to: string | null, see: (key: string, value: V) => boolean | void): boolean {
  if (t === null) return true;
  if (t.k >= from && !walk(t.l, from, to, see)) return false;
  if (t.k >= from && (to === null || t.k < to) && see(t.k, t.v) === false) return false;
  return to !== null && t.k >= to ? true : walk(t.r, from, to, see);
}

/** The end of the range of keys that begin with `prefix`; null when there is none (etcd's prefix range). */
export function prefixEnd(prefix: string): string | null {
  return prefix === '' ? null : prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
