/**
 * YAML as Kubernetes reads and writes it: sigs.k8s.io/yaml (YAML 1.1 scalars, first document, libyaml's words for
 * mistakes) and kubectl's `-o yaml`. Values and layout come from the `yaml` package; the error texts and their
 * line numbers follow go-yaml, which counts a scanner's lines from one and a parser's from zero.
 */
import { LineCounter, parseAllDocuments, stringify } from 'yaml';
import type { Document, ParsedNode, YAMLParseError } from 'yaml';
import type { Json } from './json.ts';

/** Not YAML. `message` is go-yaml's: `yaml: line 12: did not find expected key`. */
export class YamlError extends Error {}

// Go keeps `2024-01-01` a string, so the timestamp tag goes.
const OPTIONS = { version: '1.1' as const, uniqueKeys: false, merge: true, prettyErrors: false, strict: true, logLevel: 'silent' as const, customTags: (tags: readonly unknown[]) => tags.filter((t) => !(typeof t === 'object' && t !== null && 'tag' in t && (t as { tag: string }).tag === 'tag:yaml.org,2002:timestamp') && t !== 'timestamp') as never };

/** The first document as JSON; null for an empty text. Errors: YamlError. */
export function parseYaml(text: string): Json {
  return parseYamlDocuments(text)[0] ?? null;
}

/** All documents of a stream. Errors: YamlError. */
export function parseYamlDocuments(text: string): readonly Json[] {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { ...OPTIONS, lineCounter: counter });
  if (!Array.isArray(documents)) return [];
  return (documents as readonly Document.Parsed<ParsedNode>[]).map((document) => {
    const problem = document.errors[0];
    if (problem !== undefined) throw new YamlError(spell(problem, text, counter));
    try {
      return plain(document.toJS({ maxAliasCount: 1000 }));
    } catch (caught) {
      if (caught instanceof ReferenceError) throw new YamlError(`yaml: ${caught.message.replace(/^Unresolved alias.*?:\s*(\S+)$/s, "unknown anchor '$1' referenced")}`);
      throw caught;
    }
  });
}

/** Go turns map keys into strings, and has no undefined. */
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [String(k), plain(v)]));
  if (typeof value === 'object' && value !== null) {
    const out: Record<string, Json> = {};
    for (const [k, v] of Object.entries(value)) out[k] = plain(v);
    return out;
  }
  return value === undefined ? null : typeof value === 'bigint' ? Number(value) : (value as Json);
}

function spell(error: YAMLParseError, text: string, counter: LineCounter): string {
  const { line, col } = counter.linePos(error.pos[0]);
  const { problem, at } = libyaml(error, text, line, col);
  return at > 0 ? `yaml: line ${at}: ${problem}` : `yaml: ${problem}`;
}

/** libyaml's problem and go-yaml's line (0: none) for a mistake at 1-based `line`. */
function libyaml(error: YAMLParseError, text: string, line: number, col: number): { readonly problem: string; readonly at: number } {
  const lines = text.split('\n');
  const scanner = (problem: string, at: number) => ({ problem, at: at > 1 ? at : 0 });
  const parser = (problem: string, at: number) => ({ problem, at: at - 1 });
  if (strayItem(lines, line)) return parser('did not find expected key', line);
  switch (error.code) {
    case 'TAB_AS_INDENT': return scanner('found character that cannot start any token', line);
    case 'BAD_SCALAR_START': return scanner('found character that cannot start any token', line);
    case 'BLOCK_AS_IMPLICIT_KEY': {
      const colon = lines.findIndex((l, i) => i >= line && /:(?:\s|$)/.test(l));
      return scanner('mapping values are not allowed in this context', /:\s.*:(?:\s|$)/.test(lines[line - 1] ?? '') && colon < 0 ? line : colon < 0 ? line : colon + 1);
    }
    case 'MULTILINE_IMPLICIT_KEY': return scanner("could not find expected ':'", Math.min(nextContent(lines, line), lines.length));
    case 'MISSING_CHAR':
      if (error.message.includes('quote')) return scanner('found unexpected end of stream', lines.length);
      if (error.message.startsWith('Sequence item')) return parser("did not find expected '-' indicator", line);
      if (error.message.includes('Implicit map keys')) return scanner("could not find expected ':'", Math.min(nextContent(lines, line), lines.length));
      return parser('did not find expected key', line);
    case 'BAD_INDENT':
      if (error.message.startsWith('Flow sequence')) return parser("did not find expected ',' or ']'", line);
      if (error.message.startsWith('Flow map')) return parser("did not find expected ',' or '}'", line);
      return parser('did not find expected key', line);
    case 'UNEXPECTED_TOKEN': return parser(col === 1 ? "did not find expected <document start>" : 'did not find expected key', line);
    default: return parser('did not find expected key', line);
  }
}

/** A sequence item where the block's next key was due: a dash under keys of the same indent. */
function strayItem(lines: readonly string[], line: number): boolean {
  const indent = (text: string): number => text.length - text.trimStart().length;
  const here = lines[line - 1] ?? '';
  if (!/^\s*-(\s|$)/.test(here)) return false;
  const before = lines.slice(0, line - 1).findLast((text) => text.trim() !== '' && !text.trimStart().startsWith('#') && indent(text) <= indent(here));
  return before !== undefined && indent(before) === indent(here) && /^\s*[^-\s][^:]*:\s+\S/.test(before);
}

/** The 1-based number of the next line after `line` with something on it. */
function nextContent(lines: readonly string[], line: number): number {
  const found = lines.findIndex((l, i) => i >= line && l.trim() !== '');
  return found < 0 ? line + 1 : found + 1;
}

/** kubectl's `-o yaml`: keys sorted, sequences not indented, strings quoted where YAML 1.1 would misread them. */
export function formatYaml(value: Json): string {
  return stringify(value, { version: '1.1', sortMapEntries: true, indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false });
}
