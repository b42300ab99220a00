import { expect, test } from 'vitest';
import { pack, unpack } from './packing.ts';

test('comes back as it was', async () => {
  for (const text of ['', 'ls\r', '클러스터 ☸', 'x'.repeat(1e6)]) expect(await unpack(await pack(text), 2e6)).toBe(text);
});

test('is safe in an address', async () => expect(await pack('클러스터'.repeat(100))).toMatch(/^[\w-]+$/));

test('what is larger than allowed is not unpacked', async () => {
  await expect(unpack(await pack('x'.repeat(1e6)), 1e5)).rejects.toThrow('larger');
});

test.each(['', 'rubbish', '!', 'H4sIAAAA'])('%o is not unpacked', async (text) => {
  await expect(unpack(text, 1e6)).rejects.toThrow();
});
