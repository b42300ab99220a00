import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addQuantity, compareQuantity, formatQuantity, parseQuantity } from './quantity.ts';

it.each([
  ['100m', '100m'], ['1', '1'], ['1000m', '1'], ['0.5', '500m'], ['1.5', '1500m'], ['2000', '2k'], ['1024Mi', '1Gi'], ['1000Mi', '1000Mi'], ['0.5Gi', '512Mi'], ['4020912Ki', '4020912Ki'], ['243497856212', '243497856212'],
  ['1e3', '1e3'], ['1E3', '1e3'], ['1E', '1E'], ['0', '0'], ['0Mi', '0'], ['-1', '-1'], ['+5', '5'], ['.5', '500m'], ['5.', '5'], ['100M', '100M'], ['1k', '1k'], ['10000000', '10M'],
])('%s is written %s', (text, canonical) => expect(formatQuantity(parseQuantity(text)!)).toBe(canonical));
it.each(['', 'x', '1 Gi', '1gi', '1K', '1mi', '--1', '1.2.3', 'Gi'])('%j is none', (text) => expect(parseQuantity(text)).toBeNull());

const whole = fc.tuple(fc.integer({ min: 0, max: 4_000 }), fc.constantFrom('', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi')).map(([n, suffix]) => parseQuantity(`${n}${suffix}`)!);
it('writing and reading again changes nothing', () => fc.assert(fc.property(whole, (q) => { expect(parseQuantity(formatQuantity(q))!.milli).toBe(q.milli); }), { seed: 1 }));
it('sums compare as numbers do', () => fc.assert(fc.property(whole, whole, (a, b) => { expect(compareQuantity(addQuantity(a, b), a)).toBe(b.milli); }), { seed: 1 }));
