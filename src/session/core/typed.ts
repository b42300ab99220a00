/** What stands on a terminal's last line behind the prompt: how a moment of the timeline gets its name, and how the line is emptied. */
import { decodeUtf8 } from '../../base/utf8.ts';
import type { Bytes } from '../../kernel/sys.ts';
import type { Input, World } from '../../kernel/world.ts';
import { lineOnScreen } from './cells.ts';
import { terminalsOf } from './terminals.ts';

const TAIL = 20_000;

/** Readline says these before it prints its prompt, and when it has its line. */
const [BEGINS, ENDS] = ['\x1b[?2004h', '\x1b[?2004l'];
const PROMPT = /^(?:[^\n]*?[➜✖] {2}|\((?:failed )?reverse-i-search\)`[^\n]*?': )/u;

/** The line that is being typed, as it looks; after the prompt's mark when there is one. */
export function typedLine(world: World, tty: string): string {
  const { data } = world.output(tty, Math.max(0, world.output(tty, Infinity).at - TAIL));
  const begins = data.lastIndexOf(BEGINS);
  const isReadline = begins >= 0 && !data.includes(ENDS, begins);
  const shown = data.slice(isReadline ? begins : data.lastIndexOf('\n') + 1);
  return lineOnScreen(decodeUtf8(shown), world.ttySize(tty)?.cols ?? 80).replace(PROMPT, '').trim();
}

/** What an Enter among `bytes` sends off: the line as it stands, and what comes before the Enter when that is plain text. */
export function sentLine(world: World, tty: string, bytes: Bytes): string {
  const rest = decodeUtf8(bytes).split(/[\r\n]/)[0]!;
  return typedLine(world, tty) + (/[\x00-\x1f\x7f]/.test(rest) ? '' : rest);
}

/** Readline's keys: to the end of the line, and kill all before it. */
const CLEAR_LINE = '\x05\x15';

/** Inputs that empty the lines that are being typed at prompts. */
export const clearingLines = (world: World): Input[] =>
  terminalsOf(world).filter(({ tty, atPrompt }) => atPrompt && typedLine(world, tty) !== '').map(({ tty }) => ({ kind: 'keys', tty, bytes: CLEAR_LINE }));
