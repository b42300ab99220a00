// Loads the frame's chunks by plain script elements. Modules would be fetched with CORS, and a sandboxed frame has an origin of its own
// that no ordinary static host allows; plain scripts are loaded from anywhere. The build (tools/embed/chunks.ts) wraps each chunk in a
// call of `crashloopChunk`, and each `import()` in one of `load`.

type Body = (require: (name: string) => unknown, exports: object, load: (name: string) => Promise<unknown>) => void;

interface Chunk {
  readonly body: Body;
  /** Once it has run (or begun to: chunks may need each other in a circle). */
  exports: object | null;
}

/** For each chunk, all that must be there before it runs, itself and what those need included: scripts and style sheets. */
type Needs = Readonly<Record<string, readonly string[]>>;

// Put in by the build.
declare const NEEDS: Needs;
declare const ENTRY: string;

declare global {
  var crashloopChunk: (name: string, body: Body) => void;
}

const { src } = document.currentScript as HTMLScriptElement;
const chunks = new Map<string, Chunk>();
const arriving = new Map<string, Promise<void>>();

globalThis.crashloopChunk = (name, body) => void chunks.set(name, { body, exports: null });

function element(name: string): HTMLScriptElement | HTMLLinkElement {
  const url = new URL(name, src).href;
  return name.endsWith('.css') ? Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }) : Object.assign(document.createElement('script'), { src: url });
}

function arrive(name: string): Promise<void> {
  const before = arriving.get(name);
  if (before) return before;
  const arrival = new Promise<void>((resolve, reject) => {
    const wanted = element(name);
    wanted.onload = () => resolve();
    wanted.onerror = () => {
      // The next one to ask tries again.
      arriving.delete(name);
      document.head.removeChild(wanted);
      reject(new Error(`${name} could not be fetched`));
    };
    document.head.append(wanted);
  });
  arriving.set(name, arrival);
  return arrival;
}

function require(name: string): unknown {
  const chunk = chunks.get(name)!;
  if (!chunk.exports) {
    chunk.exports = {};
    chunk.body(require, chunk.exports, load);
  }
  return chunk.exports;
}

async function load(name: string): Promise<unknown> {
  await Promise.all((NEEDS[name] ?? [name]).map(arrive));
  return require(name);
}

void load(ENTRY);

export {};
