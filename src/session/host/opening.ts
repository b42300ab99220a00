// Fetches a lab's opening that the build kept. Anything wrong with it (not built, another seed, damaged) means that the page boots the
// cluster itself, which takes a second or two longer and ends in the same state.
import type { SessionOptions } from '../core/index.ts';
import { build } from './build.ts';

type Opening = NonNullable<SessionOptions['opening']>;

interface Core { unpackOpening(text: string, seed: number): Opening }

export async function fetchOpening(core: Promise<Core>, lab: string, seed: number): Promise<Opening | undefined> {
  try {
    const response = await fetch(new URL(`openings/${encodeURIComponent(lab)}-${seed}-${build}.world`, document.baseURI));
    if (!response.ok || response.body === null || response.headers.get('content-type')?.includes('text/html') === true) return undefined;
    const text = await new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text();
    return (await core).unpackOpening(text, seed);
  } catch {
    return undefined;
  }
}
