// The rules about who imports whom: the walls between rooms and their packages, circles, and files that nothing reaches.
import { posix } from 'node:path';
import { floorOf, forbidden, free, isIn } from './floors.ts';
import { isTest, type Problem, type Source } from './source.ts';

export interface Import {
  readonly line: number;
  /** A path below src/ for our own files, else the package. */
  readonly target: string;
  readonly own: boolean;
  readonly typeOnly: boolean;
}

/** The file below src/ that a relative specifier names. */
export const resolve = (from: string, specifier: string) => posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));

/** Every import, re-export and `import()` of a literal, in the order written. */
export function importsOf({ path, text, module, line }: Source): Import[] {
  const found = (specifier: string, start: number, typeOnly: boolean): Import => {
    const own = specifier.startsWith('.');
    return { line: line(start), target: own ? resolve(path, specifier) : specifier, own, typeOnly };
  };
  const { staticImports, staticExports, dynamicImports } = module;
  return [
    ...staticImports.map(({ moduleRequest, start, entries }) =>
      found(moduleRequest.value, start, entries.length > 0 && entries.every(({ isType }) => isType))),
    ...staticExports.flatMap(({ start, entries }) => {
      const from = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest;
      return from ? [found(from.value, start, entries.every(({ isType }) => isType))] : [];
    }),
    ...dynamicImports.flatMap(({ moduleRequest, start }) => {
      const literal = /^['"](.*)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
      return literal ? [found(literal[1]!, start, false)] : [];
    }),
  ];
}

const packageOf = (specifier: string) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

/** The table of floors.ts, for every import of every file but tests, which may see all. */
export function walls(sources: readonly Source[]): Problem[] {
  return sources.filter(({ path }) => !isTest(path)).flatMap((source) => {
    const floor = floorOf(source.path);
    if (!floor && !isIn(source.path, free)) {
      return [{ path: source.path, line: 1, text: 'lies in no room of testing/tidy/floors.ts' }];
    }
    return importsOf(source).flatMap(({ target, own, typeOnly, line }) => {
      const problem = (text: string | undefined) => (text ? [{ path: source.path, line, text }] : []);
      if (own) return problem(forbidden(source.path, target, typeOnly));
      if (!floor || floor.packages.includes(packageOf(target))) return [];
      return problem(`${floor.room} may not use the package ${packageOf(target)}`);
    });
  });
}

/** Files that import each other in a circle, each circle told once. Imports of types alone make no circle. */
export function circles(sources: readonly Source[]): Problem[] {
  const graph = new Map(sources.map((source) => [source.path, importsOf(source).filter(({ own, typeOnly }) => own && !typeOnly)]));
  const done = new Set<string>();
  const trail: string[] = [];
  const problems: Problem[] = [];
  const visit = (path: string) => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      const circle = [...trail.slice(start), path];
      const line = graph.get(trail.at(-1)!)!.find(({ target }) => target === path)!.line;
      problems.push({ path: trail.at(-1)!, line, text: `imports in a circle: ${circle.join(' → ')}` });
    }
    if (done.has(path)) return;
    done.add(path);
    trail.push(path);
    for (const { target } of graph.get(path) ?? []) visit(target);
    trail.pop();
  };
  for (const path of graph.keys()) visit(path);
  return problems;
}

const isEntry = (path: string) => path === 'main.tsx' || path.startsWith('tools/') || path.startsWith('embed/') || isTest(path);

/** Files that neither an entry nor a test reaches. */
export function orphans(sources: readonly Source[]): Problem[] {
  const graph = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const queue = sources.map(({ path }) => path).filter(isEntry);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const source = graph.get(path);
    if (!source || reached.has(path)) continue;
    reached.add(path);
    queue.push(...importsOf(source).filter(({ own }) => own).map(({ target }) => target));
    queue.push(...globbed(source, sources));
  }
  return sources.filter(({ path }) => !reached.has(path)).map(({ path }) => ({ path, line: 1, text: 'is reached by no entry and no test' }));
}

/** Files that an `import.meta.glob` or a `new URL(…, import.meta.url)` of this file names. */
function globbed({ path, text }: Source, sources: readonly Source[]): string[] {
  const patterns = [...text.matchAll(/(?:import\.meta\.glob(?:<[^>]*>)?|new URL)\(\s*['"](\.[^'"]+)['"]/g)]
    .map(([, pattern]) => posix.join(posix.dirname(path), pattern!))
    .map((pattern) => new RegExp(`^${pattern.replace(/[.+^$()|[\]{}\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`));
  return sources.map((source) => source.path).filter((candidate) => patterns.some((pattern) => pattern.test(candidate)));
}
