import { expect, it } from 'vitest';
import { labs } from './index.ts';
import { problemsOf } from './schema.ts';

it.each([...labs])('%s is sound in every language', (id, { definition, texts }) => {
  expect(definition.id).toBe(id);
  expect(problemsOf(definition, texts)).toEqual([]);
});
