// embed.js and embed.esm.js: the small script that course pages load. The build makes it twice, as a plain script with a global
// `Crashloop` and as a module; both define the element.
import type { embed as Embed } from './embed.d.ts';
import { labElement } from './sdk/element.ts';
import { embed as embedInto } from './sdk/embed.ts';

// A plain script knows its own address by the element that runs it, a module by its meta data.
const base = (document.currentScript as HTMLScriptElement | null)?.src ?? import.meta.url;

export const embed: typeof Embed = async (target, options = {}) => {
  const place = typeof target === 'string' ? document.querySelector(target) : target;
  if (!place) throw new Error(`Nothing on this page matches ${String(target)}.`);
  return embedInto(place, base, options).lab;
};

if (!customElements.get('crashloop-lab')) customElements.define('crashloop-lab', labElement(base));
