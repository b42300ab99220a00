import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sha512Hex } from './sha512.ts';

it.each([0, 1, 111, 112, 127, 128, 129, 1000])('equals another implementation for %i bytes', (length) => {
  const data = Array.from({ length }, (_, i) => String.fromCharCode((i * 7) % 256)).join('');
  expect(sha512Hex(data)).toBe(createHash('sha512').update(data, 'latin1').digest('hex'));
});
