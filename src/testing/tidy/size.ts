// The ratchet on size. A file or function over the limit must be listed in tidy.ratchet.json with its size, and may then only shrink.
// Raising a number there is done by hand, where a reader of the change sees it; UPDATE=1 lowers and removes them.
// Blank lines, comments, types and tables (constants whose value holds no function with a body in braces) do not count.
import { walk, type Node, type Problem, type Source } from './source.ts';

/** Aim for 150 and 30 (the ratchet is not the aim). */
export const limits = { file: 250, function: 70 };

export interface Measured {
  /** `path` for a file, `path#name` for a function. */
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly lines: number;
  readonly kind: keyof typeof limits;
}

export type Ratchet = Readonly<Record<string, number>>;

/** A bit per line: does code stand on it? Comments are not in the tree, so what the tree's leaves touch is code. */
function codeLines({ root, text, line }: Source): boolean[] {
  const code: boolean[] = text.split('\n').map((row) => row.trim() !== '' && !/^(\/\/|\/\*|\*)/.test(row.trim()));
  const tables = (root.body as Node[]).map((node) => (node.declaration as Node | null) ?? node).filter(isTable);
  for (const table of tables) code.fill(false, line(table.start), line(table.end) - 1);
  return code;
}

function isTable(node: Node): boolean {
  if (/^TS(Interface|TypeAlias)Declaration$/.test(node.type)) return true;
  if (node.type !== 'VariableDeclaration') return false;
  let hasBody = false;
  walk(node, ({ type }) => { hasBody ||= type === 'BlockStatement'; });
  return !hasBody;
}

function functionName(node: Node, parent: Node | undefined): string {
  const named = [node.id, parent?.id, parent?.key].find((id) => (id as Node | null | undefined)?.name) as Node | undefined;
  return String(named?.name ?? 'anonymous');
}

/** The sizes of a file and of each function in it, nested ones included in their parents. */
export function measure(source: Source): Measured[] {
  const { path, root, line } = source;
  const code = codeLines(source);
  const count = (from: number, to: number) => code.slice(from - 1, to).filter(Boolean).length;
  const measured: Measured[] = [{ id: path, path, line: 1, lines: count(1, code.length), kind: 'file' }];
  walk(root, (node, parents) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return;
    const [from, to] = [line(node.start), line(node.end)];
    measured.push({ id: `${path}#${functionName(node, parents.at(-1))}`, path, line: from, lines: count(from, to), kind: 'function' });
  });
  return measured;
}

/** What is over its limit and over what the ratchet allows. */
export function oversize(sources: readonly Source[], ratchet: Ratchet): Problem[] {
  return sources.flatMap(measure).flatMap(({ id, path, line, lines, kind }) => {
    const allowed = Math.max(limits[kind], ratchet[id] ?? 0);
    return lines > allowed ? [{ path, line, text: `${kind} ${id.split('#')[1] ?? 'as a whole'} has ${lines} lines of code (at most ${allowed})` }] : [];
  });
}

/** The ratchet with its numbers lowered to what is, and without what is within limits or gone. */
export function tighten(sources: readonly Source[], ratchet: Ratchet): Ratchet {
  const now = new Map<string, number>();
  for (const { id, lines, kind } of sources.flatMap(measure)) if (lines > limits[kind]) now.set(id, Math.max(lines, now.get(id) ?? 0));
  return Object.fromEntries(Object.entries(ratchet).flatMap(([id, was]) => (now.has(id) ? [[id, Math.min(was, now.get(id)!)]] : [])));
}
