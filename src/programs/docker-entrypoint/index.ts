/** The entrypoint of images whose program takes bare arguments (curl): a word that is no command of the image is given to the program. */
import { access, environ } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { become } from '../../lib/tool/become.ts';

/** Whether a PATH search finds it. */
function* isCommand(word: string): Coroutine<boolean> {
  if (word.includes('/')) return yield* access(word, 'x');
  for (const dir of ((yield* environ())['PATH'] ?? '').split(':')) if (yield* access(`${dir}/${word}`, 'x')) return true;
  return false;
}

function* main(argv: readonly string[]): Coroutine<number> {
  const words = argv.slice(1);
  const whole = words[0] === undefined || words[0].startsWith('-') || !(yield* isCommand(words[0])) ? ['curl', ...words] : words;
  return yield* become(whole, (reason) => `/entrypoint.sh: exec: ${whole[0]}: ${reason}`);
}

export const program: Program = { name: 'docker-entrypoint', main };
