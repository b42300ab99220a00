/** Builtins about names: alias, unalias, type, command, builtin. */
import { access, stat } from '../../../kernel/sys.ts';
import type { Coroutine } from '../../../kernel/sys.ts';
import { SysError } from '../../../kernel/errno.ts';
import { out } from '../io.ts';
import { shellQuote } from '../../../lib/tool/quote.ts';
import type { Shell } from '../shell.ts';
import { scalar } from '../state.ts';
import { complain } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import { builtinNames, KEYWORDS } from './names.ts';
import { functionText } from '../syntax.ts';

const alias: Builtin = function* (shell, args, name) {
  const { aliases } = shell.state;
  let status = 0;
  const words = args.filter((a) => a !== '-p');
  for (const word of words.length > 0 ? words : Object.keys(aliases).sort()) {
    const at = word.indexOf('=');
    if (at > 0 && words.length > 0) aliases[word.slice(0, at)] = word.slice(at + 1);
    else if (Object.hasOwn(aliases, word)) yield* out(`alias ${word}=${shellQuote(aliases[word]!)}\n`);
    else status = yield* complain(shell, name, `${word}: not found`);
  }
  return status;
};
const unalias: Builtin = function* (shell, args, name) {
  let status = 0;
  if (args[0] === '-a') shell.state.aliases = {};
  else for (const arg of args) {
    if (!Object.hasOwn(shell.state.aliases, arg)) status = yield* complain(shell, name, `${arg}: not found`);
    delete shell.state.aliases[arg];
  }
  return status;
};

/** Where a command name leads. */
export function* findInPath(shell: Shell, name: string): Coroutine<string[]> {
  if (name.includes('/')) return (yield* access(name, 'x')) ? [name] : [];
  const found: string[] = [];
  for (const dir of (scalar(shell.state, 'PATH') ?? '').split(':')) {
    const path = `${dir === '' ? '.' : dir}/${name}`;
    try {
      if ((yield* stat(path)).type === 'file' && (yield* access(path, 'x'))) found.push(path);
    } catch (caught) {
      if (!(caught instanceof SysError)) throw caught;
    }
  }
  return found;
}
const type: Builtin = function* (shell, args, name) {
  const flags = args.filter((a) => /^-[afptP]+$/.test(a)).join('');
  let status = 0;
  for (const word of args.filter((a) => !/^-[afptP]+$/.test(a))) {
    const lines: [string, string][] = [];
    const { aliases, functions } = shell.state;
    if (!flags.includes('p') && !flags.includes('P')) {
      if (Object.hasOwn(aliases, word)) lines.push(['alias', `${word} is aliased to \`${aliases[word]}'`]);
      if (KEYWORDS.includes(word)) lines.push(['keyword', `${word} is a shell keyword`]);
      if (Object.hasOwn(functions, word)) lines.push(['function', `${word} is a function\n${functionText(word, functions[word]!)}`]);
      if (builtinNames.includes(word)) lines.push(['builtin', `${word} is a shell builtin`]);
    }
    for (const path of yield* findInPath(shell, word)) lines.push(['file', flags.includes('p') || flags.includes('P') ? path : `${word} is ${path}`]);
    const shown = flags.includes('a') ? lines : lines.slice(0, 1);
    for (const [kind, line] of shown) yield* out(`${flags.includes('t') ? kind : line}\n`);
    if (shown.length === 0) status = flags.includes('t') || flags.includes('p') || flags.includes('P') ? 1 : yield* complain(shell, name, `${word}: not found`);
  }
  return status;
};
const command: Builtin = function* (shell, args) {
  if (args[0] === '-v' || args[0] === '-V') {
    if (args[0] === '-V') return yield* type(shell, args.slice(1), 'command');
    let found = false;
    for (const word of args.slice(1)) {
      const { aliases, functions } = shell.state;
      const path = (yield* findInPath(shell, word))[0];
      const text = Object.hasOwn(aliases, word) ? `alias ${word}=${shellQuote(aliases[word]!)}` : Object.hasOwn(functions, word) || builtinNames.includes(word) || KEYWORDS.includes(word) ? word : path;
      if (text === undefined) continue;
      found = true;
      yield* out(`${text}\n`);
    }
    return found ? 0 : 1;
  }
  const words = args[0] === '-p' || args[0] === '--' ? args.slice(1) : args;
  return words.length === 0 ? 0 : yield* shell.invoke(words, {}, words.join(' '), false);
};
const builtin: Builtin = function* (shell, args, name) {
  if (args.length === 0) return 0;
  if (!builtinNames.includes(args[0]!)) return yield* complain(shell, name, `${args[0]}: not a shell builtin`);
  return yield* shell.invoke(args, {}, args.join(' '), false);
};

export const lookups: Readonly<Record<string, Builtin>> = { alias, unalias, type, command, builtin };
