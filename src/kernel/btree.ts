/**
 * The ordered copy-on-write tree everything that lasts is kept in. Node's loader hands a CommonJS package's exports as
 * one object where bundlers hand its default export; here both become the class.
 */
import Sorted from 'sorted-btree';

const BTree = (Sorted as unknown as { readonly default?: typeof Sorted }).default ?? Sorted;
type BTree<K, V> = Sorted<K, V>;

export { BTree as default };
