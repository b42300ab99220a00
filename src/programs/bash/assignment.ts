/** Assignments: `a=b`, `a+=b`, `a[i]=b`, `a=(x y [k]=z)`. */
import type { Assignment } from 'unbash';
import type { Coroutine } from '../../kernel/sys.ts';
import { ExpansionError, Interrupted } from './errors.ts';
import { arithmetic, expandText, expandWord } from './expand.ts';
import { err, MEMORY } from './io.ts';
import { parseArithmetic } from './numbers.ts';
import type { Shell } from './shell.ts';
import { assign, keysOf, lookup } from './state.ts';

/**
 * The assignment as a word `name=value` (for `export`, `local`, the environment of a command), or with `store`
 * carried out. Array values are always stored: no word can carry them.
 */
export function* assignWord(shell: Shell, node: Assignment, declares: boolean, store = false): Coroutine<string> {
  const { state } = shell;
  if (!declares) return node.text;   // an argument that only looks like one
  if (node.value.type === 'ArrayValue') {
    yield* storeArray(shell, node);
    return node.name;
  }
  let value = yield* expandText(shell, node.value);
  const variable = lookup(state, node.name);
  if (variable?.readonly === true && store) throw new ExpansionError(`${node.name}: readonly variable`);
  if (node.index !== undefined) {
    const key = yield* keyOf(shell, node.name, node.index.text, yield* expandText(shell, node.index));
    const target = variable ?? (state.vars[node.name] = { value: '', items: {} });
    target.items ??= target.value === '' ? {} : { 0: target.value };
    target.items[key] = node.append === true ? (target.items[key] ?? '') + value : value;
    return node.name;
  }
  if (variable?.integer === true) value = yield* integer(shell, node.append === true ? `${variable.value}+(${value})` : value);
  else if (node.append === true) value = (variable?.items === undefined ? variable?.value ?? '' : variable.items['0'] ?? '') + value;
  if (value.length > MEMORY) {
    yield* err('bash: xrealloc: cannot allocate memory\n');
    throw new Interrupted('memory');
  }
  if (store) assign(state, node.name, value);
  return `${node.name}=${value}`;
}

export function* integer(shell: Shell, text: string): Coroutine<string> {
  const parsed = parseArithmetic(text.trim() === '' ? '0' : text);
  return parsed === null ? '0' : yield* arithmetic(shell, parsed);
}

function* keyOf(shell: Shell, name: string, text: string, expanded: string): Coroutine<string> {
  if (lookup(shell.state, name)?.assoc === true) return expanded;
  const n = Number(yield* integer(shell, text === expanded ? text : expanded));
  const variable = lookup(shell.state, name);
  return String(n < 0 && variable !== undefined ? Math.max(-1, ...keysOf(variable).map(Number)) + 1 + n : n);
}

function* storeArray(shell: Shell, node: Assignment): Coroutine<void> {
  const { state } = shell;
  const old = lookup(state, node.name);
  if (old?.readonly === true) throw new ExpansionError(`${node.name}: readonly variable`);
  const items: Record<string, string> = node.append === true && old !== undefined ? { ...(old.items ?? { 0: old.value }) } : {};
  let next = Object.keys(items).length === 0 ? 0 : Math.max(...Object.keys(items).map(Number)) + 1;
  for (const element of node.value.type === 'ArrayValue' ? node.value.elements : []) {
    const keyed = /^\[([^\]]*)\]=/.exec(element.text);
    if (keyed !== null) {
      const text = yield* expandText(shell, element);
      const at = text.indexOf(']=');
      const key = old?.assoc === true ? text.slice(1, at) : yield* integer(shell, text.slice(1, at));
      items[key] = text.slice(at + 2);
      next = Number(key) + 1;
      continue;
    }
    for (const value of yield* expandWord(shell, element)) items[String(next++)] = value;
  }
  state.vars[node.name] = { ...old, value: '', items };
}
