/**
 * The store's hash, which etcd logs at each compaction and members compare with each other: CRC-32C over keys and their
 * revisions. Not modelled: the values' bytes, for a value here is JSON.
 */
import { encodeUtf8 } from '../../base/utf8.ts';
import type { EtcdDb } from './db.ts';
import { walk } from '../../base/tree.ts';

const CASTAGNOLI = 0x82f63b78;
const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ CASTAGNOLI : rest >>> 1;
  return rest;
});

function crc32c(before: number, bytes: string): number {
  let crc = ~before;
  for (let at = 0; at < bytes.length; at++) crc = table[(crc ^ bytes.charCodeAt(at)) & 255]! ^ (crc >>> 8);
  return ~crc;
}

/** Unsigned 32 bits. */
export function contentHash({ keys }: EtcdDb): number {
  let crc = 0;
  walk(keys, '', null, (key, { modRevision }) => { crc = crc32c(crc, encodeUtf8(`${key}@${modRevision}`)); });
  return crc >>> 0;
}
