/** What stands on a terminal's last line behind the prompt: how a moment of the timeline gets its name, and how the line is emptied. */
import { decodeUtf8 } from '../../base/utf8.ts';
import type { Input, World } from '../../kernel/world.ts';
import { plainText } from './screen.ts';
import { terminalsOf } from './terminals.ts';

const TAIL = 4000;

/** The line that is being typed, as it looks; after the last prompt mark when there is one. */
export function typedLine(world: World, tty: string): string {
  const { data } = world.output(tty, Math.max(0, world.output(tty, Infinity).at - TAIL));
  const line = plainText(decodeUtf8(data.slice(data.lastIndexOf('\n') + 1)));
  return line.replace(/^.*?[➜✖] {2}/u, '').trim();
}

/** Readline's keys: to the end of the line, and kill all before it. */
const CLEAR_LINE = '\x05\x15';

/** Inputs that empty the lines that are being typed at prompts. */
export const clearingLines = (world: World): Input[] =>
  terminalsOf(world).filter(({ tty, atPrompt }) => atPrompt && typedLine(world, tty) !== '').map(({ tty }) => ({ kind: 'keys', tty, bytes: CLEAR_LINE }));
