/**
 * awk as Debian has it, mawk 1.3.4: rules over records, read as they come. Between records its memory is plain data and is
 * kept now and then, so that a long `kubectl logs -f | awk …` can be saved and undone at any time. Not modelled: -W.
 */
import { checkpoint, cpu, environ, isatty, readFile, tick, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly } from '../../lib/tool/index.ts';
import { unquote } from './lexer.ts';
import { assignOperand, MainInput } from './main-input.ts';
import type { Position } from './main-input.ts';
import { parseAwk } from './parser.ts';
import { Runner, Unwind } from './run.ts';
import type { Leave } from './run.ts';
import { arrayOf, newCell, Store } from './store.ts';
import { Streams } from './streams.ts';
import { AwkError } from './syntax.ts';
import type { Rule, Statement } from './syntax.ts';
import { USAGE } from './usage.ts';
import { input, isTrue, TooFew } from './values.ts';

/** Records between two checkpoints. */
const KEEP = 2000;

interface Kept { readonly source: string; readonly store: Json; readonly position: Position }

/** The program's text and the other operands; a number is the status to end with. */
function* prepare(argv: readonly string[], name: string): Coroutine<{ readonly source: string; readonly store: Store } | number> {
  const { options, operands, error } = getopt(argv.slice(1), '+F:v:f:W:', { version: 'version', help: 'help' });
  if (error !== null) {
    yield* write(2, `${name}: not an option: ${/'(.*)'$/.exec(error)?.[1]?.replace(/^(?!-)/, '-') ?? ''}\n`);
    return 2;
  }
  const unknown = options.find((o) => o.name === 'W' || o.name === 'version' || o.name === 'help');
  if (unknown !== undefined) {
    if (unknown.value?.startsWith('v') === true) yield* write(1, 'mawk 1.3.4 20200120\nCopyright 2008-2019,2020, Thomas E. Dickey\nCopyright 1991-1996,2014, Michael D. Brennan\n');
    else yield* write(2, unknown.name === 'W' ? `${name}: -W is not available in this lab\n` : `${name}: not an option: --${unknown.name}\n`);
    return unknown.value?.startsWith('v') === true ? 0 : 2;
  }
  const wrong = options.find((o) => o.name === 'v' && !/^[A-Za-z_]\w*=/.test(o.value!));
  if (wrong !== undefined) {
    yield* write(2, `${name}: improper assignment: -v ${wrong.value}\n`);
    return 2;
  }
  const files = options.filter((o) => o.name === 'f').map((o) => o.value!);
  const rest = [...operands];
  const texts: string[] = [];
  for (const file of files) {
    try {
      texts.push(yield* readFile(file));
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      yield* write(2, `${name}: cannot open ${file} (${strerror(code)})\n`);
      return 2;
    }
  }
  const source = files.length > 0 ? texts.join('\n') : rest.shift();
  if (source === undefined) {
    yield* write(2, USAGE);
    return 0;
  }
  const held = new Store();
  const separator = options.findLast((o) => o.name === 'F')?.value ?? null;
  if (separator !== null) held.set('FS', separator === 't' ? '\t' : unquote(separator));
  for (const { value } of options.filter((o) => o.name === 'v')) assignOperand(held, value!);
  fill(held, 'ARGV', ['awk', ...rest].map((word, i) => [String(i), word]));
  fill(held, 'ENVIRON', Object.entries(yield* environ()));
  held.set('ARGC', rest.length + 1);
  return { source, store: held };
}
function fill(held: Store, name: string, entries: readonly (readonly [string, string])[]): void {
  const cell = newCell();
  held.globals.set(name, cell);
  for (const [key, value] of entries) arrayOf(cell).set(key, input(value));
}

function* body(argv: readonly string[], saved?: Json): Coroutine<number> {
  const name = argv[0]!.replace(/^.*\//, '');
  if (saved === undefined) yield* cpu(1500);
  const kept = saved as unknown as Kept | undefined;
  const given = kept === undefined ? yield* prepare(argv, name) : { source: kept.source, store: new Store(kept.store) };
  if (typeof given === 'number') return given;
  const streams = new Streams(name, yield* isatty(1));
  try {
    const script = parseAwk(given.source);
    const runner = new Runner(script, given.store, streams, new MainInput(given.store, streams, name, kept?.position));
    const code = yield* whole(runner, script.rules, given.source, kept === undefined);
    yield* streams.closeAll();
    return code;
  } catch (caught) {
    if (!(caught instanceof AwkError) && !(caught instanceof TooFew)) throw caught;
    yield* streams.closeAll();
    if (caught.message !== '' || caught instanceof TooFew) yield* write(2, complaint(name, caught, given.store));
    return 2;
  }
}
function complaint(name: string, caught: AwkError | TooFew, held: Store): string {
  if (caught instanceof AwkError && (caught.line !== null || caught.message.startsWith('regular expression'))) return `${name}: line ${caught.line ?? 1}: ${caught.message}\n`;
  return `${name}: run time error: ${caught instanceof TooFew ? 'not enough arguments passed to printf' : caught.message}\n\tFILENAME="${held.text('FILENAME')}" FNR=${held.text('FNR')} NR=${held.text('NR')}\n`;
}

/** BEGIN, the records, END. */
function* whole(runner: Runner, rules: readonly Rule[], source: string, fresh: boolean): Coroutine<number> {
  const left = fresh ? yield* each(runner, rules, 'begin') : null;
  if (left !== 'exit' && rules.some((r) => r.pattern.kind !== 'begin')) yield* records(runner, rules.filter((r) => r.pattern.kind !== 'begin' && r.pattern.kind !== 'end'), source);
  yield* each(runner, rules, 'end');
  return runner.exitCode;
}
function* each(runner: Runner, rules: readonly Rule[], kind: 'begin' | 'end'): Coroutine<Leave> {
  for (const rule of rules) {
    if (rule.pattern.kind !== kind) continue;
    const left = yield* perform(runner, rule.body!);
    if (left === 'exit') return left;
  }
  return null;
}
function* perform(runner: Runner, statement: Statement): Coroutine<Leave> {
  try {
    return yield* runner.run(statement);
  } catch (caught) {
    if (caught instanceof Unwind) return caught.how;
    throw caught;
  }
}

function* records(runner: Runner, rules: readonly Rule[], source: string): Coroutine<Leave> {
  const { store: held } = runner;
  for (let count = 1; ; count++) {
    if (count % KEEP === 0 && runner.streams.plain) {
      yield* runner.streams.flushAll();
      yield* checkpoint({ source, store: held.save(), position: runner.main.position() } satisfies Kept);
    }
    yield* tick();
    const record = yield* runner.main.next();
    if (record === null) return null;
    held.setRecord(record);
    held.add('NR');
    held.add('FNR');
    const left = yield* one(runner, rules);
    if (left === 'exit') return left;
    if (left === 'nextfile') yield* runner.main.skip();
  }
}
function* one(runner: Runner, rules: readonly Rule[]): Coroutine<Leave> {
  for (const [n, rule] of rules.entries()) {
    if (!(yield* fits(runner, rule, n))) continue;
    if (rule.body === null) yield* runner.streams.print(null, '', runner.store.record() + runner.store.text('ORS'));
    else {
      const left = yield* perform(runner, rule.body);
      if (left === 'next') return null;
      if (left !== null) return left;
    }
  }
  return null;
}
function* fits(runner: Runner, { pattern }: Rule, n: number): Coroutine<boolean> {
  if (pattern.kind === 'expr') return isTrue(yield* runner.value(pattern.of));
  if (pattern.kind !== 'range') return true;
  const { ranges } = runner.store;
  if (!ranges.has(n) && !isTrue(yield* runner.value(pattern.from))) return false;
  if (isTrue(yield* runner.value(pattern.to))) ranges.delete(n);
  else ranges.add(n);
  return true;
}

export const program: Program = { name: 'awk', main: (argv, saved) => quietly(body(argv, saved)) };
