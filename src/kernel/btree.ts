/**
 * The ordered copy-on-write tree everything that lasts is kept in. Node's loader hands a CommonJS package's exports as
 * one object where bundlers hand its default export; here both become the class.
 */
import Sorted from 'sorted-btree';

const BTree = (Sorted as unknown as { readonly default?: typeof Sorted }).default ?? Sorted;
type BTree<K, V> = Sorted<K, V>;

// The package's own order asks for the types of both keys each time. Two functions, so that engines specialise each.
const textOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const numberOrder = (a: number, b: number): number => a - b;

/** An empty tree by code units. */
export const byText = <V>(): BTree<string, V> => new BTree<string, V>(undefined, textOrder);
/** An empty tree by numbers. */
export const byNumber = <V>(): BTree<number, V> => new BTree<number, V>(undefined, numberOrder);

export { BTree as default };
