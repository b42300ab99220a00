// Fetches a lab's opening that the build kept, once: whoever knows early which lab is wanted asks early. Anything wrong with it (not built,
// another seed, damaged) means that the page boots the cluster itself, which takes seconds longer and ends in the same state.
import type { SessionOptions } from '../core/index.ts';
import { build } from './build.ts';
import { unpack } from './packing.ts';

type Opening = NonNullable<SessionOptions['opening']>;

interface Start { unpackOpening(text: string, seed: number): Opening }

declare global {
  /** What an opening that comes as a script calls: its name, and itself, packed. */
  var crashloopOpening: ((name: string, packed: string) => void) | undefined;
}

/** An opening is at most this long once it is unpacked. */
const openingBytes = 64 << 20;

const texts = new Map<string, Promise<string | undefined>>();
const packedOpenings = new Map<string, string>();

/** Begins to fetch; a second call is free. Undefined when there is none. */
export function prefetchOpening(lab: string, seed = 1): Promise<string | undefined> {
  const name = `${lab}-${seed}-${build}`;
  const before = texts.get(name);
  if (before) return before;
  // A page without an origin may not fetch from its own host, which does not know it, but may load scripts from there.
  const text = (globalThis.origin === 'null' ? loadScript(name) : fetchText(name)).catch(() => undefined);
  texts.set(name, text);
  return text;
}

const addressOf = (name: string, type: 'world' | 'js') => new URL(`openings/${encodeURIComponent(name)}.${type}`, document.baseURI);

async function fetchText(name: string): Promise<string | undefined> {
  const response = await fetch(addressOf(name, 'world'));
  if (!response.ok || response.body === null || response.headers.get('content-type')?.includes('text/html') === true) return undefined;
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text();
}

async function loadScript(name: string): Promise<string | undefined> {
  globalThis.crashloopOpening ??= (name, packed) => void packedOpenings.set(name, packed);
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: addressOf(name, 'js').href, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const packed = packedOpenings.get(name);
  packedOpenings.delete(name);
  return packed === undefined ? undefined : unpack(packed, openingBytes);
}

export async function fetchOpening(start: Promise<Start>, lab: string, seed: number): Promise<Opening | undefined> {
  const [{ unpackOpening }, text] = await Promise.all([start, prefetchOpening(lab, seed)]);
  // A sitting is opened once a page; opened again, it fetches again, from the browser's cache.
  texts.delete(`${lab}-${seed}-${build}`);
  try {
    return text === undefined ? undefined : unpackOpening(text, seed);
  } catch {
    return undefined;
  }
}
