// What is printed arrives whole and in order, in pieces, and is dropped when one interrupts.
import { expect, test } from 'vitest';
import { createPrinter, modesIn } from './printing.ts';

/** A terminal that has shown something only when it is told to. */
function slow() {
  const shown: string[] = [];
  const later: (() => void)[] = [];
  const write = (data: string | Uint8Array, done?: () => void) => {
    shown.push(typeof data === 'string' ? data : String.fromCharCode(...data));
    if (done) later.push(done);
  };
  const showAll = () => {
    for (let next = later.shift(); next; next = later.shift()) next();
  };
  return { write, shown, showAll };
}

const text = Array.from({ length: 100_000 }, (_, at) => String.fromCharCode(at % 251)).join('');

test('all of it, in pieces', () => {
  const terminal = slow();
  const printer = createPrinter(terminal);
  printer.print(text);
  printer.print('end');
  expect(terminal.shown.length).toBeLessThan(10);
  expect(printer.isBehind).toBe(true);
  terminal.showAll();
  expect(terminal.shown.join('')).toBe(`${text}end`);
  expect(printer.isBehind).toBe(false);
});

test('an interrupt drops what was not shown, and keeps the modes it sets', () => {
  const terminal = slow();
  const printer = createPrinter(terminal);
  printer.print(`${text}\x1b[?1049l\x1b[31m`);
  printer.drop();
  printer.print('prompt');
  expect(printer.isBehind).toBe(false);
  terminal.showAll();
  expect(terminal.shown.join('')).toBe(`${text.slice(0, 32_768)}\x1b[?1049lprompt`);
});

test('modes', () => expect(modesIn('a\x1b[?2004hb\x1b[1mc\x1b[?25;1049l')).toBe('\x1b[?2004h\x1b[?25;1049l'));
