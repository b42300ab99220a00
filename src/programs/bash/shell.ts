/**
 * The executor: walks the parser's tree. What needs its own process (pipeline stages, subshells, `&`, `$( )`)
 * is a spawn of this same binary with the shell's state as data, because a generator cannot fork.
 */
import type { AndOr, Command, CommandNode, CompoundList, ParsedScript, Pipeline, PipelineNode, Statement, Word } from 'unbash';
import { close, cpu, dup, fdinfo, now, open, pipe, self, spawn, stat, tcsetpgrp, tick, waitpid } from '../../kernel/sys.ts';
import type { Coroutine, SpawnSpec } from '../../kernel/sys.ts';
import { errnoOf, strerror, SysError } from '../../kernel/errno.ts';
import { assignWord } from './assignment.ts';
import { builtins } from './builtins/index.ts';
import { runCompound } from './compound.ts';
import { Interrupted, Leave, ShellError } from './errors.ts';
import { expandWord, expandWords } from './expand.ts';
import type { Runner } from './expand.ts';
import { closeQuietly, err, readAll } from './io.ts';
import { addJob, reapJobs } from './jobs.ts';
import { quoteIfNeeded } from './quote.ts';
import { Redirections } from './redirect.ts';
import { environmentOf, hasOption, keep, lookup } from './state.ts';
import type { ShellState, SubshellStart, Variable } from './state.ts';
import { describeSignal, statusOf } from './signals.ts';
import { parseSource } from './syntax.ts';

const SELF = '/bin/bash';
/** Special builtins: an assignment before them stays. */
const SPECIAL: ReadonlySet<string> = new Set([':', '.', 'source', 'eval', 'exec', 'exit', 'export', 'readonly', 'return', 'set', 'shift', 'trap', 'unset', 'break', 'continue']);

export class Shell implements Runner {
  readonly state: ShellState;
  source = '';
  /** How deep in conditions we are, where `set -e` does not act. */
  #unchecked = 0;
  depth = 0;
  constructor(state: ShellState) { this.state = state; }

  // ---- running text ----------------------------------------------------------------------------------------
  /** Runs a source text. Errors: Leave for exit/return/break/continue that leave it. → `$?` */
  *run(source: string, where = ''): Coroutine<number> {
    const parsed = parseSource(source);
    if (parsed.kind !== 'ok') {
      const place = this.state.interactive ? `${this.state.name.replace(/^-/, '')}: ${where}` : `${this.state.name}: ${where}line 1: `;
      yield* err(`${place}${parsed.message}\n`);
      if (parsed.kind === 'error' && !this.state.interactive) yield* err(`${place}\`${source.split('\n')[0]}'\n`);
      return (this.state.status = 2);
    }
    return yield* this.script(parsed.script, source);
  }
  *script(script: ParsedScript, source: string): Coroutine<number> {
    const outer = this.source;
    this.source = source;
    try {
      for (const statement of script.commands) yield* this.statement(statement);
    } finally {
      this.source = outer;
    }
    return this.state.status;
  }
  /** The prefix of error messages: `bash: `, or `script: line 3: `. */
  label(): string { return this.state.interactive ? `${this.state.name}: ` : `${this.state.name}: line ${this.#line}: `; }
  #line = 1;

  *list(list: CompoundList): Coroutine<number> {
    for (const statement of list.commands) yield* this.statement(statement);
    return this.state.status;
  }
  *statement(statement: Statement): Coroutine<number> {
    if (!this.state.interactive) this.#line = lineOf(this.source, statement.pos);
    if (statement.background === true) return (this.state.status = yield* this.#background(statement));
    return yield* this.node(statement.command);
  }
  /** A condition: `set -e` does not act inside. */
  *condition(list: CompoundList): Coroutine<boolean> {
    this.#unchecked++;
    try {
      return (yield* this.list(list)) === 0;
    } finally {
      this.#unchecked--;
    }
  }

  *node(node: PipelineNode | AndOr): Coroutine<number> {
    if (node.type === 'AndOr') return yield* this.#andOr(node);
    let status: number;
    try {
      status = node.type === 'Pipeline' ? yield* this.#pipeline(node) : yield* this.command(node);
    } catch (caught) {
      if (!(caught instanceof ShellError)) throw caught;
      yield* err(`${this.label()}${caught.message}\n`);
      this.state.status = caught.status;
      if (!this.state.interactive && caught.status === 127) throw new Leave('exit', 0, 1);
      status = caught.status;
    }
    this.state.status = status;
    if (node.type !== 'Pipeline') this.state.pipeStatus = [status];
    const negated = node.type === 'Pipeline' && node.prefixes.some((p) => p.type === 'Negation');
    if (status !== 0 && hasOption(this.state, 'errexit') && this.#unchecked === 0 && !negated) throw new Leave('exit', 0, status);
    return status;
  }
  *#andOr(node: AndOr): Coroutine<number> {
    for (const [i, command] of node.commands.entries()) {
      const operator = node.operators[i - 1];
      if (operator === '&&' && this.state.status !== 0) continue;
      if (operator === '||' && this.state.status === 0) continue;
      const last = i === node.commands.length - 1;
      if (!last) this.#unchecked++;
      try {
        yield* this.node(command);
      } finally {
        if (!last) this.#unchecked--;
      }
    }
    return this.state.status;
  }

  // ---- pipelines -------------------------------------------------------------------------------------------
  *#pipeline(node: Pipeline): Coroutine<number> {
    const timed = node.prefixes.find((p) => p.type === 'Time');
    const began = timed === undefined ? 0 : yield* now();
    const statuses = node.commands.length === 1 ? [yield* this.command(node.commands[0]!)] : yield* this.#stages(node);
    this.state.pipeStatus = statuses;
    if (timed !== undefined) {
      const seconds = ((yield* now()) - began) / 1e6;
      const show = (s: number): string => `${Math.floor(s / 60)}m${(s % 60).toFixed(3)}s`;
      yield* err(`\nreal\t${show(seconds)}\nuser\t${show(0)}\nsys\t${show(0)}\n`);
    }
    const bad = statuses.filter((s) => s !== 0);
    const status = hasOption(this.state, 'pipefail') ? bad.at(-1) ?? 0 : statuses.at(-1) ?? 0;
    return node.prefixes.filter((p) => p.type === 'Negation').length % 2 === 1 ? (status === 0 ? 1 : 0) : status;
  }

  *#stages(node: Pipeline): Coroutine<number[]> {
    let input: number | null = null;
    let pgid = 0;
    const pids: number[] = [];
    for (const [i, command] of node.commands.entries()) {
      const last = i === node.commands.length - 1;
      const [r, w]: readonly [number | null, number | null] = last ? [null, null] : yield* pipe();
      const wiring = new Redirections();
      if (input !== null) yield* wiring.point(0, input);
      if (w !== null) yield* wiring.point(1, w);
      if (w !== null && node.operators[i] === '|&') yield* wiring.point(2, w);
      const own = [input, w].filter((fd): fd is number => fd !== null);
      for (const fd of own) yield* closeQuietly(fd);
      const pid = yield* this.#stage(command, pgid);
      yield* wiring.undo();
      input = r;
      if (pid !== null) {
        pids.push(pid);
        if (pgid === 0) pgid = pid;
      }
    }
    return yield* this.foreground(pids, pgid, this.source.slice(node.pos, node.end));
  }
  /** Starts one stage; null when it could not (its error is printed). */
  *#stage(command: CommandNode, pgid: number): Coroutine<number | null> {
    if (command.type === 'Command' && command.name !== undefined && command.prefix.length === 0 && command.redirects.length === 0) {
      // A plain external command needs no shell around it.
      const words = yield* expandWords(this, [command.name, ...(command.args.filter((a): a is Word => a.type === 'Word'))]);
      const name = words[0];
      if (name !== undefined && command.args.every((a) => a.type === 'Word') && !Object.hasOwn(this.state.functions, name) && builtins[name] === undefined && !Object.hasOwn(this.state.aliases, name)) {
        try {
          return yield* this.spawnExternal(words, {}, pgid);
        } catch (caught) {
          if (!(caught instanceof ShellError)) throw caught;
          yield* err(`${this.label()}${caught.message}\n`);
          return yield* this.subshell(`exit ${caught.status}`, null, pgid);
        }
      }
    }
    return yield* this.subshell(this.source, [command.type, command.pos, command.end], pgid);
  }

  /** Waits for a foreground job with the terminal in its hands. → exit statuses in order. */
  *foreground(pids: readonly number[], pgid: number, text: string): Coroutine<number[]> {
    const { state } = this;
    const statuses = new Map<number, number>();
    const left = new Set(pids);
    if (state.interactive && state.tty !== null && pgid !== 0) yield* tcsetpgrp(state.tty, pgid);
    let stopped = false;
    let interrupted = false;
    while (left.size > 0 && !stopped) {
      const target = state.interactive ? -pgid : [...left][0]!;
      let done;
      try {
        done = yield* waitpid({ pid: target, nohang: false, untraced: state.interactive });
      } catch (caught) {
        if (errnoOf(caught) === 'EINTR') continue;
        if (errnoOf(caught) === 'ECHILD') break;
        throw caught;
      }
      if (done === null) continue;
      if (done.status.stopped) stopped = true;
      else left.delete(done.pid);
      statuses.set(done.pid, statusOf(done.status));
      if (done.status.signal === 'INT') interrupted = true;
      else if (done.status.signal !== null && done.status.signal !== 'PIPE' && state.interactive) yield* err(`${describeSignal(done.status.signal)}\n`);
    }
    if (state.interactive && state.tty !== null) yield* tcsetpgrp(state.tty, (yield* self()).pgid);
    if (stopped) {
      const job = addJob(state, { pgid, pids, text, stopped: true, left: [...left], status: 148 });
      yield* err(`\n[${job.id}]+  Stopped                 ${text}\n`);
      return [148];
    }
    if (interrupted && state.interactive) yield* err('\n');
    return pids.map((pid) => statuses.get(pid) ?? 127);
  }

  *#background(statement: Statement): Coroutine<number> {
    const { state } = this;
    const text = this.source.slice(statement.command.pos, statement.command.end);
    const wiring = new Redirections();
    if (!state.interactive) {
      const nothing = yield* open('/dev/null', 'r');
      yield* wiring.point(0, nothing);
      if (nothing !== 0) yield* close(nothing);
    }
    const { command } = statement;
    const pid = command.type === 'AndOr' || command.type === 'Pipeline' ? yield* this.subshell(this.source, [command.type, command.pos, command.end], 0) : yield* this.#stage(command, 0);
    yield* wiring.undo();
    if (pid === null) return 1;
    state.lastBackground = pid;
    const job = addJob(state, { pgid: state.interactive ? pid : 0, pids: [pid], text, stopped: false, left: [pid], status: 0 });
    if (state.interactive) yield* err(`[${job.id}] ${pid}\n`);
    return 0;
  }

  // ---- processes -------------------------------------------------------------------------------------------
  *#fds(): Coroutine<Record<number, number>> {
    const fds: Record<number, number> = {};
    for (const fd of [0, 1, 2, ...this.state.fds]) if ((yield* fdinfo(fd)) !== null) fds[fd] = fd;
    return fds;
  }
  /** A child shell with this one's state, running `source` or one node of it. → pid */
  *subshell(source: string, node: SubshellStart['node'], pgid: number | null): Coroutine<number> {
    const start: SubshellStart = { kind: 'subshell', source, node, state: keep({ ...this.state, interactive: false, subshell: this.state.subshell + 1, jobs: [], tty: null, name: this.state.name }) };
    return yield* spawn({ path: SELF, argv: [this.state.name], env: environmentOf(this.state), fds: yield* this.#fds(), saved: start as never, ...this.#group(pgid) });
  }
  #group(pgid: number | null): Pick<SpawnSpec, 'pgid'> {
    return this.state.interactive && pgid !== null ? { pgid } : {};
  }
  /** Starts a program. Errors: ShellError 127 (not found) or 126. */
  *spawnExternal(words: readonly string[], env: Readonly<Record<string, string>>, pgid: number | null): Coroutine<number> {
    const name = words[0]!;
    yield* cpu(1000);
    try {
      return yield* spawn({ path: name, argv: words, env: environmentOf(this.state, env), fds: yield* this.#fds(), ...this.#group(pgid) });
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      if (code === 'ENOEXEC') return yield* this.#textFile(words, pgid);
      throw yield* this.#refusal(name, code);
    }
  }
  /** A file without `#!` is a script for this shell. */
  *#textFile(words: readonly string[], pgid: number | null): Coroutine<number> {
    return yield* spawn({ path: SELF, argv: ['bash', ...words], env: environmentOf(this.state), fds: yield* this.#fds(), ...this.#group(pgid) });
  }
  *#refusal(name: string, code: string): Coroutine<ShellError> {
    if (!name.includes('/')) return code === 'ENOENT' ? new NotFound(`${name}: command not found`) : new NotFound(`${name}: ${strerror(code as never)}`, 126);
    if (code === 'ENOENT') return new NotFound(`${name}: No such file or directory`);
    const type = yield* typeOf(name);
    return new NotFound(`${name}: ${type === 'dir' ? 'Is a directory' : code === 'ENOSYS' ? 'not available in this lab' : strerror(code as never)}`, 126);
  }

  /** Output of a command substitution. */
  *substitute(source: string): Coroutine<string> {
    const file = /^\s*<\s*([^\s;&|<>()]+)\s*$/.exec(source);
    const [r, w] = yield* pipe();
    const wiring = new Redirections();
    yield* wiring.point(1, w);
    yield* close(w);
    const pid = yield* this.subshell(file === null ? source : `cat < ${file[1]}`, null, null);
    yield* wiring.undo();
    const text = yield* readAll(r);
    yield* close(r);
    yield* this.#await(pid);
    return text.replaceAll('\0', '').replace(/\n+$/, '');
  }
  *#await(pid: number): Coroutine<void> {
    for (;;) {
      try {
        const done = yield* waitpid({ pid, nohang: false, untraced: false });
        if (done !== null) this.state.status = statusOf(done.status);
        return;
      } catch (caught) {
        const code = errnoOf(caught);
        if (code === 'ECHILD') return;
        if (code !== 'EINTR') throw caught;
      }
    }
  }
  *processSubstitution(source: string, operator: '<' | '>'): Coroutine<string> {
    const [r, w] = yield* pipe();
    const mine = operator === '<' ? r : w;
    const wiring = new Redirections();
    yield* wiring.point(operator === '<' ? 1 : 0, operator === '<' ? w : r);
    yield* close(operator === '<' ? w : r);
    yield* this.subshell(source, null, null);
    yield* wiring.undo();
    let high = 63;
    while ((yield* fdinfo(high)) !== null) high--;
    yield* dup(mine, high);
    yield* close(mine);
    this.state.fds = [...this.state.fds, high];
    this.#substitutions.push(high);
    return `/dev/fd/${high}`;
  }
  readonly #substitutions: number[] = [];
  *#closeSubstitutions(from: number): Coroutine<void> {
    for (const fd of this.#substitutions.splice(from)) {
      yield* closeQuietly(fd);
      this.state.fds = this.state.fds.filter((f) => f !== fd);
    }
  }

  // ---- commands --------------------------------------------------------------------------------------------
  *command(node: CommandNode): Coroutine<number> {
    if (node.type === 'Command') return yield* this.#simple(node);
    if (node.type === 'Function') {
      this.state.functions[node.name.text] = this.source.slice(node.body.pos, node.body.end);
      return 0;
    }
    if (node.type === 'Coproc') throw new ShellError('coproc: not available in this lab');
    const redirections = new Redirections();
    try {
      if (node.type === 'Redirected') {
        yield* redirections.apply(this, node.redirects);
        return yield* this.compound(node.command);
      }
      return yield* this.compound(node);
    } finally {
      if (node.type === 'Redirected') yield* redirections.undo();
    }
  }
  *compound(node: Exclude<CommandNode, { type: 'Command' | 'Function' | 'Coproc' | 'Redirected' }>): Coroutine<number> {
    if (node.type === 'Subshell') {
      const pid = yield* this.subshell(this.source, ['CompoundList', node.body.pos, node.body.end], 0);
      const [status = 0] = yield* this.foreground([pid], pid, this.source.slice(node.pos, node.end));
      return status;
    }
    return yield* runCompound(this, node);
  }

  *#simple(node: Command): Coroutine<number> {
    yield* tick();
    const marked = this.#substitutions.length;
    const redirections = new Redirections();
    try {
      const words: string[] = [];
      const name = node.name === undefined ? [] : yield* expandWord(this, node.name);
      words.push(...name);
      const declares = name[0] !== undefined && /^(?:export|declare|typeset|local|readonly|alias)$/.test(name[0]);
      for (const arg of node.args) {
        if (arg.type === 'Word') words.push(...(yield* expandWord(this, arg)));
        else words.push(yield* assignWord(this, arg, declares));
      }
      const assignments = node.prefix.filter((p) => p.type === 'Assignment');
      if (words.length === 0) {
        this.state.status = 0;
        for (const a of assignments) yield* assignWord(this, a, true, true);
        yield* redirections.apply(this, node.redirects);
        return this.state.status;
      }
      if (hasOption(this.state, 'xtrace')) yield* err(`+ ${words.map(quoteIfNeeded).join(' ')}\n`);
      const env: Record<string, string> = {};
      for (const a of assignments) {
        const text = yield* assignWord(this, a, true);
        env[a.name] = text.slice(text.indexOf('=') + 1);
      }
      yield* redirections.apply(this, node.redirects);
      if (words[0] === 'exec') return yield* this.#exec(words.slice(1), redirections);
      return yield* this.invoke(words, env, this.source.slice(node.pos, node.end));
    } finally {
      yield* redirections.undo();
      yield* this.#closeSubstitutions(marked);
    }
  }

  /** Runs a command by name: function, builtin, program. */
  *invoke(words: readonly string[], env: Readonly<Record<string, string>>, text: string, functions = true): Coroutine<number> {
    const name = words[0]!;
    if (functions && Object.hasOwn(this.state.functions, name)) return yield* this.#withEnvironment(env, false, () => this.callFunction(name, words.slice(1)));
    const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
    if (builtin !== undefined) {
      const shell = this;
      return yield* this.#withEnvironment(env, SPECIAL.has(name), function* () { return yield* builtin(shell, words.slice(1), name); });
    }
    let pid: number;
    try {
      pid = yield* this.spawnExternal(words, env, 0);
    } catch (caught) {
      if (!(caught instanceof NotFound)) throw caught;
      yield* err(`${this.label()}${caught.message}\n`);
      return caught.status;
    }
    const [status = 0] = yield* this.foreground([pid], pid, text);
    return status;
  }
  *#withEnvironment(env: Readonly<Record<string, string>>, stays: boolean, body: () => Coroutine<number>): Coroutine<number> {
    const names = Object.keys(env);
    const old: Record<string, Variable | undefined> = {};
    for (const name of names) {
      old[name] = lookup(this.state, name);
      this.state.vars[name] = { value: env[name]!, exported: true };
    }
    try {
      return yield* body();
    } finally {
      if (!stays) for (const name of names) {
        if (old[name] === undefined) delete this.state.vars[name];
        else this.state.vars[name] = old[name];
      }
    }
  }

  *callFunction(name: string, args: readonly string[]): Coroutine<number> {
    const { state } = this;
    if (++this.depth > 200) {
      this.depth = 0;
      throw new ShellError(`${name}: maximum function nesting level exceeded (200)`);
    }
    const { positional } = state;
    state.positional = args;
    state.locals = [...state.locals, {}];
    try {
      return yield* this.run(state.functions[name]!);
    } catch (caught) {
      if (caught instanceof Leave && caught.how === 'return') return (state.status = caught.status);
      throw caught;
    } finally {
      this.depth--;
      state.positional = positional;
      for (const [variable, value] of Object.entries(state.locals.at(-1) ?? {})) {
        if (value === null) delete state.vars[variable];
        else state.vars[variable] = value;
      }
      state.locals = state.locals.slice(0, -1);
    }
  }

  *#exec(words: readonly string[], redirections: Redirections): Coroutine<number> {
    if (words.length === 0) {
      this.state.fds = [...new Set([...this.state.fds, ...redirections.opened.filter((fd) => fd > 2)])];
      yield* redirections.commit();
      return 0;
    }
    const status = yield* this.invoke(words, {}, words.join(' '), false);
    throw new Leave('exit', 0, status);
  }

  /** Prints what became of background jobs, as before each prompt. */
  *notifyJobs(): Coroutine<void> {
    yield* reapJobs(this);
  }
  /** A point of a loop at which ^C is noticed. Errors: Interrupted. */
  *breathe(): Coroutine<void> {
    try {
      yield* tick();
    } catch (caught) {
      if (errnoOf(caught) === 'EINTR') throw new Interrupted('interrupted');
      throw caught;
    }
  }
}

/** A command that cannot be started; the line goes on. */
export class NotFound extends ShellError {
  constructor(message: string, status = 127) { super(message, status); }
}

function lineOf(source: string, pos: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at >= 0 && at < pos; at = source.indexOf('\n', at + 1)) line++;
  return line;
}

function* typeOf(path: string): Coroutine<string> {
  try {
    return (yield* stat(path)).type;
  } catch (caught) {
    if (caught instanceof SysError) return '';
    throw caught;
  }
}
