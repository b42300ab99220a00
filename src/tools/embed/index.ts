// What embedding adds to the build and to the development server: embed.html with its scripts, embed.js in its two forms, its types.
// The page's own build knows nothing of it: the frame is bundled apart, as scripts that load where modules do not (see chunks.ts).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { frameChunks } from './chunks.ts';
import { unfurling } from './unfurl.ts';

const source = (path: string) => fileURLToPath(new URL(`../../embed/${path}`, import.meta.url));
const text = (path: string) => readFileSync(source(path), 'utf8');

/** One of the small scripts, bundled by itself. */
async function script(entry: string, format: 'es' | 'iife', constants: Record<string, string> = {}): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'error',
    // A plain script has no address of its own to ask for; it asks the element that runs it.
    define: { ...constants, ...(format === 'iife' ? { 'import.meta.url': '""' } : {}) },
    build: {
      write: false, target: 'es2022', copyPublicDir: false, minify: true,
      lib: { entry: source(entry), formats: [format], name: 'Crashloop' },
      rolldownOptions: { output: { minify: true } },
    },
  });
  const [output] = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  return output!.output[0].code;
}

const sdk = {
  '/embed.js': () => script('index.ts', 'iife'),
  '/embed.esm.js': () => script('index.ts', 'es'),
} as const;

/** Emits embed.html, the frame's chunks, the two scripts and their types with every build, and serves them in development. */
export function embedding(): Plugin[] {
  return [
    {
      name: 'crashloop-embedding',
      config: (_, { command }) => (command === 'build' ? { builder: {}, environments: { client: {}, frame: frameEnvironment } } : {}),
      async generateBundle() {
        if (this.environment.name !== 'client') return;
        for (const [path, make] of Object.entries(sdk)) this.emitFile({ type: 'asset', fileName: path.slice(1), source: await make() });
        for (const name of ['embed.d.ts', 'embed.esm.d.ts']) this.emitFile({ type: 'asset', fileName: name, source: text('embed.d.ts') });
      },
      configureServer(server) {
        server.middlewares.use((request, response, next) => {
          const { pathname } = new URL(request.url ?? '/', 'http://localhost');
          const send = (type: string, body: Promise<string>) => void body.then((sent) => response.setHeader('Content-Type', type).end(sent), next);
          if (pathname === '/embed.html') send('text/html', server.transformIndexHtml(request.url!, text('embed.html')));
          else if (pathname in sdk) send('text/javascript', sdk[pathname as keyof typeof sdk]());
          else next();
        });
      },
    },
    { ...frameChunks((constants) => script('loader.ts', 'iife', constants), () => text('embed.html')), applyToEnvironment: ({ name }) => name === 'frame' },
    unfurling(),
  ];
}

const frameEnvironment = {
  consumer: 'client' as const,
  build: {
    emptyOutDir: false, copyPublicDir: false, modulePreload: false as const,
    rolldownOptions: {
      input: { frame: source('frame/main.ts') },
      // A plain script has no module's address; Monaco and Vite's own preloading ask for it, and get by without.
      transform: { define: { 'import.meta.url': 'document.baseURI', 'import.meta.resolve': 'undefined' } },
      output: { format: 'cjs' as const, entryFileNames: 'embed/[name]-[hash].js', chunkFileNames: 'embed/[name]-[hash].js', assetFileNames: 'embed/[name]-[hash][extname]' },
    },
  },
};
