/** `if`, loops, `case`, `select`, `[[ ]]`, `(( ))`, groups. */
import type { ArithmeticCommand, ArithmeticFor, Case, CompoundCommand, CompoundList, For, Select, Subshell, While } from 'unbash';
import { read } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { ExpansionError, Leave } from './errors.ts';
import { arithmetic, expandPattern, expandText, expandWords } from './expand.ts';
import { err } from './io.ts';
import type { Shell } from './shell.ts';
import { assign, scalar } from './state.ts';
import { testExpression } from './conditional.ts';
import { quoteIfNeeded } from '../../lib/tool/quote.ts';

export function* runCompound(shell: Shell, node: Exclude<CompoundCommand, Subshell>): Coroutine<number> {
  switch (node.type) {
    case 'BraceGroup': return yield* shell.list(node.body);
    case 'If': {
      if (yield* shell.condition(node.clause)) return yield* shell.list(node.then);
      for (const elif of node.elif) if (yield* shell.condition(elif.clause)) return yield* shell.list(elif.then);
      return node.else === undefined ? 0 : yield* shell.list(node.else);
    }
    case 'While': return yield* whileLoop(shell, node);
    case 'For': return yield* forLoop(shell, node);
    case 'ArithmeticFor': return yield* arithmeticFor(shell, node);
    case 'Select': return yield* select(shell, node);
    case 'Case': return yield* caseOf(shell, node);
    case 'TestCommand': return (yield* testExpression(shell, node.expression)) ? 0 : 1;
    case 'ArithmeticCommand':
      yield* shell.trace(`(( ${shell.source.slice(node.pos + 2, node.end - 2).trim()} ))`);
      return yield* arithmeticCommand(shell, node);
  }
}

/** `(( ))`: one that cannot be is told, and is false. */
function* arithmeticCommand(shell: Shell, node: ArithmeticCommand): Coroutine<number> {
  try {
    return node.expression !== undefined && (yield* arithmetic(shell, node.expression)) !== '0' ? 0 : 1;
  } catch (caught) {
    if (!(caught instanceof ExpansionError)) throw caught;
    yield* err(`${shell.label()}((: ${shell.source.slice(node.pos + 2, node.end - 2)}: ${caught.message}\n`);
    return 1;
  }
}
/** Runs a loop's body once. False: the loop is over. */
function* body(shell: Shell, list: CompoundList): Coroutine<boolean> {
  yield* shell.breathe();
  shell.loops++;
  try {
    yield* shell.list(list);
    return true;
  } catch (caught) {
    if (!(caught instanceof Leave) || (caught.how !== 'break' && caught.how !== 'continue')) throw caught;
    shell.state.status = caught.status;
    if (caught.levels > 1) throw new Leave(caught.how, caught.levels - 1, caught.status);
    return caught.how === 'continue';
  } finally {
    shell.loops--;
  }
}

function* whileLoop(shell: Shell, node: While): Coroutine<number> {
  let status = 0;
  for (;;) {
    yield* shell.rest.before(node);
    if ((yield* shell.condition(node.clause)) !== (node.kind === 'while')) break;
    const more = yield* body(shell, node.body);
    status = shell.state.status;
    if (!more) break;
  }
  return status;
}
function* forLoop(shell: Shell, node: For): Coroutine<number> {
  const items = node.wordlist === undefined ? shell.state.positional : yield* expandWords(shell, node.wordlist);
  shell.state.status = 0;
  for (const [i, item] of items.entries()) {
    if (i > 0) yield* shell.rest.before(node, items.slice(i));
    yield* shell.trace(`for ${node.name.text} in ${node.wordlist === undefined ? '"$@"' : node.wordlist.map((w) => w.text).join(' ')}`);
    assign(shell.state, node.name.text, item);
    if (!(yield* body(shell, node.body))) break;
  }
  return shell.state.status;
}
function* arithmeticFor(shell: Shell, node: ArithmeticFor): Coroutine<number> {
  if (node.initialize !== undefined) yield* arithmetic(shell, node.initialize);
  shell.state.status = 0;
  for (;;) {
    yield* shell.rest.before(node);
    if (node.test !== undefined && (yield* arithmetic(shell, node.test)) === '0') break;
    if (!(yield* body(shell, node.body))) break;
    if (node.update !== undefined) yield* arithmetic(shell, node.update);
  }
  return shell.state.status;
}
function* select(shell: Shell, node: Select): Coroutine<number> {
  const items = node.wordlist === undefined ? shell.state.positional : yield* expandWords(shell, node.wordlist);
  for (;;) {
    yield* err(`${items.map((item, i) => `${i + 1}) ${item}\n`).join('')}${scalar(shell.state, 'PS3') ?? '#? '}`);
    const line = yield* read(0);
    if (line === '') return 1;
    const reply = line.replace(/\n$/, '');
    assign(shell.state, 'REPLY', reply);
    assign(shell.state, node.name.text, items[Number(reply) - 1] ?? '');
    if (!(yield* body(shell, node.body))) return shell.state.status;
  }
}
function* caseOf(shell: Shell, node: Case): Coroutine<number> {
  const text = yield* expandText(shell, node.word);
  yield* shell.trace(`case ${quoteIfNeeded(text)} in`);
  let through = false;
  shell.state.status = 0;
  for (const item of node.items) {
    let hit = through;
    for (const pattern of item.pattern) if (!hit) hit = (yield* expandPattern(shell, pattern)).matches(text);
    if (!hit) continue;
    yield* shell.list(item.body);
    through = item.terminator === ';&';
    if (item.terminator === ';;' || item.terminator === undefined) break;
  }
  return shell.state.status;
}
