/** The node's memory as `free` and `top` show it: from what its processes hold. KiB. */
import type { ProcessInfo, VTime } from '../../kernel/sys.ts';
import { rssKb } from './index.ts';

/** What the kernel and page cache take. */
const KERNEL_KB = 148_000;
const CACHE_KB = 1_462_000;

export interface Memory { readonly total: number; readonly used: number; readonly cache: number; readonly free: number; readonly available: number }

export function memoryOf(all: readonly ProcessInfo[], total: number, at: VTime): Memory {
  const used = KERNEL_KB + all.reduce((n, p) => n + Math.round(rssKb(p, at) * 0.82), 0);
  const cache = Math.min(CACHE_KB, Math.max(0, total - used - 60_000));
  const free = Math.max(0, total - used - cache);
  return { total, used, cache, free, available: free + Math.round(cache * 0.93) };
}
