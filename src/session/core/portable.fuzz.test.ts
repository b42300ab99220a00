/** States from anywhere: whatever was done to the text of one, it is read as a log a learner could have made, or refused with a sentence. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fault, FAULTS, keys, LAB, stateOf } from '../../testing/states.ts';
import { isInput } from './portable-input.ts';
import { readState, StateError, writeState } from './portable.ts';

const text = writeState(stateOf([
  { step: 0, at: 0, input: { kind: 'login', host: 'controlplane', tty: 'pts/0', cols: 80, rows: 24, argv: ['-bash'], env: {}, cwd: '/root' } }, keys(1, 'vi x\r'),
  { step: 2, at: 2000, input: { kind: 'device', id: 3, reply: { event: 'save', text: 'x' } } }, { step: 3, at: 3000, input: { kind: 'resize', tty: 'pts/0', cols: 90, rows: 30 } },
  { step: 4, at: 4000, input: { kind: 'file', host: 'controlplane', path: '/root/x', data: 'x' } }, { step: 5, at: 5000, input: { kind: 'hangup', tty: 'pts/1' } }, fault(6, FAULTS[0]!),
]));
const junk = fc.oneof(fc.constantFrom<unknown>(null, undefined, true, -1, 0.5, 1e15, Number.MAX_SAFE_INTEGER, '', '__proto__', 'exec', 'power', [], {}, [null], { kind: 'exec' }, { length: 1e9 }), fc.jsonValue());

/** Every place in a value, as the way that leads there. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, each]) => places(each, [...path, key])) : [];
  return [path, ...inner];
}
function changed(value: unknown, path: readonly string[], to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.map((each: unknown, i) => (String(i) === key ? changed(each, rest, to) : each));
  return { ...(value as object), [key]: changed((value as Record<string, unknown>)[key], rest, to) };
}
const everywhere = places(JSON.parse(text));

/** Reads it; what is read holds only inputs of a learner, or of this lab. */
function judge(text: string): 'read' | 'refused' {
  try {
    const { log, timeline } = readState(text, LAB);
    for (const { input } of [log.entries, ...timeline.logs].flat()) {
      expect(isInput(input)).toBe(true);
      if (input.kind === 'exec') expect(FAULTS).toContain(input.argv[2]);
      if (input.kind === 'login') expect(input.argv).toEqual(['-bash']);
    }
    return 'read';
  } catch (error) {
    expect(error).toBeInstanceOf(StateError);
    expect((error as Error).message).toMatch(/^This .*\.$/);
    return 'refused';
  }
}

test('as it was written it is read', () => expect(judge(text)).toBe('read'));

test('cut short anywhere it is refused', () => {
  for (let length = 0; length < text.length; length += 3) expect(judge(text.slice(0, length))).toBe('refused');
});

test('letters changed', () => fc.assert(fc.property(fc.array(fc.tuple(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 5 }), (changes) => {
  judge(changes.reduce((sofar, [at, letters]) => sofar.slice(0, at) + letters + sofar.slice(at + letters.length), text));
}), { numRuns: 2000, seed: 6 }));

test('any part put in place of any other', () => fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...everywhere), junk), { minLength: 1, maxLength: 3 }), (changes) => {
  const value = changes.reduce<unknown>((sofar, [path, to]) => {
    try {
      return changed(sofar, path, to);
    } catch {
      // An earlier change took that place away.
      return sofar;
    }
  }, JSON.parse(text));
  judge(JSON.stringify(value) ?? '');
}), { numRuns: 3000, seed: 6 }));
