// The address of a lab's frame. Values are not judged here: the frame does that, and names what it does not know in the console.
import type { EmbedOptions, FrameOptions } from '../embed.d.ts';

const parameters = ['lab', 'task', 'lang', 'theme', 'layout', 'run', 'hide', 'progress', 'hints', 'solution', 'timer', 'cmd'] as const satisfies readonly (keyof FrameOptions)[];

/** Attributes of the element that are options and no parameters. */
const others = ['title', 'height', 'grow', 'base'] as const;

/** The frame's address. The nonce stands in the fragment, which no server sees. */
export function frameAddress(base: string, options: FrameOptions, origin: string, nonce: string): URL {
  const address = new URL('embed.html', base);
  for (const key of parameters) if (options[key] !== undefined) address.searchParams.set(key, String(options[key]));
  address.searchParams.set('api', '1');
  address.searchParams.set('origin', origin);
  address.hash = nonce;
  return address;
}

/** The options that an element's attributes say. */
export function optionsOf(element: Element): EmbedOptions {
  const said = [...parameters, ...others].flatMap((key): [string, string | number][] => {
    const value = element.getAttribute(key);
    if (value === null) return [];
    return [[key, key === 'height' || key === 'grow' ? Number(value) : value]];
  });
  return { ...Object.fromEntries(said), sandboxed: element.hasAttribute('sandboxed') };
}
