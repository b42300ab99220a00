/** A task that was begun before the state left the page is restarted where it began, with what the lab broke for it. */
import { expect, test } from 'vitest';
import { worldHash } from '../../kernel/codec/index.ts';
import { openingAgain, openSession, readState, writeState } from './index.ts';
import type { Session } from './index.ts';
import { toEnd } from './node.ts';

const lab = 'control-plane-failure';
const hash = (session: Session) => worldHash(session.world.snapshot());

test('the second task begins again from a state that left during it', () => {
  const session = openSession({ lab, cols: 80, rows: 24, task: 1 });
  const start = hash(session);
  session.send('echo one > /root/one\r');
  session.settle(Infinity);
  const back = openSession({ lab, cols: 80, rows: 24, saved: readState(writeState(session.portable()), lab) });
  expect(hash(back)).toBe(hash(session));
  back.resetTask();
  expect(back.task).toBe(1);
  expect(hash(back)).toBe(start);
  // Under another build the lab breaks it anew, and the task can be begun again.
  const kept = session.save();
  const again = toEnd(openingAgain({ lab, cols: 80, rows: 24 }, { ...kept, log: { ...kept.log, build: 'another' } }, 5000));
  expect(again.task).toBe(1);
  expect(again.readFile('/root/one')).toBe('one\n');
  again.resetTask();
  expect(hash(again)).toBe(start);
}, 120_000);
