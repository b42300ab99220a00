/** echo, printf, cd, pwd, pushd, test, history, help and other everyday builtins. */
import { chdir, getcwd, now, writeFile } from '../../../kernel/sys.ts';
import type { Coroutine } from '../../../kernel/sys.ts';
import { errnoOf } from '../../../kernel/errno.ts';
import { cdComplaint } from '../dialect.ts';
import { fromEscapes, formatPrintf } from '../../../lib/tool/printf.ts';
import { binary, isBinary, unary, UNARY } from '../conditional.ts';
import { ShellError } from '../errors.ts';
import { err, out } from '../io.ts';
import type { Shell } from '../shell.ts';
import { assign, scalar } from '../state.ts';
import { complain } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import { builtinNames } from './names.ts';

const echo: Builtin = function* (_shell, args) {
  let newline = true;
  let escapes = false;
  let i = 0;
  for (; i < args.length && /^-[neE]+$/.test(args[i]!); i++) {
    if (args[i]!.includes('n')) newline = false;
    if (args[i]!.includes('e')) escapes = true;
    if (args[i]!.includes('E')) escapes = false;
  }
  let text = args.slice(i).join(' ');
  if (escapes) {
    const { text: done, stop } = fromEscapes(text, true);
    text = done;
    if (stop) newline = false;
  }
  yield* out(text + (newline ? '\n' : ''));
  return 0;
};
const printf: Builtin = function* (shell, args, name) {
  let [format, ...rest] = args[0] === '--' ? args.slice(1) : args;
  let variable: string | null = null;
  if (format === '-v') [variable, format, ...rest] = rest as [string, string, ...string[]];
  if (format === undefined) {
    yield* err('printf: usage: printf [-v var] format [arguments]\n');
    return 2;
  }
  const { text, problems } = formatPrintf(format, rest, yield* now());
  for (const problem of problems) yield* complain(shell, name, problem);
  if (variable === null) yield* out(text);
  else assign(shell.state, variable, text);
  return problems.length > 0 ? 1 : 0;
};

function* change(shell: Shell, path: string, name: string, shown = path): Coroutine<number> {
  const before = yield* getcwd();
  try {
    yield* chdir(path);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    return yield* complain(shell, name, cdComplaint(shell.state.dialect, shown, code));
  }
  shell.state.oldCwd = before;
  const here = yield* getcwd();
  shell.state.vars['PWD'] = { value: here, exported: true };
  shell.state.vars['OLDPWD'] = { value: before, exported: true };
  return 0;
}
const cd: Builtin = function* (shell, args, name) {
  const words = args.filter((a) => !/^-[LPe@]+$/.test(a) && a !== '--');
  if (words.length > 1) return yield* complain(shell, name, 'too many arguments');
  const target = words[0] ?? scalar(shell.state, 'HOME');
  if (target === undefined) return yield* complain(shell, name, 'HOME not set');
  if (target === '-') {
    if (shell.state.oldCwd === '') return yield* complain(shell, name, 'OLDPWD not set');
    const status = yield* change(shell, shell.state.oldCwd, name);
    if (status === 0) yield* out(`${yield* getcwd()}\n`);
    return status;
  }
  return target === '' ? 0 : yield* change(shell, target, name);
};
const pwd: Builtin = function* () {
  yield* out(`${yield* getcwd()}\n`);
  return 0;
};
function* showStack(shell: Shell): Coroutine<number> {
  const home = scalar(shell.state, 'HOME') ?? '';
  yield* out(`${[yield* getcwd(), ...shell.state.directories].map((d) => (home !== '' && (d === home || d.startsWith(`${home}/`)) ? `~${d.slice(home.length)}` : d)).join(' ')}\n`);
  return 0;
}
const pushd: Builtin = function* (shell, args, name) {
  const here = yield* getcwd();
  const [top, ...rest] = shell.state.directories;
  if (args[0] === undefined && top === undefined) return yield* complain(shell, name, 'no other directory');
  const status = yield* change(shell, args[0] ?? top!, name);
  if (status !== 0) return status;
  shell.state.directories = args[0] === undefined ? [here, ...rest] : [here, ...shell.state.directories];
  return yield* showStack(shell);
};
const popd: Builtin = function* (shell, _args, name) {
  const [top, ...rest] = shell.state.directories;
  if (top === undefined) return yield* complain(shell, name, 'directory stack empty');
  const status = yield* change(shell, top, name);
  if (status !== 0) return status;
  shell.state.directories = rest;
  return yield* showStack(shell);
};
const dirs: Builtin = function* (shell, args) {
  if (args.includes('-c')) shell.state.directories = [];
  else return yield* showStack(shell);
  return 0;
};

/** `[ … ]`: by the number of arguments, as POSIX has it; longer ones by a small parser. */
const test: Builtin = function* (shell, args, name) {
  const words = [...args];
  if (name === '[') {
    if (words.pop() !== ']') return yield* complain(shell, '[', "missing `]'", 2);
  }
  let at = 0;
  const primary = function* (): Coroutine<boolean> {
    const word = words[at];
    if (word === undefined) throw new ShellError(`${name}: argument expected`, 2);
    if (word === '!' && words.length - at > 1) {
      at++;
      return !(yield* primary());
    }
    if (word === '(' && words.length - at > 2 && !isBinary(words[at + 1] ?? '')) {
      at++;
      const value = yield* or();
      if (words[at++] !== ')') throw new ShellError(`${name}: \`)' expected`, 2);
      return value;
    }
    if (at + 2 < words.length + 0 && isBinary(words[at + 1]!)) {
      at += 3;
      return yield* binary(shell, word, words[at - 2]!, words[at - 1]!, false);
    }
    if (UNARY.has(word) && at + 1 < words.length) {
      at += 2;
      return yield* unary(shell, word, words[at - 1]!);
    }
    at++;
    return word !== '';
  };
  const and = function* (): Coroutine<boolean> {
    let value = yield* primary();
    while (words[at] === '-a') {
      at++;
      value = (yield* primary()) && value;
    }
    return value;
  };
  const or = function* (): Coroutine<boolean> {
    let value = yield* and();
    while (words[at] === '-o') {
      at++;
      value = (yield* and()) || value;
    }
    return value;
  };
  if (words.length === 0) return 1;
  try {
    const value = yield* or();
    if (at < words.length) throw new ShellError(words.length === 2 ? `${name}: ${words[0]}: unary operator expected` : words.length === 3 ? `${name}: ${words[1]}: binary operator expected` : `${name}: too many arguments`, 2);
    return value ? 0 : 1;
  } catch (caught) {
    if (!(caught instanceof ShellError)) throw caught;
    yield* err(`${shell.label()}${caught.message.startsWith(`${name}: `) ? '' : `${name}: `}${caught.message}\n`);
    return 2;
  }
};

const history: Builtin = function* (shell, args, name) {
  const { state } = shell;
  if (args[0] === '-c') state.history = [];
  else if (args[0] === '-w' || args[0] === '-a') yield* writeFile(scalar(state, 'HISTFILE') ?? '/root/.bash_history', state.history.map((l) => `${l}\n`).join(''), 0o600);
  else if (args[0] === '-d') {
    const n = Number(args[1]);
    if (!(n >= 1 && n <= state.history.length)) return yield* complain(shell, name, `${args[1]}: history position out of range`);
    state.history = state.history.filter((_, i) => i !== n - 1);
  } else if (args[0] !== undefined && !/^\d+$/.test(args[0])) return yield* complain(shell, name, args[0].startsWith('-') ? `${args[0]}: invalid option` : `${args[0]}: numeric argument required`, args[0].startsWith('-') ? 2 : 1);
  else {
    const from = args[0] === undefined ? 0 : Math.max(0, state.history.length - Number(args[0]));
    yield* out(state.history.slice(from).map((line, i) => `${String(from + i + 1).padStart(5)}  ${line}\n`).join(''));
  }
  return 0;
};
const help: Builtin = function* (shell, args, name) {
  const unknown = args.filter((a) => !a.startsWith('-')).find((a) => !builtinNames.includes(a));
  if (unknown !== undefined) return yield* complain(shell, name, `no help topics match \`${unknown}'.  Try \`help help' or \`man -k ${unknown}' or \`info ${unknown}'.`);
  yield* out(`GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nThese shell commands are defined internally.\n\n${builtinNames.join(' ')}\n`);
  return 0;
};
const colon: Builtin = function* () { return 0; };
const falseBuiltin: Builtin = function* () { return 1; };
const complete: Builtin = function* () { return 0; };   // completion rules are the line editor's own (see complete.ts)
const enable: Builtin = function* (shell, args, name) {
  const unknown = args.filter((a) => !a.startsWith('-')).find((a) => !builtinNames.includes(a));
  if (unknown !== undefined) return yield* complain(shell, name, `${unknown}: not a shell builtin`);
  if (args.length === 0) yield* out(builtinNames.map((n) => `enable ${n}\n`).join(''));
  return 0;
};
const unavailable: Builtin = function* (shell, _args, name) { return yield* complain(shell, name, 'not available in this lab'); };
const compgen: Builtin = function* (shell, args) {
  const word = args.at(-1)?.startsWith('-') === true ? '' : args.at(-1) ?? '';
  const pool = args.includes('-b') ? builtinNames : args.includes('-v') ? Object.keys(shell.state.vars) : args.includes('-a') ? Object.keys(shell.state.aliases) : args.includes('-W') ? (args[args.indexOf('-W') + 1] ?? '').split(/\s+/) : [];
  const found = pool.filter((p) => p.startsWith(word)).sort();
  yield* out(found.map((f) => `${f}\n`).join(''));
  return found.length > 0 ? 0 : 1;
};

export const everyday: Readonly<Record<string, Builtin>> = {
  echo, printf, cd, pwd, pushd, popd, dirs, test, '[': test, history, help, ':': colon, true: colon, false: falseBuiltin, complete, compopt: complete, bind: complete, enable, compgen, fc: unavailable,
};
