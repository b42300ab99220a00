import { expect, test } from 'vitest';
import { labs } from '../../labs/index.ts';
import { packFront } from './front.ts';
import { openingOf } from './opening.ts';
import { openSession, rest } from './index.ts';
import { startSession } from './start.ts';

const lab = 'control-plane-failure';
const opening = openingOf(labs.get(lab)!.definition, 1);
const screen = { cols: 100, rows: 30 };

test('the front of a lab shows its prompt and echoes keys; with the rest it is as if all had been there (T7)', () => {
  const whole = openSession({ lab, ...screen, opening });
  const part = startSession(packFront(opening), { lab, ...screen });
  const limit = part.world.now + 15e6;
  const both = (act: (session: typeof part) => void) => [whole, part].forEach(act);

  both((session) => {
    expect(session.settle(Infinity, limit)).toBe('settled');
    session.send('kubectl get nodesX');
    session.settle(Infinity, limit);
    session.send('\x7f');
    expect(session.settle(Infinity, limit)).toBe('settled');
  });
  expect(part.output(0)).toEqual(whole.output(0));
  expect([part.world.steps, part.world.now, part.terminals]).toEqual([whole.world.steps, whole.world.now, whole.terminals]);
  expect(part.output(0).data).toMatch(/controlplane .*kubectl get nodesX/);

  both((session) => session.send('\r'));
  expect([part.settle(Infinity, limit), part.advance(limit, Infinity)]).toEqual(['missing', 'missing']);
  part.complete(opening, rest);
  both((session) => expect(session.settle(Infinity, limit)).toBe('settled'));
  expect(part.output(0).data).toContain('controlplane   Ready');
  expect(part.hash()).toBe(whole.hash());
  expect(part.timeline).toEqual(whole.timeline);
});

test('time passes in a front until something happens that it does not have', () => {
  const part = startSession(packFront(opening), { lab, ...screen });
  part.settle(Infinity);
  const { horizon } = part.world.snapshot().state;
  expect(part.advance(horizon! - 1, Infinity)).toBe('reached');
  expect(part.advance(horizon!, Infinity)).toBe('missing');
  expect(part.world.now).toBe(horizon! - 1);
  expect(part.readFile('/etc/hostname')).toBeNull();
  part.complete(opening, rest);
  expect(part.world.now).toBe(horizon! - 1);
  expect(part.readFile('/etc/hostname')).toBe('controlplane\n');
});

test('what the front cannot do waits for the rest: completion, a signal, another line of a command', () => {
  for (const keys of ['ls /et\t\t', 'sleep 5\r\x03', 'for i in 1 2\rdo echo $i; done\r', '\x04']) {
    const whole = openSession({ lab, ...screen, opening });
    const part = startSession(packFront(opening), { lab, ...screen });
    for (const session of [whole, part]) for (const key of keys) session.send(key);
    part.settle(Infinity);
    part.complete(opening, rest);
    const limit = whole.world.now + 5e6;
    for (const session of [whole, part]) session.advance(limit, Infinity);
    expect(part.output(0).data, keys).toBe(whole.output(0).data);
  }
});
