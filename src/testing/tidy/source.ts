// Reads and parses every source file once, for all the tidy rules. Parsed with oxc, because TypeScript 7 offers no API for it.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync, visitorKeys, type EcmaScriptModule } from 'oxc-parser';

/** A syntax node, as loosely as the rules need it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Source {
  /** Relative to src/, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly root: Node;
  readonly module: EcmaScriptModule;
  /** The 1-based line of an offset. */
  readonly line: (offset: number) => number;
}

export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

const src = fileURLToPath(new URL('../../', import.meta.url));

export const isTest = (path: string) => /\.test\.tsx?$/.test(path);

/** All TypeScript and module files under src/, parsed, in path order. */
export function readSources(): { sources: Source[]; problems: Problem[] } {
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(tsx?|mjs)$/.test(path) && !path.endsWith('.d.ts'))
    .sort();
  const problems: Problem[] = [];
  const sources = paths.map((path) => {
    const { source, error } = parseSource(path, readFileSync(src + path, 'utf8'));
    if (error !== undefined) problems.push({ path, line: 1, text: `does not parse: ${error}` });
    return source;
  });
  return { sources, problems };
}

/** Parses one file; exported so that the rules can be tested on a few lines. */
export function parseSource(path: string, text: string): { source: Source; error: string | undefined } {
  const { program, module, errors } = parseSync(path, text);
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const line = (offset: number) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  return { source: { path, text, root: program as unknown as Node, module, line }, error: errors[0]?.message };
}

/** Calls `visit` for every node below (and with) `node`, parents first; `parents` is innermost last. */
export function walk(node: Node, visit: (node: Node, parents: readonly Node[]) => void, parents: Node[] = []): void {
  visit(node, parents);
  parents.push(node);
  for (const key of visitorKeys[node.type] ?? []) {
    const value = node[key];
    for (const child of Array.isArray(value) ? value : [value]) if (child) walk(child as Node, visit, parents);
  }
  parents.pop();
}
