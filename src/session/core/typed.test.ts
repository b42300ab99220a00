import { expect, test } from 'vitest';
import { labs } from '../../labs/index.ts';
import { openSession } from './index.ts';
import { openingOf } from './opening.ts';

const lab = 'sandbox';
const opening = openingOf(labs.get(lab)!.definition, 1);

test.each([
  ['typed', ['echo one', '\r'], 'echo one'],
  ['at once', ['echo one\r'], 'echo one'],
  ['longer than the screen is wide', ['echo 1234567890 1234567890 1234567890 1234567890', '\r'], 'echo 1234567890 1234567890 1234567890 1234567890'],
  ['mended', ['ehco on', '\x01', '\x1b[C', '\x1b[3~', '\x1b[C', 'h', '\x05', 'e', '\r'], 'echo one'],
  ['emptied and typed anew', ['echo a much longer line than what comes', '\x15', 'ls', '\r'], 'ls'],
  ['from the history', ['echo one', '\r', '\x1b[A', '\r'], 'echo one'],
  ['searched for', ['echo one', '\r', '\x12', 'ch', '\r'], 'echo one'],
  ['to a program', ['cat', '\r', 'words', '\r'], 'words'],
])('a moment is called what was sent: %s', (_, keys, label) => {
  const session = openSession({ lab, cols: 40, rows: 24, opening });
  session.settle(Infinity);
  for (const bytes of keys) {
    session.send(bytes);
    session.settle(Infinity);
  }
  expect(session.timeline.moments.at(-1)!.label).toBe(label);
});

test('a line that was begun stays where it is now, and is not there in what is looked back at', () => {
  const session = openSession({ lab, cols: 80, rows: 24, opening });
  session.settle(Infinity);
  for (const bytes of ['echo one\r', 'echo two\r', 'half a l']) {
    session.send(bytes);
    session.settle(Infinity);
  }
  session.goTo(1);
  expect(session.output(0).data).not.toContain('half a l');
  session.goTo(2);
  expect(session.output(0).data.endsWith('half a l')).toBe(true);
});
