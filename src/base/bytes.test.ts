import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Decode, base64Encode, base64UrlDecode, base64UrlEncode } from './base64.ts';
import { goQuote, goStringMap, goValue } from './goquote.ts';
import { canonical, deepEqual, deepFreeze } from './json.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const text = fc.string({ unit: 'binary' });
const bytes = (given: Uint8Array): string => String.fromCharCode(...given);

describe('UTF-8', () => {
  it('is the engine\'s', () => fc.assert(fc.property(text, (given) => {
    expect(encodeUtf8(given)).toBe(bytes(new TextEncoder().encode(given)));
    expect(decodeUtf8(encodeUtf8(given))).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(given)));
  }), { seed: 1 }));
  it('what is none becomes replacement characters', () => expect(decodeUtf8('a\xff\xe2\x82b')).toMatch(/^a\ufffd+b$/));
});

describe('base64', () => {
  it('is the engine\'s', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (given) => {
    expect(base64Encode(bytes(given))).toBe(Buffer.from(given).toString('base64'));
    expect(base64Decode(base64Encode(bytes(given)))).toEqual({ bytes: bytes(given), badAt: -1 });
    expect(base64UrlDecode(base64UrlEncode(bytes(given)))).toBe(bytes(given));
  }), { seed: 1 }));
  it('says where it breaks', () => expect([base64Decode('a!').badAt, base64Decode('YQ=').badAt, base64Decode('YQ==\n').badAt]).toEqual([1, 3, -1]));
});

describe('JSON', () => {
  it('as Go writes it', () => expect(canonical({ b: [1, null, { d: '<&>' }], a: 'é\u2028"', c: undefined })).toBe('{"a":"é\\u2028\\"","b":[1,null,{"d":"\\u003c\\u0026\\u003e"}]}'));
  it('equal and frozen', () => {
    expect(deepEqual({ a: [1, { b: 2 }], c: undefined }, { a: [1, { b: 2 }] })).toBe(true);
    expect(deepEqual({ a: undefined, b: 1 }, { b: 1, c: 1 })).toBe(false);
    expect(deepEqual([1], { 0: 1 })).toBe(false);
    const frozen = deepFreeze({ a: [{ b: 1 }] });
    expect(Object.isFrozen(frozen.a[0])).toBe(true);
  });
});

it('values as Go prints them', () => {
  expect(goQuote('a"b\\c\n\t\u0001é\u00a0')).toBe('"a\\"b\\\\c\\n\\t\\x01é\\u00a0"');
  expect(goValue({ b: [1, 'x', null], a: { c: true } })).toBe('map[a:map[c:true] b:[1 x <nil>]]');
  expect(goStringMap({ b: '1', a: '2' })).toBe('map[string]string{"a":"2", "b":"1"}');
});
