// Mistakes a learner makes in a manifest, and the line that is marked: the one the parser names.
import { expect, test } from 'vitest';
import { yamlFault } from './yamlFault.ts';

test.each([
  ['kind: Pod\nspec:\n  containers: []\n', null],
  ['', null],
  ['a: 1\n---\nb: 2\n', null],
  ['kind: Pod\nspec:\n  a: 1\n b: 2\n', 3],
  ['kind: Pod\n\tspec: {}\n', 2],
  ['a: "x\n', 2],
])('%j', (text, line) => {
  const fault = yamlFault(text);
  expect(fault?.line ?? null).toBe(line);
  if (fault) expect(fault.message).toMatch(/^yaml: /);
});
