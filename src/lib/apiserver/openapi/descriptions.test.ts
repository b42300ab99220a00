import { expect, it } from 'vitest';
import { fieldsOf } from '../structs.ts';
import { explained } from './descriptions.ts';

it('explains only what is there', () => {
  expect(explained.filter(([goType, field]) => field !== '' && !fieldsOf(goType)?.has(field)).map((names) => names.join('.'))).toEqual([]);
});
