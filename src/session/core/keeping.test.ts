/** A sitting that was kept goes on as if nothing had been: the world, the log, the tree and what came after the save. */
import { expect, test } from 'vitest';
import { worldHash } from '../../kernel/codec/index.ts';
import { labs } from '../../labs/index.ts';
import { openingSession, openSession, readState, writeState } from './index.ts';
import { openingOf } from './opening.ts';
import type { KeptSession, Session } from './types.ts';

const lab = 'control-plane-failure';
const opening = openingOf(labs.get(lab)!.definition, 1);
const open = (saved?: KeptSession) => openSession({ lab, cols: 80, rows: 24, opening, ...(saved === undefined ? {} : { saved }) });
const hash = (session: Session) => worldHash(session.world.snapshot());

function run(session: Session, command: string): void {
  session.settle(Infinity);
  session.send(`${command}\r`);
  session.settle(Infinity);
}
/** Through what a browser's database does to it. */
const keptOf = (session: Session): KeptSession => structuredClone(session.keep());

test('the world at rest, and the same afterwards', () => {
  const session = open();
  run(session, 'echo one > /root/one');
  session.send('echo half a li');
  session.settle(Infinity);
  const back = open(keptOf(session));
  expect(hash(back)).toBe(hash(session));
  for (const each of [session, back]) {
    each.advance(each.world.now + 60e6, Infinity);
    run(each, 'ne; kubectl get pods -A');
  }
  expect(back.output(0).data).toBe(session.output(0).data);
  expect(hash(back)).toBe(hash(session));
});

test('what came after the world was written is replayed', () => {
  const session = open();
  run(session, 'echo one');
  const { world } = session.keep();
  run(session, 'echo two');
  const kept = keptOf(session);
  expect(kept.world).toBe(world);
  expect(hash(open(kept))).toBe(hash(session));
});

test('a sitting that goes on while it is kept is kept as it was when that began', () => {
  const session = open();
  run(session, 'echo one');
  const before = hash(session);
  const steps = session.keeping();
  for (let next = steps.next(), n = 0; ; next = steps.next(), n++) {
    if (next.done === true) {
      expect(n).toBeGreaterThan(3);
      expect(hash(open(structuredClone(next.value)))).toBe(before);
      break;
    }
    if (n === 1) run(session, 'echo two; kubectl get pods -A');
    if (n === 3) session.undo();
  }
});

test('undo, branches and the log of a kept sitting', () => {
  const session = open();
  run(session, 'echo one > /root/one');
  run(session, 'echo two > /root/one');
  session.undo();
  session.send('\x15');
  run(session, 'echo three > /root/one');
  const back = open(keptOf(session));
  expect(back.timeline).toEqual(session.timeline);
  const left = back.timeline.moments.find(({ label }) => label.includes('two'))!;
  expect(back.goTo(left.id)).toBe(true);
  expect(back.readFile('/root/one')).toBe('two\n');
  expect(back.undo()).toBe(true);
  expect(back.readFile('/root/one')).toBe('one\n');
  expect(back.undo()).toBe(true);
  expect(back.readFile('/root/one')).toBeNull();
  expect(back.fileAtTaskStart('/etc/hostname')).toBe(session.fileAtTaskStart('/etc/hostname'));
});

test('a state that left the page comes back with its branches and where one looked back from', () => {
  const session = open();
  run(session, 'echo one > /root/one');
  run(session, 'echo two > /root/one');
  session.goTo(1);
  const back = open(readState(writeState(session.portable()), lab));
  expect(back.timeline).toEqual(session.timeline);
  expect(back.timeline.lookingBack).toBe(true);
  expect(hash(back)).toBe(hash(session));
  expect(back.goTo(back.timeline.now)).toBe(true);
  expect(back.readFile('/root/one')).toBe('two\n');
});

test('opened in however small pieces it is the same', () => {
  const session = open();
  run(session, 'for i in 1 2 3; do echo $i; sleep 1; done');
  const steps = openingSession({ lab, cols: 80, rows: 24, opening, saved: { ...keptOf(session), world: '', entries: 1 } }, 50);
  let next = steps.next();
  for (let n = 0; next.done !== true; next = steps.next(), n++) expect(n).toBeLessThan(10_000);
  expect(hash(next.value)).toBe(hash(session));
});

test('a damaged save is refused, not half restored', () => {
  const kept = keptOf(open());
  expect(() => open({ ...kept, world: kept.world.slice(0, -9) })).toThrow();
  expect(() => open({ ...kept, timeline: { ...kept.timeline, moments: [] } })).toThrow();
});
