// Lets index.html name the simulation's chunk, so that a browser fetches and compiles it beside the page's own script and not after that
// has run. Fails where there is no such chunk, rather than let a page be slow in silence.
import type { Plugin } from 'vite';

export function preloadCore(): Plugin {
  return {
    name: 'crashloop-preload-core',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const core = Object.values(bundle ?? {}).find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/src/session/core/index.ts') === true);
        if (!core) throw new Error('preload: the simulation is no chunk of its own');
        return [{ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `./${core.fileName}` }, injectTo: 'head' }];
      },
    },
  };
}
