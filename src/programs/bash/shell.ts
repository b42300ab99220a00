/**
 * The executor: walks the parser's tree. What needs its own process (pipeline stages, subshells, `&`, `$( )`) is
 * started in children.ts and pipeline.ts, because a generator cannot fork.
 */
import type { AndOr, Command, CommandNode, CompoundList, ParsedScript, PipelineNode, Statement } from 'unbash';
import { tick } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { expandAliases } from './alias.ts';
import { assignWord } from './assignment.ts';
import { builtins } from './builtins/index.ts';
import { closeSubstitutions, processSubstitution, spawnExternal, subshell, substitute } from './children.ts';
import { runCompound } from './compound.ts';
import { Interrupted, Leave, NotFound, ShellError } from './errors.ts';
import { expandWord } from './expand.ts';
import type { Runner } from './expand.ts';
import { waitForeground } from './foreground.ts';
import { err } from './io.ts';
import { reapJobs } from './jobs.ts';
import { background, pipeline } from './pipeline.ts';
import { quoteIfNeeded } from '../../lib/tool/quote.ts';
import { Redirections } from './redirect.ts';
import { loopOf, Rest } from './rest.ts';
import { DEEPEST, hasOption, lookup } from './state.ts';
import type { ShellState, Variable } from './state.ts';
import { parseSource } from './syntax.ts';

/** Special builtins: an assignment before them stays. */
const SPECIAL: ReadonlySet<string> = new Set([':', '.', 'source', 'eval', 'exec', 'exit', 'export', 'readonly', 'return', 'set', 'shift', 'trap', 'unset', 'break', 'continue']);

export class Shell implements Runner {
  readonly state: ShellState;
  source = '';
  /** How deep in conditions we are, where `set -e` does not act. */
  #unchecked = 0;
  depth = 0;
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
      for (const statement of script.commands) {
        if (outer === '') this.rest.enter(statement.background === true ? null : loopOf(statement.command, source), source, source.slice(statement.command.end));
        yield* this.statement(statement);
      }
    } finally {
      this.source = outer;
    }
    return this.state.status;
  }
  /** The prefix of error messages: `bash: `, or `script: line 3: `. */
  label(): string {
    const { dialect, name } = this.state;
    if (dialect !== 'bash') return dialect === 'ash' ? `${name}: ` : `${name}: ${this.#line}: `;
    return this.state.interactive ? `${this.state.name}: ` : `${this.state.name}: line ${this.#line}: `;
  }
  #line = 1;

  *list(list: CompoundList): Coroutine<number> {
    for (const statement of list.commands) yield* this.statement(statement);
    return this.state.status;
  }
  *statement(statement: Statement): Coroutine<number> {
    if (!this.state.interactive) this.#line = lineOf(this.source, statement.pos);
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
    yield* tick();
    this.rest.count();
    const marked = this.substitutions.length;
    const redirections = new Redirections();
    try {
      const name = node.name === undefined ? [] : yield* expandWord(this, node.name);
      let words: readonly string[] = name;
      const declares = name[0] !== undefined && /^(?:export|declare|typeset|local|readonly|alias)$/.test(name[0]);
      for (const arg of node.args) {
        words = words.concat(arg.type === 'Word' ? yield* expandWord(this, arg) : yield* assignWord(this, arg, declares));
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
      yield* closeSubstitutions(this, marked);
    }
  }

  /** Runs a command by name: function, builtin, program. */
  *invoke(words: readonly string[], env: Readonly<Record<string, string>>, text: string, functions = true): Coroutine<number> {
    const name = words[0]!;
    if (functions && Object.hasOwn(this.state.functions, name)) return yield* this.#withEnvironment(env, false, () => this.callFunction(name, words.slice(1)));
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

  *callFunction(name: string, args: readonly string[]): Coroutine<number> {
    const { state } = this;
    if (this.depth >= DEEPEST) throw new ShellError(`${name}: maximum function nesting level exceeded (${DEEPEST})`);
    this.depth++;
    const { positional } = state;
    state.positional = args;
    state.locals = [...state.locals, {}];
    try {
      return yield* this.#read(state.functions[name]!, '');
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
    this.rest.count();
    try {
      yield* tick();
    } catch (caught) {
      if (errnoOf(caught) === 'EINTR') throw new Interrupted('interrupted');
      throw caught;
    }
  }
}

function lineOf(source: string, pos: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at >= 0 && at < pos; at = source.indexOf('\n', at + 1)) line++;
  return line;
}
