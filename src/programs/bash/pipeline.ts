/** Pipelines and jobs: stages as concurrent processes, the foreground's wait, `&`. */
import type { CommandNode, Pipeline, Statement, Word } from 'unbash';
import { close, now, open, pipe } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { builtins } from './builtins/index.ts';
import { spawnExternal, subshell } from './children.ts';
import { ShellError } from './errors.ts';
import { expandWords } from './expand.ts';
import { closeQuietly, err } from './io.ts';
import { waitForeground } from './foreground.ts';
import { addJob } from './jobs.ts';
import { Redirections } from './redirect.ts';
import type { Shell } from './shell.ts';
import { hasOption } from './state.ts';

export function* pipeline(shell: Shell, node: Pipeline): Coroutine<number> {
  const timed = node.prefixes.find((p) => p.type === 'Time');
  const began = timed === undefined ? 0 : yield* now();
  const statuses = node.commands.length === 1 ? [yield* shell.command(node.commands[0]!)] : yield* stages(shell, node);
  shell.state.pipeStatus = statuses;
  if (timed !== undefined) {
    const seconds = ((yield* now()) - began) / 1e6;
    const show = (s: number): string => `${Math.floor(s / 60)}m${(s % 60).toFixed(3)}s`;
    yield* err(`\nreal\t${show(seconds)}\nuser\t${show(0)}\nsys\t${show(0)}\n`);
  }
  const bad = statuses.filter((s) => s !== 0);
  const status = hasOption(shell.state, 'pipefail') ? bad.at(-1) ?? 0 : statuses.at(-1) ?? 0;
  return node.prefixes.filter((p) => p.type === 'Negation').length % 2 === 1 ? (status === 0 ? 1 : 0) : status;
}

function* stages(shell: Shell, node: Pipeline): Coroutine<number[]> {
  let input: number | null = null;
  let pgid = 0;
  const pids: number[] = [];
  for (const [i, command] of node.commands.entries()) {
    const last = i === node.commands.length - 1;
    const [r, w]: readonly [number | null, number | null] = last ? [null, null] : yield* pipe();
    const wiring = new Redirections();
    let pid: number | null;
    try {
      if (input !== null) yield* wiring.point(0, input);
      if (w !== null) yield* wiring.point(1, w);
      if (w !== null && node.operators[i] === '|&') yield* wiring.point(2, w);
      const own = [input, w].filter((fd): fd is number => fd !== null);
      for (const fd of own) yield* closeQuietly(fd);
      pid = yield* stage(shell, command, pgid);
    } finally {
      yield* wiring.undo();
    }
    input = r;
    if (pid !== null) {
      pids.push(pid);
      if (pgid === 0) pgid = pid;
    }
  }
  return yield* waitForeground(shell, pids, pgid, shell.source.slice(node.pos, node.end));
}
/** Starts one stage; null when it could not (its error is printed). */
function* stage(shell: Shell, command: CommandNode, pgid: number): Coroutine<number | null> {
  if (command.type === 'Command' && command.name !== undefined && command.prefix.length === 0 && command.redirects.length === 0) {
    // A plain external command needs no shell around it.
    const words = yield* expandWords(shell, [command.name, ...(command.args.filter((a): a is Word => a.type === 'Word'))]);
    const name = words[0];
    if (name !== undefined && command.args.every((a) => a.type === 'Word') && !Object.hasOwn(shell.state.functions, name) && builtins[name] === undefined && !Object.hasOwn(shell.state.aliases, name)) {
      try {
        return yield* spawnExternal(shell, words, {}, pgid);
      } catch (caught) {
        if (!(caught instanceof ShellError)) throw caught;
        yield* err(`${shell.label()}${caught.message}\n`);
        return yield* subshell(shell, `exit ${caught.status}`, null, pgid);
      }
    }
  }
  return yield* subshell(shell, shell.source, [command.type, command.pos, command.end], pgid);
}

export function* background(shell: Shell, statement: Statement): Coroutine<number> {
  const { state } = shell;
  const text = shell.source.slice(statement.command.pos, statement.command.end);
  const wiring = new Redirections();
  if (!state.interactive) {
    const nothing = yield* open('/dev/null', 'r');
    yield* wiring.point(0, nothing);
    if (nothing !== 0) yield* close(nothing);
  }
  const { command } = statement;
  const pid = command.type === 'AndOr' || command.type === 'Pipeline' ? yield* subshell(shell, shell.source, [command.type, command.pos, command.end], 0) : yield* stage(shell, command, 0);
  yield* wiring.undo();
  if (pid === null) return 1;
  state.lastBackground = pid;
  const job = addJob(state, { pgid: state.interactive ? pid : 0, pids: [pid], text, stopped: false, left: [pid], status: 0 });
  if (state.interactive) yield* err(`[${job.id}] ${pid}\n`);
  return 0;
}
