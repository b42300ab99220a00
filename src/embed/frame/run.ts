// A command that the host types, and what came of it. It goes through the terminal like any other, so the learner sees it and may undo it.
import { arrayOf, plainText, type Sitting } from '../../session/host/index.ts';
import type { RunResult } from '../embed.d.ts';
import { limits } from '../protocol.ts';

/** The shell's prompt tells by its arrow whether the last command failed. */
const otherArrow = (prompt: string) => (prompt.includes('➜') ? prompt.replace('➜', '✖') : prompt.replace('✖', '➜'));

/** What stands between the echoed command and the next prompt, which may follow output that ends without a newline. */
export function outputOf(printed: string, promptBefore: string): string {
  const [, ...lines] = plainText(printed).split('\n');
  const last = lines.pop() ?? '';
  const prompt = [promptBefore, otherArrow(promptBefore)].find((each) => each !== '' && last.endsWith(each));
  return lines.map((line) => `${line}\n`).join('') + (prompt === undefined ? '' : last.slice(0, -prompt.length));
}

export async function run(sitting: Sitting, command: string): Promise<RunResult> {
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(command)) throw new Error('A command is one line.');
  if (!sitting.shellWaits) throw new Error('The shell is busy: something else has the terminal.');
  const textFrom = (at: number) => new TextDecoder().decode(arrayOf(sitting.transcript().slice(at)));
  const from = sitting.transcript().length;
  const prompt = plainText(textFrom(0)).split('\n').at(-1) ?? '';
  sitting.type(`${command}\r`);
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      const { crash } = sitting.view;
      if (!crash && !(sitting.shellWaits && sitting.transcript().includes('\n', from))) return;
      stop();
      if (crash) reject(crash);
      else resolve();
    };
    const stop = sitting.subscribe(look);
    look();
  });
  return { output: outputOf(textFrom(from), prompt).slice(0, limits.output), exitCode: sitting.exitCode ?? -1 };
}
