/**
 * The executor: walks the parser's tree. What needs its own process (pipeline stages, subshells, `&`, `$( )`) is
 * started in children.ts and pipeline.ts, because a generator cannot fork.
 */
import type { AndOr, Assignment, Command, CommandNode, CompoundList, ParsedScript, PipelineNode, Statement } from 'unbash';
import { tick } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { expandAliases } from './alias.ts';
import { assignWord } from './assignment.ts';
import { builtins } from './builtins/index.ts';
import { closeSubstitutions, processSubstitution, spawnExternal, subshell, substitute } from './children.ts';
import { runCompound } from './compound.ts';
import { ExpansionError, Leave, NotFound, ShellError } from './errors.ts';
import { expandWord } from './expand.ts';
import type { Runner } from './expand.ts';
import { waitForeground } from './foreground.ts';
import { callFunction } from './functions.ts';
import { err } from './io.ts';
import { reapJobs } from './jobs.ts';
import { background, pipeline } from './pipeline.ts';
import { quoteIfNeeded } from '../../lib/tool/quote.ts';
import { Redirections } from './redirect.ts';
import { loopOf, Rest } from './rest.ts';
import { hasOption, lookup, makeLocal } from './state.ts';
import type { ShellState, Variable } from './state.ts';
import { linesBefore, lineOf, tellMistake } from './mistake.ts';
import { parseSource } from './syntax.ts';
import { Traps } from './traps.ts';
import type { Parsed } from './syntax.ts';

/** Special builtins: an assignment before them stays. */
const SPECIAL: ReadonlySet<string> = new Set([':', '.', 'source', 'eval', 'exec', 'exit', 'export', 'readonly', 'return', 'set', 'shift', 'trap', 'unset', 'break', 'continue']);

export class Shell implements Runner {
  readonly state: ShellState;
  source = '';
  /** How deep in conditions we are, where `set -e` does not act. */
  #unchecked = 0;
  depth = 0;
  readonly traps = new Traps(this);
  /** Loops around what runs. */
  loops = 0;
  /** Descriptors of process substitutions that the running command holds. */
  readonly substitutions: number[] = [];
  /** How this shell may rest within a loop. */
  rest = new Rest(null);
  constructor(state: ShellState) { this.state = state; }
  substitute(source: string): Coroutine<string> { return substitute(this, source); }
  processSubstitution(source: string, operator: '<' | '>'): Coroutine<string> { return processSubstitution(this, source, operator); }

  // ---- running text ----------------------------------------------------------------------------------------
  /** Runs a source text. Errors: Leave for exit/return/break/continue that leave it. → `$?` */
  run(source: string, where = ''): Coroutine<number> {
    const { shopts, aliases } = this.state;
    return this.#read(shopts.includes('expand_aliases') ? expandAliases(source, aliases) : source, where);
  }
  /** Runs what was left to do when the shell rested: its aliases are expanded. */
  goOn(source: string): Coroutine<number> { return this.#read(source, ''); }
  *#read(source: string, where: string): Coroutine<number> {
    const parsed = parseSource(source);
    return parsed.kind === 'ok' ? yield* this.script(parsed.script, source) : yield* this.#mistaken(source, parsed, where);
  }
  /** `bash -n`: the text is read, not run. */
  *check(source: string): Coroutine<number> {
    const parsed = parseSource(source);
    return parsed.kind === 'ok' ? 0 : yield* tellMistake(this.state, source, parsed, '');
  }
  /** Runs what stands before the mistake, and tells it. */
  *#mistaken(source: string, parsed: Exclude<Parsed, { kind: 'ok' }>, where: string): Coroutine<number> {
    const before = this.state.interactive ? '' : linesBefore(source, parsed.at);
    if (before !== '') yield* this.#read(before, where);
    return yield* tellMistake(this.state, source, parsed, where);
  }
  *script(script: ParsedScript, source: string): Coroutine<number> {
    const outer = this.source;
    this.source = source;
    try {
      let from = 0;
      for (const statement of script.commands) {
        if (statement.pos < from) continue;
        if (outer === '') this.rest.enter(statement.background === true ? null : loopOf(statement.command, source), source, source.slice(statement.command.end));
        try {
          yield* this.statement(statement);
        } catch (caught) {
          // Of a script's line nothing more is run; the next line is.
          const goesOn = caught instanceof Leave && caught.how === 'line' && outer === '' && !this.state.interactive && this.state.commandString !== true;
          if (!goesOn) throw caught;
          from = source.indexOf('\n', statement.end) + 1 || source.length + 1;
        }
      }
    } finally {
      this.source = outer;
    }
    return this.state.status;
  }
  /** The prefix of error messages: `bash: `, or `script: line 3: `. */
  label(): string {
    const { dialect, name } = this.state;
    if (dialect !== 'bash') return dialect === 'ash' ? `${name}: ` : `${name}: ${this.line}: `;
    return this.state.interactive ? `${this.state.name}: ` : `${this.state.name}: line ${this.line}: `;
  }
  /** `$LINENO` */
  line = 1;

  *list(list: CompoundList): Coroutine<number> {
    for (const statement of list.commands) yield* this.statement(statement);
    return this.state.status;
  }
  *statement(statement: Statement): Coroutine<number> {
    if (!this.state.interactive) this.line = lineOf(this.source, statement.pos);
    if (statement.background === true) return (this.state.status = yield* background(this, statement));
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
      status = node.type === 'Pipeline' ? yield* pipeline(this, node) : yield* this.command(node);
    } catch (caught) {
      if (errnoOf(caught) === 'EINTR') return (this.state.status = (yield* this.signalled()) ?? this.state.status);
      if (!(caught instanceof ShellError)) throw caught;
      yield* err(`${this.label()}${caught.message}\n`);
      status = this.state.status = caught.status;
      if (caught.status === 127 && !(caught instanceof NotFound)) throw new Leave(this.state.interactive ? 'line' : 'exit', 0, this.state.interactive || this.state.commandString !== true ? (this.state.status = 1) : 127);
      if (caught instanceof ExpansionError) throw new Leave('line', 0, caught.status);
    }
    this.state.status = status;
    if (node.type !== 'Pipeline') this.state.pipeStatus = [status];
    const negated = node.type === 'Pipeline' && node.prefixes.some((p) => p.type === 'Negation');
    if (status !== 0 && this.#unchecked === 0 && !negated) {
      yield* this.traps.run('ERR');
      if (hasOption(this.state, 'errexit')) throw new Leave('exit', 0, status);
    }
    if (this.traps.waiting) yield* this.signalled();
    return status;
  }
  /** Traps of signals that have come run. → 128 + n of the last, or null. Errors: Interrupted. */
  signalled(): Coroutine<number | null> { return this.traps.signalled(); }
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
      const pid = yield* subshell(this, this.source, ['CompoundList', node.body.pos, node.body.end], 0);
      const [status = 0] = yield* waitForeground(this, [pid], pid, this.source.slice(node.pos, node.end));
      return status;
    }
    return yield* runCompound(this, node);
  }

  *#simple(node: Command): Coroutine<number> {
    yield* this.breathe();
    const marked = this.substitutions.length;
    const redirections = new Redirections();
    try {
      const name = node.name === undefined ? [] : yield* expandWord(this, node.name);
      let words: readonly string[] = name;
      const declares = name[0] !== undefined && /^(?:export|declare|typeset|local|readonly|alias)$/.test(name[0]);
      const locally = declares && this.state.locals.length > 0 && /^(?:local|declare|typeset)$/.test(name[0]!);
      for (const arg of node.args) {
        const flags = words.filter((w) => w.startsWith('-')).join('');
        if (arg.type === 'Assignment' && arg.value.type === 'ArrayValue' && locally && !flags.includes('g')) makeLocal(this.state, arg.name);
        if (arg.type === 'Assignment' && arg.value.type === 'ArrayValue' && declares && flags.includes('A')) this.state.vars[arg.name] = { value: '', items: {}, ...lookup(this.state, arg.name), assoc: true };
        words = words.concat(arg.type === 'Word' ? yield* expandWord(this, arg) : yield* assignWord(this, arg, declares));
      }
      const assignments = node.prefix.filter((p) => p.type === 'Assignment');
      if (words.length === 0) {
        this.state.status = 0;
        for (const a of assignments) yield* this.#traced(yield* assignWord(this, a, true, true), a);
        yield* redirections.apply(this, node.redirects);
        return this.state.status;
      }
      const env: Record<string, string> = {};
      for (const a of assignments) {
        const text = yield* assignWord(this, a, true);
        yield* this.#traced(text, a);
        env[a.name] = text.slice(text.indexOf('=') + 1);
      }
      yield* this.trace(words.map(quoteIfNeeded).join(' '));
      yield* redirections.apply(this, node.redirects);
      if (words[0] === 'exec') return yield* this.#exec(words.slice(1), redirections);
      return yield* this.invoke(words, env, this.source.slice(node.pos, node.end));
    } finally {
      yield* redirections.undo();
      yield* closeSubstitutions(this, marked);
    }
  }

  /** `set -x` shows an assignment with its value. */
  *#traced(text: string, a: Assignment): Coroutine<void> {
    if (!hasOption(this.state, 'xtrace')) return;
    const at = text.indexOf('=');
    yield* this.trace(at < 0 ? this.source.slice(a.pos, a.end) : `${a.name}=${at + 1 === text.length ? '' : quoteIfNeeded(text.slice(at + 1))}`);
  }
  /** A line of `set -x`. */
  *trace(text: string): Coroutine<void> {
    if (hasOption(this.state, 'xtrace')) yield* err(`+ ${text}\n`);
  }

  /** Runs a command by name: function, builtin, program. */
  *invoke(words: readonly string[], env: Readonly<Record<string, string>>, text: string, functions = true): Coroutine<number> {
    const name = words[0]!;
    if (functions && Object.hasOwn(this.state.functions, name)) return yield* this.#withEnvironment(env, false, () => callFunction(this, name, words.slice(1)));
    const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
    if (builtin !== undefined) {
      return yield* this.#withEnvironment(env, SPECIAL.has(name), () => builtin(this, words.slice(1), name));
    }
    let pid: number;
    try {
      pid = yield* spawnExternal(this, words, env, 0);
    } catch (caught) {
      if (!(caught instanceof NotFound)) throw caught;
      yield* err(`${this.label()}${caught.message}\n`);
      return caught.status;
    }
    const [status = 0] = yield* waitForeground(this, [pid], pid, text);
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
    this.rest.count();
    try {
      yield* tick();
    } catch (caught) {
      if (errnoOf(caught) !== 'EINTR') throw caught;
      yield* this.signalled();
    }
  }
}
