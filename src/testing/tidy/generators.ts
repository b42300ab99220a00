// A coroutine that is called without `yield*` does nothing at all, and no compiler says so. This finds calls of functions known to
// return a generator (declared `function*`, annotated so, or passing one on) whose result is dropped or used as a truth value.
// Not modelled: methods whose name is also that of a plain method somewhere (Map's included), and functions passed as values.
import { resolve } from './imports.ts';
import { walk, type Node, type Problem, type Source } from './source.ts';

const generatorType = /^(Coroutine|Generator|IterableIterator)$/;

type Names = Map<string, boolean>;

interface Declared {
  readonly functions: Names;
  readonly methods: Names;
}

const nameOf = (node: unknown) => (node as Node | null | undefined)?.name as string | undefined;

function annotated(fn: Node): boolean {
  const type = (fn.returnType as Node | null)?.typeAnnotation as Node | undefined;
  return type?.type === 'TSTypeReference' && generatorType.test(nameOf(type.typeName) ?? '');
}

/** The function that an arrow with a bare call as its body passes on: `const sleep = (us) => sys('sleep', us)`. */
function passesOn(fn: Node): string | undefined {
  const body = fn.body as Node | null;
  return fn.type === 'ArrowFunctionExpression' && body?.type === 'CallExpression' ? nameOf(body.callee) : undefined;
}

function declarations(source: Source, returnsGenerator: (name: string) => boolean): Declared {
  const functions: Names = new Map();
  const methods: Names = new Map();
  const note = (names: Names, name: string | undefined, fn: Node) => {
    if (name === undefined) return;
    const via = passesOn(fn);
    const is = Boolean(fn.generator) || annotated(fn) || (via !== undefined && returnsGenerator(via));
    names.set(name, is && names.get(name) !== false);
  };
  walk(source.root, (node) => {
    const value = (node.init ?? node.value) as Node | null | undefined;
    const isFunction = /Function/.test(value?.type ?? '');
    if (node.type === 'FunctionDeclaration') note(functions, nameOf(node.id), node);
    else if (node.type === 'VariableDeclarator' && isFunction) note(functions, nameOf(node.id), value!);
    else if (/^(MethodDefinition|PropertyDefinition|Property)$/.test(node.type) && isFunction) note(methods, nameOf(node.key), value!);
  });
  return { functions, methods };
}

/** For each file, whether a name in it is a function that returns a generator; settles over re-exports and passed-on calls. */
function resolveAll(sources: readonly Source[]): Map<string, Declared> {
  const known = new Map<string, Declared>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const source of sources) {
      const imported = importedNames(source, known);
      const before = known.get(source.path);
      const { functions, methods } = declarations(source, (name) => before?.functions.get(name) ?? imported.get(name) ?? false);
      for (const [name, is] of imported) if (!functions.has(name)) functions.set(name, is);
      const count = (names?: Names) => [...(names?.values() ?? [])].filter(Boolean).length;
      if (count(before?.functions) !== count(functions)) changed = true;
      known.set(source.path, { functions, methods });
    }
  }
  return known;
}

/** The names a file imports or passes on from our own files. */
function importedNames({ path, module }: Source, known: ReadonlyMap<string, Declared>): Names {
  const names: Names = new Map();
  const functionsOf = (request: string): Names => known.get(resolve(path, request))?.functions ?? new Map();
  for (const { moduleRequest, entries } of module.staticImports) {
    const theirs = functionsOf(moduleRequest.value);
    for (const { localName, importName } of entries) names.set(localName.value, theirs.get(importName.name ?? '') ?? false);
  }
  for (const { moduleRequest, importName, exportName } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (!moduleRequest) continue;
    const theirs = functionsOf(moduleRequest.value);
    if (exportName.name) names.set(exportName.name, theirs.get(importName.name ?? '') ?? false);
    else for (const [name, is] of theirs) names.set(name, is);
  }
  return names;
}

/** Whether the value of a call is thrown away or only tested for truth. */
function isWasted(call: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case 'ExpressionStatement':
    case 'UnaryExpression':
    case 'LogicalExpression':
      return true;
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'ConditionalExpression':
      return parent.test === call;
    default:
      return false;
  }
}

/** Calls of generator functions whose `yield*` was forgotten. */
export function forgottenYields(sources: readonly Source[]): Problem[] {
  const known = resolveAll(sources);
  const builtIn = [Map, Set, Array, String].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
  const methods: Names = new Map(builtIn.map((name) => [name, false]));
  for (const declared of known.values()) for (const [name, is] of declared.methods) methods.set(name, is && methods.get(name) !== false);
  const problems: Problem[] = [];
  for (const { path, root, line } of sources) {
    const functions = known.get(path)!.functions;
    walk(root, (node, parents) => {
      if (node.type !== 'CallExpression' || !isWasted(node, parents.at(-1))) return;
      const callee = node.callee as Node;
      const member = callee.type === 'MemberExpression';
      const name = member ? nameOf(callee.property) : nameOf(callee);
      if ((member ? methods : functions).get(name ?? '')) problems.push({ path, line: line(node.start), text: `\`${name}(…)\` is a coroutine and does nothing without \`yield*\`` });
    });
  }
  return problems;
}
