// What is read of a message, and that nothing else is.
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { eventNames, hello, here, isGreeting, limits, methodNames, readCall, readReply, readTold, readWelcome } from './protocol.ts';

const call = (method: string, argument?: unknown) => readCall({ type: 'call', id: 1, method, argument });
const base = { v: 1, lab: 'sandbox', task: 1 };

describe('calls', () => {
  test.each([
    ['start', undefined, null], ['run', 'kubectl get po', 'kubectl get po'], ['reset', 'lab', 'lab'], ['type', 'ls\r', 'ls\r'],
    ['setTheme', 'dark', 'dark'], ['setLang', 'ko', 'ko'],
  ])('%s is read', (method, argument, read) => expect(call(method, argument)).toEqual({ type: 'call', id: 1, method, argument: read }));

  test.each([
    ['run', undefined], ['run', 7], ['run', { toString: 'ls' }], ['run', 'x'.repeat(limits.command + 1)], ['type', 'x'.repeat(limits.keys + 1)],
    ['reset', 'world'], ['setTheme', 'hc'], ['start', 'now'], ['eval', '1'], ['constructor', undefined], ['__proto__', undefined], ['toString', undefined],
  ])('%s of %o is not', (method, argument) => expect(call(method, argument)).toBeUndefined());

  test('fields that are not known are dropped', () => {
    expect(readCall({ type: 'call', id: 2, method: 'hint', argument: null, more: 1 })).toEqual({ type: 'call', id: 2, method: 'hint', argument: null });
  });

  test.each([0, -1, 1.5, '1', NaN, 2 ** 53, undefined])('a number of %o is none', (id) => expect(readCall({ type: 'call', id, method: 'hint' })).toBeUndefined());
});

describe('answers', () => {
  const reply = (value: unknown) => readReply({ type: 'reply', id: 3, ok: true, value }, (id) => (id === 3 ? 'run' : undefined));
  test('are read as what the method answers', () => {
    expect(reply({ output: 'a\n', exitCode: 0, extra: 1 })).toEqual({ type: 'reply', id: 3, ok: true, value: { output: 'a\n', exitCode: 0 } });
    expect(readReply({ type: 'reply', id: 3, ok: false, message: 'no' }, () => 'run')).toEqual({ type: 'reply', id: 3, ok: false, message: 'no' });
  });
  test.each([[{ output: 'a' }], [{ output: 1, exitCode: 0 }], [{ output: '', exitCode: 999 }], ['a'], [null], [[]]])('%o is none of run', (value) => expect(reply(value)).toBeUndefined());
  test('to no question are not read', () => expect(readReply({ type: 'reply', id: 4, ok: true, value: null }, () => undefined)).toBeUndefined());
});

describe('events', () => {
  const told = (name: string, detail: unknown) => readTold({ type: 'event', name, detail });
  test('are read field by field', () => {
    expect(told('solved', { ...base, last: false, secret: 'x' })).toEqual({ type: 'event', name: 'solved', detail: { ...base, last: false } });
    expect(told('check', { ...base, solved: false, checks: [{ id: 'a', title: 'A', pass: false, seen: '', predicate: {} }] })?.detail)
      .toEqual({ ...base, solved: false, checks: [{ id: 'a', title: 'A', pass: false, seen: '' }] });
  });
  test.each([
    ['solved', { ...base, v: 2, last: true }], ['resize', { ...base, height: -1 }], ['resize', { ...base, height: 1e9 }], ['nothing', base],
    ['check', { ...base, solved: true, checks: Array.from({ length: limits.list + 1 }, () => ({ id: '', title: '', pass: true, seen: '' })) }], ['solved', null],
  ])('%s of %o is none', (name, detail) => expect(told(name, detail)).toBeUndefined());
});

test('greetings and a welcome', () => {
  expect(isGreeting(hello, 'hello') && isGreeting(here, 'here')).toBe(true);
  expect([null, 'hello', {}, here, { ...hello, crashloop: 2 }, [hello]].filter((data) => isGreeting(data, 'hello'))).toEqual([]);
  expect(readWelcome({ type: 'welcome', nonce: 'n' })).toEqual({ type: 'welcome', nonce: 'n' });
  expect(readWelcome({ type: 'welcome' })).toBeUndefined();
});

test('nothing at all is thrown, and nothing is read that was not meant', () => {
  const near = fc.record({
    type: fc.constantFrom('call', 'reply', 'event', 'hello', 'welcome'), id: fc.oneof(fc.integer(), fc.constant(1)), method: fc.oneof(fc.constantFrom(...methodNames), fc.string()),
    name: fc.oneof(fc.constantFrom(...eventNames), fc.string()), argument: fc.anything(), value: fc.anything(), detail: fc.anything(), ok: fc.anything(),
  });
  fc.assert(fc.property(fc.oneof(fc.anything(), near), (data) => {
    const read = [readCall(data), readReply(data, () => 'check'), readTold(data), readWelcome(data)].filter((message) => message !== undefined);
    for (const message of read) expect(() => structuredClone(message)).not.toThrow();
    expect(read.length).toBeLessThanOrEqual(1);
  }), { numRuns: 500 });
});
