import { expect, test } from 'vitest';
import { Timeline } from './timeline.ts';

/** A timeline over a world that is only a name: `begin` adds a moment and becomes what it is called. */
function story() {
  let world = 'start';
  const timeline = new Timeline<string>(0);
  const go = (frame: string | null): string | null => { if (frame !== null) world = frame; return frame; };
  return {
    timeline, world: () => world, become(name: string) { world = name; },
    begin(label: string) { timeline.add('command', label, 0, world); world = `${world}>${label}`; },
    undo: () => go(timeline.undo(() => world)), redo: () => go(timeline.redo(() => world)), goTo: (id: number) => go(timeline.goTo(id, () => world)),
  };
}

test('undo goes to before a moment, redo to after it', () => {
  const s = story();
  s.begin('a');
  s.begin('b');
  expect(s.undo()).toBe('start>a');
  expect(s.undo()).toBe('start');
  expect(s.undo()).toBeNull();
  expect(s.redo()).toBe('start>a');
  expect(s.redo()).toBe('start>a>b');
  expect(s.redo()).toBeNull();
});

test('a branch that was left is still there', () => {
  const s = story();
  s.begin('a');
  s.begin('b');
  s.undo();
  s.begin('c');
  expect(s.world()).toBe('start>a>c');
  const moments = s.timeline.view().moments;
  expect(moments.map(({ label, parent }) => [label, parent])).toEqual([['', null], ['a', 0], ['b', 1], ['c', 1]]);
  expect(s.goTo(2)).toBe('start>a>b');
  expect(s.goTo(3)).toBe('start>a>c');
  expect(s.goTo(1)).toBe('start>a');
  expect(s.goTo(9)).toBeNull();
});

test('looking back ends when something is typed', () => {
  const s = story();
  s.begin('a');
  s.begin('b');
  s.goTo(1);
  expect(s.timeline.view()).toMatchObject({ current: 1, lookingBack: true, canUndo: true, canRedo: true });
  s.timeline.typed();
  expect(s.timeline.view().lookingBack).toBe(false);
});

test('back to now is back to where one looked back from, also when that was no branch’s end', () => {
  const s = story();
  s.begin('a');
  s.begin('b');
  s.undo();
  s.begin('c');
  s.goTo(2);
  expect(s.timeline.view()).toMatchObject({ current: 2, now: 2, lookingBack: false });
  s.goTo(1);
  expect(s.timeline.view()).toMatchObject({ current: 1, now: 2, lookingBack: true, line: [0, 1, 2] });
  s.goTo(0);
  expect(s.goTo(s.timeline.now)).toBe('start>a>b');
  expect(s.timeline.view()).toMatchObject({ current: 2, lookingBack: false });

  s.goTo(1);
  s.timeline.typed();
  s.become('start>a, half a line');
  s.goTo(0);
  expect(s.goTo(s.timeline.now)).toBe('start>a, half a line');
  expect(s.timeline.view()).toMatchObject({ current: 1, lookingBack: false });
});

test('one who looked back still does after the rows were kept', () => {
  const s = story();
  s.begin('a');
  s.begin('b');
  s.goTo(1);
  const back = Timeline.fromRows(s.timeline.rows(), s.timeline.current, s.timeline.now);
  expect(back.view()).toEqual(s.timeline.view());
});
