/** find(1) of findutils 4.9: walks trees and evaluates its expression on each file. */
import { cpu, lstat, now, readDir, readLink, rmdir, stat, tick, unlink, write } from '../../kernel/sys.ts';
import type { Coroutine, Program, Stat, VTime } from '../../kernel/sys.ts';
import { names } from '../../lib/passwd/index.ts';
import { RegexError } from '../../lib/regex/index.ts';
import { parseDate } from '../../lib/tool/clock.ts';
import { complain, quietly, quote, reason } from '../../lib/tool/index.ts';
import { runProgram } from '../../lib/tool/run.ts';
import { baseName, join, look } from '../../lib/tool/tree.ts';
import { BadFind, parseFind } from './expression.ts';
import type { Command, Expression } from './expression.ts';
import { listed, printed } from './show.ts';
import { answers } from './tests.ts';
import type { Facts, Found } from './tests.ts';

/** As many names as one command of `-exec … +` takes. */
const BATCH = 4000;

class Walk {
  status = 0;
  stopped = false;
  readonly #command: Command;
  readonly #facts: Facts;
  /** What waits for `-exec … +`. */
  readonly #waiting = new Map<number, { readonly command: readonly string[]; paths: string[] }>();
  #pruned = false;
  constructor(command: Command, facts: Facts) {
    this.#command = command;
    this.#facts = facts;
  }

  *all(): Coroutine<void> {
    for (const path of this.#command.paths) {
      const it = yield* look(path, this.#command.follow);
      if (it === null) yield* this.#fail(`${quote(path)}: No such file or directory`);
      else yield* this.#visit({ path, it, depth: 0, start: path }, []);
      if (this.stopped) break;
    }
    for (const { command, paths } of this.#waiting.values()) yield* this.#run(command, paths);
  }
  *#fail(message: string): Coroutine<void> {
    yield* complain('find', message);
    this.status = 1;
  }
  *#visit(f: Found, above: readonly number[]): Coroutine<void> {
    yield* tick();
    const { maxDepth, minDepth, depthFirst, expression } = this.#command;
    this.#pruned = false;
    if (!depthFirst && f.depth >= minDepth) yield* this.#evaluate(expression, f);
    const loop = this.#command.follow && above.includes(f.it.ino);
    if (f.it.type === 'dir' && f.depth < maxDepth && !this.#pruned && !this.stopped && !loop) yield* this.#inside(f, [...above, f.it.ino]);
    if (depthFirst && f.depth >= minDepth && !this.stopped) yield* this.#evaluate(expression, f);
  }
  *#inside(f: Found, above: readonly number[]): Coroutine<void> {
    try {
      for (const { name } of yield* readDir(f.path)) {
        const path = join(f.path, name);
        const it: Stat | null = (this.#command.follow ? yield* look(path) : null) ?? (yield* look(path, false));
        if (it !== null) yield* this.#visit({ path, it, depth: f.depth + 1, start: f.start }, above);
        if (this.stopped) return;
      }
    } catch (caught) {
      const why = reason(caught);
      if (why === 'Broken pipe') throw caught;
      yield* this.#fail(`${quote(f.path)}: ${why}`);
    }
  }
  *#evaluate(e: Expression, f: Found): Coroutine<boolean> {
    switch (e.kind) {
      case 'and': return (yield* this.#evaluate(e.left, f)) && !this.stopped && (yield* this.#evaluate(e.right, f));
      case 'or': return (yield* this.#evaluate(e.left, f)) || (yield* this.#evaluate(e.right, f));
      case 'comma':
        yield* this.#evaluate(e.left, f);
        return yield* this.#evaluate(e.right, f);
      case 'not': return !(yield* this.#evaluate(e.of, f));
      case 'test': return yield* answers(e.name, e.value, f, this.#facts);
      case 'print':
        yield* this.#print(e.form, e.format, f);
        return true;
      case 'exec': return yield* this.#exec(e, f);
      case 'act': return yield* this.#act(e.name, f);
    }
  }
  *#print(form: 'print' | 'print0' | 'printf' | 'ls', format: string, f: Found): Coroutine<void> {
    if (form === 'print') return void (yield* write(1, `${f.path}\n`));
    if (form === 'print0') return void (yield* write(1, `${f.path}\0`));
    const target = f.it.type === 'link' ? yield* readLink(f.path) : '';
    yield* write(1, form === 'ls' ? listed(f, target, this.#facts) : printed(format, f, target, this.#facts));
  }
  *#exec(e: Expression & { kind: 'exec' }, f: Found): Coroutine<boolean> {
    const name = e.inDir ? `./${baseName(f.path)}` : f.path;
    if (!e.batch) return (yield* this.#run(e.command.map((word) => word.replaceAll('{}', name)), [], e.inDir ? f.path.replace(/[^/]*$/, '') || '.' : undefined)) === 0;
    const waiting = this.#waiting.get(e.id) ?? { command: e.command, paths: [] };
    this.#waiting.set(e.id, waiting);
    waiting.paths.push(f.path);
    if (waiting.paths.length >= BATCH) yield* this.#run(e.command, waiting.paths.splice(0));
    return true;
  }
  *#run(command: readonly string[], paths: readonly string[], cwd?: string): Coroutine<number> {
    const argv = [...command, ...paths];
    const status = yield* runProgram({ path: argv[0]!, argv, ...(cwd === undefined ? {} : { cwd: (yield* stat(cwd)) && cwd }) }, (why) => `find: ${quote(argv[0]!)}: ${why}`);
    if (status !== 0 && paths.length > 0) this.status = 1;
    return status;
  }
  *#act(name: 'delete' | 'prune' | 'quit' | 'true' | 'false', f: Found): Coroutine<boolean> {
    if (name === 'prune') this.#pruned = true;
    if (name === 'quit') this.stopped = true;
    if (name !== 'delete') return name !== 'false';
    if (f.path === '.' || f.path === './') return true;
    try {
      yield* f.it.type === 'dir' ? rmdir(f.path) : unlink(f.path);
      return true;
    } catch (caught) {
      yield* this.#fail(`cannot delete ${quote(f.path)}: ${reason(caught)}`);
      return false;
    }
  }
}

/** Reads the files and times that tests compare with. */
function* factsOf(e: Expression, facts: { readonly stats: Map<string, Stat>; readonly times: Map<string, VTime>; readonly now: VTime; readonly who: Facts['who'] }): Coroutine<void> {
  if ('left' in e) {
    yield* factsOf(e.left, facts);
    yield* factsOf(e.right, facts);
  } else if (e.kind === 'not') yield* factsOf(e.of, facts);
  else if (e.kind === 'test' && /^(a|c)?newer$|^samefile$/.test(e.name)) {
    try {
      facts.stats.set(e.value, yield* lstat(e.value));
    } catch (caught) {
      throw new BadFind(`${quote(e.value)}: ${reason(caught)}`);
    }
  } else if (e.kind === 'test' && e.name === 'newermt') {
    const at = parseDate(e.value, facts.now);
    if (at === null) throw new BadFind(`I cannot figure out how to interpret ${quote(e.value)} as a date or time`);
    facts.times.set(e.value, at);
  } else if (e.kind === 'test' && (e.name === 'user' || e.name === 'group')) {
    const known = e.name === 'user' ? facts.who.uid(e.value) : facts.who.gid(e.value);
    if (known === null && !/^\d+$/.test(e.value)) throw new BadFind(e.name === 'user' ? `${quote(e.value)} is not the name of a known user` : `${quote(e.value)} is not the name of an existing group`);
  }
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  if (argv[1] === '--version' || argv[1] === '-version') {
    yield* write(1, 'find (GNU findutils) 4.9.0\n');
    return 0;
  }
  try {
    const command = parseFind(argv.slice(1));
    const facts = { now: yield* now(), who: yield* names(), stats: new Map<string, Stat>(), times: new Map<string, VTime>() };
    yield* factsOf(command.expression, facts);
    const walk = new Walk(command, facts);
    yield* walk.all();
    return walk.status;
  } catch (caught) {
    if (!(caught instanceof BadFind) && !(caught instanceof RegexError)) throw caught;
    yield* complain('find', caught.message);
    return 1;
  }
}

export const program: Program = { name: 'find', main: (argv) => quietly(body(argv)) };
