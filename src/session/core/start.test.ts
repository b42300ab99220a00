import { expect, test } from 'vitest';
import { labs } from '../../labs/index.ts';
import { programs } from '../../distro/programs.ts';
import { openingOf } from './opening.ts';
import { openSession } from './index.ts';
import { shellOnly, startSession } from './start.ts';

const lab = 'control-plane-failure';
const opening = openingOf(labs.get(lab)!.definition, 1);

test('with the shell’s code alone a fresh lab shows its prompt and echoes keys; with the rest it goes on as if all had been there (T6)', () => {
  const whole = openSession({ lab, cols: 80, rows: 24, opening });
  const table = shellOnly();
  const part = startSession({ lab, cols: 80, rows: 24, opening, programs: table });
  const limit = part.world.now + 15e6;
  const both = (act: (session: typeof part) => void) => [whole, part].forEach(act);

  part.settle(Infinity, limit);
  part.send('kubectl get nodes');
  expect(part.settle(Infinity, limit)).toBe('settled');
  expect(part.output(0).data).toMatch(/controlplane .*kubectl get nodes$/);
  part.send('\r');
  expect(part.settle(Infinity, limit)).toBe('missing');
  const { steps, now } = part.world;
  expect([part.settle(Infinity, limit), part.advance(limit, Infinity), part.world.steps, part.world.now]).toEqual(['missing', 'missing', steps, now]);

  for (const [name, program] of programs) table.set(name, program);
  whole.settle(Infinity, limit);
  whole.send('kubectl get nodes');
  whole.settle(Infinity, limit);
  whole.send('\r');
  both((session) => expect(session.settle(Infinity, limit)).toBe('settled'));
  expect(part.output(0).data).toContain('controlplane   Ready');
  expect(part.hash()).toBe(whole.hash());
});
