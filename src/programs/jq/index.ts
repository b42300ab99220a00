/**
 * jq 1.6: a filter over JSON texts, each answered as it comes, so that `kubectl get -w -o json | jq` is live.
 * Not modelled: modules, --stream, Oniguruma's look-around, and functions of the mathematical library beyond the common ones.
 */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { cpu, environ, isatty, now, read, readFile, tick, write as print } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { closeInput, openInput, quietly, readAll, reason } from '../../lib/tool/index.ts';
import { evaluate } from './evaluate.ts';
import { JsonError, JsonStream, parseJson } from './json.ts';
import { SyntaxProblem } from './lexer.ts';
import { HELP, OPTIONS_HELP, parseOptions, UsageProblem } from './options.ts';
import type { Options } from './options.ts';
import { parseDefinitions, parseProgram } from './parser.ts';
import { PRELUDE } from './prelude.ts';
import { Halt, Undefined } from './scope.ts';
import type { Outside, Scope } from './scope.ts';
import type { Node } from './syntax.ts';
import { JqError, truthy, write } from './value.ts';
import type { Value } from './value.ts';

const HINT = 'Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n';

function* text(out: string, fd = 1): Coroutine<void> { yield* print(fd, encodeUtf8(out)); }

/** The functions that every program knows. */
function library(): Scope | null {
  return parseDefinitions(PRELUDE).reduce<Scope | null>((up, def) => ({ t: 'function', def, up }), null);
}
/** `$name` for what was given on the command line, and `$ARGS`. Errors: UsageProblem. */
function* given(o: Options, scope: Scope | null): Coroutine<Scope | null> {
  const json = (source: string, who: string): Value => {
    try {
      const found = parseJson(decodeUtf8(source));
      if (found.length === 1) return found[0]!;
    } catch (caught) {
      if (!(caught instanceof JsonError)) throw caught;
    }
    throw new UsageProblem(`invalid JSON text passed to --${who}`);
  };
  const named = new Map<string, Value>();
  for (const [name, kind, value] of o.named) {
    let content: string;
    try {
      content = kind === 'arg' || kind === 'argjson' ? value : yield* readFile(value);
    } catch (caught) {
      throw new UsageProblem(`Bad JSON in --${kind} ${name} ${value}: Could not open ${value}: ${reason(caught)}`);
    }
    if (!named.has(name)) named.set(name, kind === 'arg' || kind === 'rawfile' ? decodeUtf8(content) : kind === 'argjson' ? json(content, kind) : parseJson(decodeUtf8(content)));
  }
  const positional = o.positional.map(([kind, value]) => (kind === 'text' ? decodeUtf8(value) : json(value, 'jsonargs')));
  const all: readonly (readonly [string, Value])[] = [...named, ['ARGS', new Map<string, Value>([['positional', positional], ['named', named]])]];
  return all.reduce<Scope | null>((up, [name, value]) => ({ t: 'variable', name, value, up }), scope);
}

/** What was wrong in the program, with the line it stands in and as many blanks as stand before it. */
function compileError(source: string, message: string, at: number): string {
  const start = source.lastIndexOf('\n', at - 1) + 1;
  const end = source.indexOf('\n', at);
  const shell = message.startsWith('syntax error') ? ' (Unix shell quoting issues?)' : '';
  return `jq: error: ${message}${shell} at <top-level>, line ${source.slice(0, at).split('\n').length}:\n${source.slice(start, end < 0 ? undefined : end)}${' '.repeat(at - start)}\njq: 1 compile error\n`;
}

const BUFFER = 4096;

/** One run of jq over its inputs. */
class Run {
  readonly #o: Options;
  readonly #program: Node;
  readonly #source: string;
  #scope: Scope | null;
  readonly #outside: Outside;
  readonly #style;
  /** Values read ahead for `input`. */
  readonly ahead: Value[] = [];
  /** A file could not be opened. */
  unopened = false;
  /** Of the last input: 0, 5 after an error; with -e what the last value says. */
  status = 0;
  last: Value | undefined;
  lines = 0;
  current: string | null = null;
  place = '<unknown>';
  #told = '';
  /** Printed, and not yet written: as with the C library, lines wait unless a terminal shows them. */
  #waiting = '';
  readonly #atOnce: boolean;

  constructor(o: Options, source: string, program: Node, scope: Scope | null, env: Value, nowUs: number, terminal: boolean) {
    this.#atOnce = terminal || o.unbuffered;
    const color = o.color ?? terminal;
    [this.#o, this.#source, this.#program, this.#scope] = [o, source, program, scope];
    this.#style = { indent: o.indent, sort: o.sort, ascii: o.ascii, color };
    this.#outside = { env, nowUs, steps: 0, fileName: () => this.current, line: () => this.lines, tell: (said) => { this.#told += said; }, input: () => {
      if (this.ahead.length === 0) throw new JqError('break');
      return this.ahead.shift()!;
    } };
  }
  /** Answers one input. False: all is over (halt, or the program does not compile). */
  *answer(v: Value): Coroutine<boolean> {
    this.#outside.steps = 0;
    this.status = 0;
    yield* tick();
    try {
      for (const result of evaluate(this.#program, this.#scope, { v, p: null }, this.#outside)) {
        yield* this.#tell();
        const shown = this.#o.raw && typeof result.v === 'string' ? result.v : write(result.v, this.#style);
        yield* this.#print(`${this.#o.seq ? '\x1e' : ''}${shown}${this.#o.join ? '' : '\n'}`);
        this.last = result.v;
      }
      yield* this.#tell();
      return true;
    } catch (caught) {
      yield* this.#tell();
      return yield* this.#failed(caught);
    }
  }
  *#print(out: string): Coroutine<void> {
    this.#waiting += out;
    if (this.#atOnce || this.#waiting.length >= BUFFER) yield* this.flush();
  }
  *flush(): Coroutine<void> {
    const out = this.#waiting;
    this.#waiting = '';
    if (out !== '') yield* text(out);
  }
  *#tell(): Coroutine<void> {
    if (this.#told !== '') yield* text(this.#told, 2);
    this.#told = '';
  }
  *#failed(caught: unknown): Coroutine<boolean> {
    if (caught instanceof Undefined) {
      yield* text(compileError(this.#source, caught.message, caught.at), 2);
      this.status = 3;
      return false;
    }
    if (caught instanceof Halt) {
      if (caught.value !== undefined) yield* text(typeof caught.value === 'string' ? caught.value : `${write(caught.value)}\n`, 2);
      this.status = caught.status;
      return false;
    }
    if (!(caught instanceof JqError) && !(caught instanceof RangeError)) throw caught;
    const value = caught instanceof JqError ? caught.value : 'too many levels are not available in this lab';
    this.status = 5;
    yield* text(`jq: error (at ${this.place})${typeof value === 'string' ? `: ${value}` : ` (not a string): ${write(value)}`}\n`, 2);
    return true;
  }
}

/** Pieces of all inputs in turn; one that cannot be opened is told about. */
function* pieces(o: Options, run: Run, use: (piece: string | null) => Coroutine<boolean>): Coroutine<void> {
  for (const path of o.files.length === 0 ? ['-'] : o.files) {
    let input;
    try {
      input = yield* openInput(path);
      run.current = path === '-' ? null : path;
      run.place = path === '-' ? '<stdin>:0' : `${path}:0`;
      for (let data = yield* read(input.fd); data !== ''; data = yield* read(input.fd)) if (!(yield* use(data))) return;
      yield* closeInput(input);
    } catch (caught) {
      if (caught instanceof JsonError || caught instanceof JqError) throw caught;
      yield* text(`jq: error: Could not open file ${path}: ${reason(caught)}\n`, 2);
      run.unopened = true;
    }
  }
  yield* use(null);
}
/** The values of the inputs, as the options want them, given to `use` one by one. Errors: JsonError. */
function* inputs(o: Options, run: Run, use: (v: Value) => Coroutine<boolean>): Coroutine<void> {
  const name = (): string => run.place.replace(/:\d+$/, '');
  const count = (bytes: string): void => {
    run.lines += bytes.split('\n').length - 1;
    run.place = `${name()}:${run.lines}`;
  };
  if (o.rawInput) return yield* rawInputs(o, run, use, count);
  const stream = new JsonStream();
  const all: Value[] = [];
  const each = function* (found: readonly Value[]): Coroutine<boolean> {
    for (const v of found) {
      if (o.slurp) all.push(v);
      else if (!(yield* use(v))) return false;
    }
    return true;
  };
  yield* pieces(o, run, function* (piece) {
    if (piece === null) return yield* each(stream.end());
    for (const line of decodeUtf8(piece).split(/(?<=\n)/)) {
      count(line);
      if (!(yield* each(stream.feed(line)))) return false;
    }
    return true;
  });
  if (o.slurp) yield* use(all);
}
function* rawInputs(o: Options, run: Run, use: (v: Value) => Coroutine<boolean>, count: (bytes: string) => void): Coroutine<void> {
  let rest = '';
  yield* pieces(o, run, function* (piece) {
    if (piece !== null) count(piece);
    rest += piece === null ? '' : decodeUtf8(piece);
    if (o.slurp) return true;
    const lines = rest.split('\n');
    rest = piece === null ? '' : lines.pop()!;
    for (const line of piece === null && lines.at(-1) === '' ? lines.slice(0, -1) : lines) if (!(yield* use(line))) return false;
    return true;
  });
  if (o.slurp) yield* use(rest);
}

function* run(o: Options, source: string): Coroutine<number> {
  let program: Node;
  try {
    program = parseProgram(source);
  } catch (caught) {
    if (!(caught instanceof SyntaxProblem)) throw caught;
    yield* text(compileError(source, caught.message, caught.at), 2);
    return 3;
  }
  const env: Value = new Map(Object.entries(yield* environ()));
  const scope = yield* given(o, library());
  const it = new Run(o, source, program, scope, env, yield* now(), yield* isatty(1));
  try {
    yield* answerAll(o, it, /\binputs?\b/.test(source));
  } catch (caught) {
    if (!(caught instanceof JsonError)) throw caught;
    yield* text(`parse error: ${caught.message}\n`, 2);
    it.status = 4;
  }
  yield* it.flush();
  if (it.unopened) return 2;
  if (it.status !== 0 || !o.exitStatus) return it.status;
  return it.last === undefined ? 4 : truthy(it.last) ? 0 : 1;
}
/** `reads`: the program asks for `input`, and so has all of it at hand. */
function* answerAll(o: Options, it: Run, reads: boolean): Coroutine<void> {
  if (reads) yield* inputs(o, it, function* (v) { it.ahead.push(v); return true; });
  if (o.nullInput) yield* it.answer(null);
  else if (!reads) yield* inputs(o, it, (v) => it.answer(v));
  else while (it.ahead.length > 0 && (yield* it.answer(it.ahead.shift()!)));
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(8000);
  let o: Options;
  try {
    o = parseOptions(argv.slice(1));
    if (o.help || o.version) {
      yield* text(o.version ? 'jq-1.6\n' : HELP + OPTIONS_HELP);
      return 0;
    }
    if (o.filter === null && (yield* isatty(0)) && (yield* isatty(1))) {
      yield* text(`${HELP}For listing of options, use jq --help.\n`, 2);
      return 2;
    }
    let source = decodeUtf8(o.filter ?? '.');
    if (o.fromFile !== null) {
      const input = yield* openInput(o.fromFile);
      source = decodeUtf8(yield* readAll(input.fd));
      yield* closeInput(input);
    }
    return yield* run(o, source);
  } catch (caught) {
    if (!(caught instanceof UsageProblem)) throw caught;
    yield* text(`jq: ${caught.message}\n${/invalid|Unknown|takes|Cannot/.test(caught.message) ? HINT : ''}`, 2);
    return 2;
  }
}

export const program: Program = { name: 'jq', main: (argv) => quietly(body(argv)) };
