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

test('cut short it is not unpacked; with letters changed, never more than was allowed', async () => {
  const packed = await pack(JSON.stringify({ entries: Array.from({ length: 200 }, (_, n) => ({ at: n * n, keys: `echo ${n}` })) }));
  for (let length = 0; length < packed.length; length += 17) await expect(unpack(packed.slice(0, length), 1e5)).rejects.toThrow();
  for (let at = 0; at < packed.length; at += 11) {
    const text = await unpack(packed.slice(0, at) + (packed[at] === 'A' ? 'B' : 'A') + packed.slice(at + 1), 1e5).catch(() => '');
    expect(text.length).toBeLessThanOrEqual(1e5);
  }
});
