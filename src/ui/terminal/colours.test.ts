// Every colour a program can print in can be read, in every theme, selected or not.
import { expect, test } from 'vitest';
import { contrast } from './contrast.ts';
import { themes } from './colours.ts';

const ofSelf = ['background', 'cursor', 'cursorAccent', 'selectionBackground', 'selectionInactiveBackground', 'selectionForeground'];

test('the ratio is WCAG’s', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
  expect(contrast('#ffffff', '#ffffff')).toBe(1);
});

for (const [name, theme] of Object.entries(themes)) {
  const inks = Object.entries(theme).filter(([key]) => !ofSelf.includes(key)) as [string, string][];
  test.each(inks)(`${name}: %s`, (_key, colour) => expect(contrast(colour, theme.background!)).toBeGreaterThanOrEqual(4.5));
  test(`${name}: all of them`, () => expect(inks.map(([key]) => key).sort()).toHaveLength(17));
  test(`${name}: the cursor, and what is selected`, () => {
    expect(contrast(theme.cursor!, theme.background!)).toBeGreaterThanOrEqual(3);
    expect(contrast(theme.cursorAccent!, theme.cursor!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme.foreground!, theme.selectionBackground!)).toBeGreaterThanOrEqual(4.5);
  });
}
