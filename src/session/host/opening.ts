// Fetches what the build kept of a lab's opening: its front, which a prompt takes, and the whole. Anything wrong with it (not built, another
// seed, damaged) means that the page boots the cluster itself, which takes seconds longer and ends in the same state.
import type { SessionOptions } from '../core/index.ts';
import { build } from './build.ts';
import { loadWhole } from './code.ts';
import { browserHost } from './pacer.ts';
import { unpack } from './packing.ts';
import { work } from './work.ts';

type Opening = NonNullable<SessionOptions['opening']>;
/** As the files are called. */
type Part = 'front' | 'world';

declare global {
  /** What a part calls that comes as a script: its name, and itself, packed. */
  var crashloopOpening: ((name: string, packed: string) => void) | undefined;
}

/** An opening is at most this long once it is unpacked. */
const openingBytes = 64 << 20;

const texts = new Map<string, Promise<string | undefined>>();
const packedParts = new Map<string, string>();

const nameOf = (lab: string, seed: number, part: Part) => `${lab}-${seed}-${build}.${part}`;

/** Begins to fetch; a second call is free. Undefined when there is none. */
export function prefetch(part: Part, lab: string, seed = 1): Promise<string | undefined> {
  const name = nameOf(lab, seed, part);
  const before = texts.get(name);
  if (before) return before;
  // A page without an origin may not fetch from its own host, which does not know it, but may load scripts from there.
  const text = (globalThis.origin === 'null' ? loadScript(name) : fetchText(name)).catch(() => undefined);
  texts.set(name, text);
  return text;
}

const addressOf = (name: string) => new URL(`openings/${encodeURIComponent(name)}`, document.baseURI);

async function fetchText(name: string): Promise<string | undefined> {
  const response = await fetch(addressOf(name));
  if (!response.ok || response.body === null || response.headers.get('content-type')?.includes('text/html') === true) return undefined;
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text();
}

async function loadScript(name: string): Promise<string | undefined> {
  globalThis.crashloopOpening ??= (name, packed) => void packedParts.set(name, packed);
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: addressOf(`${name}.js`).href, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const packed = packedParts.get(name);
  packedParts.delete(name);
  return packed === undefined ? undefined : unpack(packed, openingBytes);
}

/** What was fetched is used once; used again, it is fetched again, from the browser's cache. */
function take(part: Part, lab: string, seed: number): Promise<string | undefined> {
  const text = prefetch(part, lab, seed);
  texts.delete(nameOf(lab, seed, part));
  return text;
}

export const fetchFront = (lab: string, seed: number): Promise<string | undefined> => take('front', lab, seed);

export async function fetchOpening(lab: string, seed: number): Promise<Opening | undefined> {
  const [{ unpackingOpening }, text] = await Promise.all([loadWhole(), take('world', lab, seed)]);
  if (text === undefined) return undefined;
  return work(browserHost, unpackingOpening(text, seed)).done.catch(() => undefined);
}
