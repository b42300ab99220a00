/** Builtins about variables and options: declare and its kin, set, shopt, shift, let, getopts, umask. */
import { umask } from '../../../kernel/sys.ts';
import type { Coroutine } from '../../../kernel/sys.ts';
import { integer } from '../assignment.ts';
import { ExpansionError } from '../errors.ts';
import { arithmetic } from '../expand.ts';
import { parseArithmetic } from '../numbers.ts';
import { err, out } from '../io.ts';
import { functionText } from '../syntax.ts';
import { doubleQuote, quoteIfNeeded } from '../../../lib/tool/quote.ts';
import type { Shell } from '../shell.ts';
import { assign, hasOption, keysOf, lookup, makeLocal, scalar, setOption } from '../state.ts';
import type { Variable } from '../state.ts';
import { complain, isName } from './builtin.ts';
import type { Builtin } from './builtin.ts';

function declaration(name: string, v: Variable): string {
  const flags = `${v.items !== undefined ? (v.assoc === true ? 'A' : 'a') : ''}${v.integer === true ? 'i' : ''}${v.readonly === true ? 'r' : ''}${v.exported === true ? 'x' : ''}`;
  const value = v.items === undefined ? doubleQuote(v.value) : `(${keysOf(v).map((k) => `[${k}]=${doubleQuote(v.items![k]!)}`).join(' ')}${v.assoc === true && keysOf(v).length > 0 ? ' ' : ''})`;
  return `declare -${flags === '' ? '-' : flags} ${name}=${value}\n`;
}

const USAGE: Readonly<Record<string, string>> = {
  declare: 'declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]', typeset: 'typeset [-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]',
  local: 'local [option] name[=value] ...', export: 'export [-fn] [name[=value] ...] or export -p', readonly: 'readonly [-aAf] [name[=value] ...] or readonly -p',
  set: 'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]', ulimit: 'ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]',
};
/** declare, typeset, local, export, readonly share their ways. */
const declare: Builtin = function* (shell, args, name) {
  const { state } = shell;
  const on = new Set<string>(name === 'export' ? ['x'] : name === 'readonly' ? ['r'] : []);
  const off = new Set<string>();
  const words: string[] = [];
  for (const arg of args) {
    if (words.length === 0 && /^[-+][A-Za-z]+$/.test(arg)) for (const c of arg.slice(1)) (arg[0] === '-' ? on : off).add(c);
    else if (arg !== '--') words.push(arg);
  }
  const refused = [...on, ...off].find((c) => !(name === 'export' || name === 'readonly' ? 'aAfnprx' : 'aAfFgiIlnprtux').includes(c));
  if (refused !== undefined) {
    yield* complain(shell, name, `-${refused}: invalid option`);
    yield* err(`${name}: usage: ${USAGE[name] ?? ''}\n`);
    return 2;
  }
  const unmodelled = name === 'export' ? undefined : ['n', 'l', 'u', 't', 'I'].find((c) => on.has(c));
  if (unmodelled !== undefined) return yield* complain(shell, name, `-${unmodelled}: not available in this lab`);
  if (name === 'export' && on.has('n')) {
    on.delete('x');
    off.add('x');
  }
  if (name === 'local' && state.locals.length === 0) return yield* complain(shell, 'local', 'can only be used in a function');
  if (on.has('f') || on.has('F')) return yield* showFunctions(shell, words, on.has('F'));
  if (words.length === 0 || on.has('p')) return yield* showVariables(shell, words, on, name);
  let status = 0;
  for (const word of words) {
    const m = /^([^=+]+)(\+?=)?([\s\S]*)$/.exec(word)!;
    const [, variable, operator, value] = m as unknown as [string, string, string | undefined, string];
    if (!isName(variable)) {
      status = yield* complain(shell, name, `\`${word}': not a valid identifier`);
      continue;
    }
    if (name === 'local' || (name !== 'export' && name !== 'readonly' && !on.has('g') && state.locals.length > 0)) makeLocal(state, variable);
    const old = lookup(state, variable);
    if (old?.readonly === true && operator !== undefined) {
      status = yield* complain(shell, name === 'local' ? 'local' : '', `${variable}: readonly variable`.replace(/^: /, ''));
      continue;
    }
    const next: Variable = { value: '', ...old };
    if (on.has('a') || on.has('A')) next.items ??= {};
    if (on.has('A')) next.assoc = true;
    if (on.has('i')) next.integer = true;
    if (on.has('x')) next.exported = true;
    if (off.has('x')) next.exported = false;
    if (on.has('r')) next.readonly = true;
    if (operator !== undefined) next.value = next.integer === true ? yield* integer(shell, value) : operator === '+=' ? next.value + value : value;
    else if (old === undefined && name !== 'local' && !on.has('x') && on.size === 0) next.value = '';
    state.vars[variable] = next;
  }
  return status;
};
function* showFunctions(shell: Shell, names: readonly string[], brief: boolean): Coroutine<number> {
  let status = 0;
  for (const name of names.length > 0 ? names : Object.keys(shell.state.functions).sort()) {
    const body = shell.state.functions[name];
    if (body === undefined) status = 1;
    else yield* out(brief ? (names.length > 0 ? `${name}\n` : `declare -f ${name}\n`) : `${functionText(name, body)}\n`);
  }
  return status;
}
function* showVariables(shell: Shell, names: readonly string[], on: ReadonlySet<string>, name: string): Coroutine<number> {
  let status = 0;
  for (const word of names.length > 0 ? names : Object.keys(shell.state.vars).sort()) {
    const v = lookup(shell.state, word);
    if (v === undefined) {
      status = yield* complain(shell, name, `${word}: not found`);
      continue;
    }
    if (names.length === 0 && ((on.has('x') && v.exported !== true) || (on.has('r') && v.readonly !== true) || (on.has('a') && v.items === undefined))) continue;
    yield* out(names.length === 0 && on.size === 0 ? `${word}=${quoteIfNeeded(v.value)}\n` : declaration(word, v));
  }
  return status;
}

const unset: Builtin = function* (shell, args, name) {
  let status = 0;
  const functions = args.includes('-f');
  for (const arg of args.filter((a) => !/^-[fvn]$/.test(a))) {
    const element = /^(\w+)\[(.*)\]$/.exec(arg);
    if (lookup(shell.state, element?.[1] ?? arg)?.readonly === true) status = yield* complain(shell, name, `${arg}: cannot unset: readonly variable`);
    else if (element !== null) delete shell.state.vars[element[1]!]?.items?.[element[2]!];
    else if (!functions && lookup(shell.state, arg) !== undefined) delete shell.state.vars[arg];
    else delete shell.state.functions[arg];
  }
  return status;
};

const LETTERS: Readonly<Record<string, string>> = { a: 'allexport', e: 'errexit', f: 'noglob', h: 'hashall', k: 'keyword', m: 'monitor', n: 'noexec', u: 'nounset', v: 'verbose', x: 'xtrace', B: 'braceexpand', C: 'noclobber', E: 'errtrace', H: 'histexpand', P: 'physical', T: 'functrace', b: 'notify', p: 'privileged', t: 'onecmd' };
const OPTIONS = ['allexport', 'braceexpand', 'emacs', 'errexit', 'errtrace', 'functrace', 'hashall', 'histexpand', 'history', 'ignoreeof', 'interactive-comments', 'keyword', 'monitor', 'noclobber', 'noexec', 'noglob', 'nolog', 'notify', 'nounset', 'onecmd', 'physical', 'pipefail', 'posix', 'privileged', 'verbose', 'vi', 'xtrace'];
const UNMODELLED: ReadonlySet<string> = new Set(['noexec', 'verbose', 'physical', 'posix', 'privileged', 'onecmd', 'keyword', 'vi']);

const set: Builtin = function* (shell, args, name) {
  const { state } = shell;
  if (args.length === 0) {
    for (const variable of Object.keys(state.vars).sort()) {
      const v = state.vars[variable]!;
      yield* out(`${variable}=${v.items === undefined ? quoteIfNeeded(v.value) : `(${keysOf(v).map((k) => `[${k}]=${doubleQuote(v.items![k]!)}`).join(' ')})`}\n`);
    }
    return 0;
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--' || !/^[-+]./.test(arg)) {
      state.positional = arg === '--' ? args.slice(i + 1) : args.slice(i);
      return 0;
    }
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      const option = letter === 'o' ? args[++i] : LETTERS[letter];
      if (letter === 'o' && option === undefined) {
        for (const o of OPTIONS) yield* out(on ? `${o.padEnd(15)}\t${hasOption(state, o) ? 'on' : 'off'}\n` : `set ${hasOption(state, o) ? '-' : '+'}o ${o}\n`);
        return 0;
      }
      if (option === undefined || !OPTIONS.includes(option)) {
        yield* complain(shell, name, letter === 'o' ? `${option}: invalid option name` : `${on ? '-' : '+'}${letter}: invalid option`);
        if (letter !== 'o') yield* err(`set: usage: ${USAGE['set']}\n`);
        return 2;
      }
      if (on && UNMODELLED.has(option)) return yield* complain(shell, name, `${option}: not available in this lab`);
      setOption(state, option, on);
    }
  }
  return 0;
};

const shift: Builtin = function* (shell, args, name) {
  const n = Number(args[0] ?? 1);
  if (!Number.isInteger(n) || n < 0) return yield* complain(shell, name, `${args[0]}: numeric argument required`);
  if (n > shell.state.positional.length) return 1;
  shell.state.positional = shell.state.positional.slice(n);
  return 0;
};

const SHOPTS = ['autocd', 'cdspell', 'checkhash', 'checkjobs', 'checkwinsize', 'cmdhist', 'dotglob', 'expand_aliases', 'extglob', 'extquote', 'failglob', 'globstar', 'histappend', 'hostcomplete', 'interactive_comments', 'lastpipe', 'login_shell', 'nocaseglob', 'nocasematch', 'nullglob', 'progcomp', 'promptvars', 'sourcepath', 'xpg_echo'];
const shopt: Builtin = function* (shell, args, name) {
  const { state } = shell;
  const flags = args.filter((a) => a.startsWith('-')).join('');
  const names = args.filter((a) => !a.startsWith('-'));
  const unknown = names.find((n) => !SHOPTS.includes(n));
  if (unknown !== undefined) return yield* complain(shell, name, `${unknown}: invalid shell option name`);
  if (flags.includes('s') || flags.includes('u')) {
    state.shopts = flags.includes('s') ? [...new Set([...state.shopts, ...names])] : state.shopts.filter((o) => !names.includes(o));
    return 0;
  }
  const shown = names.length > 0 ? names : SHOPTS;
  if (!flags.includes('q')) for (const n of shown) yield* out(`${n.padEnd(15)}\t${state.shopts.includes(n) ? 'on' : 'off'}\n`);
  return names.every((n) => state.shopts.includes(n)) ? 0 : 1;
};

const letBuiltin: Builtin = function* (shell, args, name) {
  if (args.length === 0) return yield* complain(shell, name, 'expression expected');
  let value = '0';
  for (const arg of args) {
    const e = parseArithmetic(arg);
    try {
      value = e === null ? '0' : yield* arithmetic(shell, e);
    } catch (caught) {
      if (!(caught instanceof ExpansionError)) throw caught;
      return yield* complain(shell, name, `${arg}: ${caught.message}`);
    }
  }
  return value === '0' ? 1 : 0;
};
const getopts: Builtin = function* (shell, args) {
  const { state } = shell;
  const [spec = '', variable = ''] = args;
  const words = args.length > 2 ? args.slice(2) : state.positional;
  let index = Number(scalar(state, 'OPTIND') ?? 1);
  if (index === 1 && state.getoptsAt === 0) state.getoptsAt = 1;
  const word = words[index - 1];
  const finish = (): number => {
    state.getoptsAt = 0;
    assign(state, variable, '?');
    return 1;
  };
  if (word === undefined || !word.startsWith('-') || word === '-') return finish();
  if (word === '--') {
    assign(state, 'OPTIND', String(index + 1));
    return finish();
  }
  const at = Math.max(1, state.getoptsAt);
  const letter = word[at]!;
  const known = spec.indexOf(letter);
  const next = (): void => { if (at + 1 < word.length) state.getoptsAt = at + 1; else { state.getoptsAt = 1; index++; } };
  delete state.vars['OPTARG'];
  if (known < 0 || letter === ':') {
    next();
    assign(state, variable, '?');
    if (spec.startsWith(':')) assign(state, 'OPTARG', letter);
    else yield* err(`${state.name}: illegal option -- ${letter}\n`);
  } else if (spec[known + 1] === ':') {
    const value = at + 1 < word.length ? word.slice(at + 1) : words[index++];
    index++;
    state.getoptsAt = 1;
    if (value === undefined) {
      assign(state, variable, spec.startsWith(':') ? ':' : '?');
      if (spec.startsWith(':')) assign(state, 'OPTARG', letter);
      else yield* err(`${state.name}: option requires an argument -- ${letter}\n`);
    } else {
      assign(state, variable, letter);
      assign(state, 'OPTARG', value);
    }
  } else {
    next();
    assign(state, variable, letter);
  }
  assign(state, 'OPTIND', String(index));
  return 0;
};
const umaskBuiltin: Builtin = function* (shell, args, name) {
  const mask = args.find((a) => !a.startsWith('-'));
  if (mask === undefined) {
    const now = yield* umask(null);
    const letters = (bits: number): string => `${bits & 4 ? '' : 'r'}${bits & 2 ? '' : 'w'}${bits & 1 ? '' : 'x'}`;
    yield* out(args.includes('-S') ? `u=${letters(now >> 6)},g=${letters((now >> 3) & 7)},o=${letters(now & 7)}\n` : `${now.toString(8).padStart(4, '0')}\n`);
    return 0;
  }
  if (!/^[0-7]{1,4}$/.test(mask)) return yield* complain(shell, name, `${mask}: octal number out of range`);
  yield* umask(Number.parseInt(mask, 8));
  return 0;
};
const hash: Builtin = function* (_shell, args) {
  if (args.includes('-r') || args.length > 0) return 0;
  yield* out('hash: hash table empty\n');
  return 0;
};
const ulimit: Builtin = function* (shell, args, name) {
  if (args.includes('-n')) yield* out('1024\n');
  else if (args.length === 0) yield* out('unlimited\n');
  else return yield* complain(shell, name, `${args[0]}: not available in this lab`);
  return 0;
};

export const variables: Readonly<Record<string, Builtin>> = {
  declare, typeset: declare, local: declare, export: declare, readonly: declare, unset, set, shift, shopt,
  let: letBuiltin, getopts, umask: umaskBuiltin, hash, ulimit,
};
