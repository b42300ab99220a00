// Turns the frame's bundle, which Rolldown writes as CommonJS chunks, into plain scripts for src/embed/loader.ts, and writes embed.html
// with the tags they need. Fails where a chunk has a form it does not know, rather than let a frame find out.
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string> } };

/** Scripts come from our own host and nowhere else, and none is inline. xterm and Monaco write style elements, hence that one word. */
export const frameCsp = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const folder = 'embed/';
const lazy = /Promise\.resolve\(\)\.then\(\(\)\s*=>\s*require\((["'`])(\.\/[^"'`]+)\1\)\)/g;

const isChunk = (file: Bundle[string] | undefined): file is Chunk => file?.type === 'chunk';
const chunksOf = (bundle: Bundle): Chunk[] => Object.values(bundle).filter(isChunk);
const localName = (fileName: string) => `./${fileName.slice(folder.length)}`;

/** A chunk and all that it imports at once. */
function together(bundle: Bundle, fileName: string, found = new Set<string>()): Set<string> {
  const chunk = bundle[fileName];
  if (found.has(fileName) || !isChunk(chunk)) return found;
  found.add(fileName);
  for (const each of chunk.imports) together(bundle, each, found);
  return found;
}

/** The chunk as a call that registers it. */
export function wrapped(name: string, code: string, lazyImports: number): string {
  let found = 0;
  const body = code.replace(lazy, (_, _quote, target: string) => {
    found++;
    return `load(${JSON.stringify(target)})`;
  });
  if (found !== lazyImports) throw new Error(`embed: ${name} imports ${lazyImports} chunks lazily, of which ${found} are written in a known form`);
  return `crashloopChunk(${JSON.stringify(name)},function(require,exports,load){"use strict";${body}\n});\n`;
}

function needsOf(bundle: Bundle): Record<string, string[]> {
  return Object.fromEntries(chunksOf(bundle).map((chunk) => {
    const files = [...together(bundle, chunk.fileName)];
    const styles = files.flatMap((file) => [...((bundle[file] as Chunk).viteMetadata?.importedCss ?? [])]);
    return [localName(chunk.fileName), [...files, ...styles].map(localName)];
  }));
}

function tags(loader: string, first: readonly string[]): string {
  const preloads = first.map((name) => `<link rel="preload" as="${name.endsWith('.css') ? 'style' : 'script'}" href="${folder}${name.slice(2)}" />`);
  return [`<meta http-equiv="Content-Security-Policy" content="${frameCsp}" />`, ...preloads, `<script defer src="${loader}"></script>`].join('\n    ');
}

/** `loader`: compiles the loader with these constants in it; `template`: src/embed/embed.html, whose module script gives way to the tags. */
export function frameChunks(loader: (constants: Record<string, string>) => Promise<string>, template: () => string): Plugin {
  return {
    name: 'crashloop-frame-chunks',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const needs = needsOf(bundle);
      const chunks = chunksOf(bundle);
      const entry = localName(chunks.find(({ isEntry }) => isEntry)!.fileName);
      for (const chunk of chunks) chunk.code = wrapped(localName(chunk.fileName), chunk.code, chunk.dynamicImports.length);
      const code = await loader({ NEEDS: JSON.stringify(needs), ENTRY: JSON.stringify(entry) });
      const loaderFile = this.getFileName(this.emitFile({ type: 'asset', name: 'loader.js', source: code }));
      const html = template().replace(/<script type="module".*?<\/script>/, () => tags(loaderFile, needs[entry]!));
      this.emitFile({ type: 'asset', fileName: 'embed.html', source: html });
    },
  };
}
