// No word stands in a component: all come from the catalogues, in every language. That each catalogue has every key is the compiler's to
// say; that none was left in another language, or empty, is looked at here.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { labs } from '../../labs/index.ts';
import { parseSource, walk, type Node, type Source } from '../../testing/tidy/source.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What a person reads or hears of an element. */
const spoken = new Set(['title', 'alt', 'placeholder', 'label', 'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext']);
/** `Aa` and `1×` say nothing in any language; nor does a lone letter. */
const isWord = (text: string) => /\p{L}{3}/u.test(text) || /[가-힣]/.test(text);

function literalWords({ path, root: tree, line }: Source): string[] {
  const found: string[] = [];
  const note = (node: Node, text: unknown) => {
    if (typeof text === 'string' && isWord(text)) found.push(`src/${path}:${line(node.start)} ${text.trim()}`);
  };
  const literal = (node: Node | null | undefined): unknown => (node?.type === 'JSXExpressionContainer' ? literal(node.expression as Node) : node?.type === 'Literal' ? node.value : undefined);
  walk(tree, (node) => {
    if (node.type === 'JSXText') note(node, node.value);
    if (node.type === 'JSXAttribute' && spoken.has(String((node.name as Node).name))) note(node, literal(node.value as Node | null));
    if (node.type === 'JSXElement') for (const child of node.children as Node[]) if (child.type === 'JSXExpressionContainer') note(child, literal(child));
  });
  return found;
}

const components = ['ui', 'embed'].flatMap((room) => readdirSync(`${root}/${room}`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx')).map((name) => `${room}/${name}`));

test('no component holds a word', () => {
  expect(components.length).toBeGreaterThan(20);
  expect(components.flatMap((path) => literalWords(parseSource(path, readFileSync(`${root}/${path}`, 'utf8')).source))).toEqual([]);
});

test('the rule finds what it is for', () => {
  const { source } = parseSource('ui/a.tsx', 'export const a = <p title="Close it" className="abc">Hello {words.x} {\'there\'} 1× <b aria-label={"닫기"} /></p>;');
  expect(literalWords(source).sort()).toEqual(['src/ui/a.tsx:1 Close it', 'src/ui/a.tsx:1 Hello', 'src/ui/a.tsx:1 there', 'src/ui/a.tsx:1 닫기']);
});

/** Every text of a catalogue, functions called with sample arguments. */
function texts(words: unknown, path: string): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [[path, String((words as (...samples: unknown[]) => unknown)('x', 2, 'y'))]];
  return Object.entries(words as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

/** Names that are the same everywhere. */
const names = new Set(['.appName', '.keys.control', '.keys.names.Escape']);

test('every text of the page is there, and Korean ones are Korean', () => {
  expect(texts(en, '').filter(([, text]) => text.trim() === '')).toEqual([]);
  const korean = texts(ko, '');
  expect(korean.map(([path]) => path)).toEqual(texts(en, '').map(([path]) => path));
  expect(korean.filter(([path, text]) => !names.has(path) && /\p{L}{3}/u.test(text) && !/[가-힣]/.test(text))).toEqual([]);
});

test.each([...labs])('the texts of %s are Korean in Korean', (_id, { texts: { ko: lab } }) => {
  expect(texts(lab, '').filter(([, text]) => !/[가-힣]/.test(text))).toEqual([]);
});
