// Lets index.html name the chunks that a lab's prompt takes, and a script that asks for its opening, so that a browser fetches them beside
// the page's own script and not after that has run. Fails where there is no such chunk, rather than let a page be slow in silence.
import type { Plugin, Rolldown } from 'vite';
import { buildId } from './build-id.mjs';

type Bundle = Rolldown.OutputBundle;

/** A chunk and all that it imports at once, but for what the page's own script brings along. */
function together(bundle: Bundle, fileName: string, found: Set<string>): Set<string> {
  const chunk = bundle[fileName];
  if (found.has(fileName) || chunk?.type !== 'chunk') return found;
  found.add(fileName);
  for (const each of chunk.imports) together(bundle, each, found);
  return found;
}

export function preloadCore(): Plugin {
  return {
    name: 'crashloop-preload-core',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const start = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/session/core/start.ts') === true);
        if (!start) throw new Error('preload: what a prompt takes is no chunk of its own');
        const files = [...together(bundle, start.fileName, new Set())].filter((fileName) => !html.includes(fileName));
        return [
          { tag: 'script', attrs: { async: true, src: './prefetch.js', 'data-build': buildId() }, injectTo: 'head-prepend' as const },
          ...files.map((fileName) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` }, injectTo: 'head' as const })),
        ];
      },
    },
  };
}
