/**
 * Runs a jq program: each node gives a stream of values, with the paths they came from where somebody asks for paths.
 * Pure; the number of steps is limited, because nothing else ends `[repeat(1)]`.
 */
import { natives } from './natives.ts';
import { format, textOf } from './formats.ts';
import { operate } from './operators.ts';
import { at, get, noPath, remove, set } from './paths.ts';
import type { Path } from './paths.ts';
import { Break, Halt, Undefined } from './scope.ts';
import type { Outside, Result, Scope } from './scope.ts';
import type { Def, Node, Pattern } from './syntax.ts';
import { isArray, isObject, JqError, keysOf, named, truthy, typeName } from './value.ts';
import type { Value } from './value.ts';
import { children, count, fresh, LOST, range, recurse, step, variable } from './walk.ts';

type Stream = Generator<Result, void, undefined>;
const slice = (from: Value, to: Value): Value => new Map<string, Value>([['start', from], ['end', to]]);

export function* evaluate(n: Node, s: Scope | null, i: Result, o: Outside): Stream {
  count(o);
  switch (n.t) {
    case 'identity': yield i; return;
    case 'recurse': yield* recurse(i); return;
    case 'literal': yield fresh(i, n.value); return;
    case 'variable': yield fresh(i, variable(n.name, n.at, s, o)); return;
    case 'index': for (const t of evaluate(n.target, s, i, o)) for (const k of values(n.key, s, i, o)) yield step(t, k); return;
    case 'slice':
      for (const t of evaluate(n.target, s, i, o)) for (const to of n.to === null ? [null] : values(n.to, s, i, o)) for (const from of n.from === null ? [null] : values(n.from, s, i, o)) yield step(t, slice(from, to));
      return;
    case 'iterate': for (const t of evaluate(n.target, s, i, o)) yield* children(t); return;
    case 'format': yield fresh(i, format(n.name, i.v)); return;
    case 'string': for (const text of interpolate(n.parts, n.format, s, i, o)) yield fresh(i, text); return;
    case 'array': yield fresh(i, n.body === null ? [] : [...values(n.body, s, i, o)]); return;
    case 'object': for (const object of build(n.entries, s, i, o)) yield fresh(i, object); return;
    case 'negate':
      for (const v of values(n.body, s, i, o)) {
        if (typeof v !== 'number') throw new JqError(`${named(v)} cannot be negated`);
        yield fresh(i, -v);
      }
      return;
    case 'pipe': for (const left of evaluate(n.left, s, i, o)) yield* evaluate(n.right, s, left, o); return;
    case 'comma': yield* evaluate(n.left, s, i, o); yield* evaluate(n.right, s, i, o); return;
    case 'binary': for (const right of values(n.right, s, i, o)) for (const left of values(n.left, s, i, o)) yield fresh(i, operate(n.operator, left, right)); return;
    case 'and': case 'or':
      for (const left of values(n.left, s, i, o)) {
        if (truthy(left) === (n.t === 'or')) yield fresh(i, n.t === 'or');
        else for (const right of values(n.right, s, i, o)) yield fresh(i, truthy(right));
      }
      return;
    case 'alternative': yield* alternative(n.left, n.right, s, i, o); return;
    case 'update': for (const v of update(n, s, i, o)) yield fresh(i, v); return;
    case 'if': for (const c of values(n.condition, s, i, o)) yield* evaluate(truthy(c) ? n.yes : n.no, s, i, o); return;
    case 'try': yield* attempt(n.body, n.handler, s, i, o); return;
    case 'reduce': case 'foreach': yield* fold(n, s, i, o); return;
    case 'define': yield* evaluate(n.body, { t: 'function', def: n.def, up: s }, i, o); return;
    case 'as': yield* bindAll(n, s, i, o); return;
    case 'label': yield* labelled(n, s, i, o); return;
    case 'break': {
      for (let at = s; at !== null; at = at.up) if (at.t === 'label' && at.name === n.name) throw new Break(at.mark);
      throw new Undefined(`$*label-${n.name} is not defined`, n.at);
    }
    case 'call': yield* call(n, s, i, o);
  }
}
/** Values alone: no paths are asked of what stands in arguments and conditions. */
export function* values(n: Node, s: Scope | null, i: Result, o: Outside): Generator<Value, void, undefined> {
  for (const { v } of evaluate(n, s, i.p === null ? i : { v: i.v, p: null }, o)) yield v;
}
function* interpolate(parts: readonly (string | Node)[], how: string | null, s: Scope | null, i: Result, o: Outside): Generator<string> {
  const last = parts.at(-1);
  if (last === undefined) {
    yield '';
    return;
  }
  const rest = parts.slice(0, -1);
  if (typeof last === 'string') for (const text of interpolate(rest, how, s, i, o)) yield text + last;
  else for (const v of values(last, s, i, o)) {
    const shown = how === null ? textOf(v) : format(how, v);
    for (const text of interpolate(rest, how, s, i, o)) yield text + shown;
  }
}
function* build(entries: readonly (readonly [Node, Node])[], s: Scope | null, i: Result, o: Outside): Generator<ReadonlyMap<string, Value>> {
  const [first, ...rest] = entries;
  if (first === undefined) {
    yield new Map();
    return;
  }
  for (const key of values(first[0], s, i, o)) {
    if (typeof key !== 'string') throw new JqError(`Cannot use ${named(key)} as object key`);
    for (const v of values(first[1], s, i, o)) for (const others of build(rest, s, i, o)) yield new Map([[key, v], ...others]);
  }
}
function* alternative(left: Node, right: Node, s: Scope | null, i: Result, o: Outside): Stream {
  let any = false;
  try {
    for (const r of evaluate(left, s, i, o)) if (truthy(r.v)) {
      any = true;
      yield r;
    }
  } catch (caught) {
    if (!(caught instanceof JqError)) throw caught;
  }
  if (!any) yield* evaluate(right, s, i, o);
}
function* attempt(body: Node, handler: Node | null, s: Scope | null, i: Result, o: Outside): Stream {
  try {
    yield* evaluate(body, s, i, o);
  } catch (caught) {
    if (!(caught instanceof JqError)) throw caught;
    if (handler !== null) yield* evaluate(handler, s, { v: caught.value, p: i.p === null ? null : LOST }, o);
  }
}
function* labelled(n: Node & { t: 'label' }, s: Scope | null, i: Result, o: Outside): Stream {
  const mark = {};
  try {
    yield* evaluate(n.body, { t: 'label', name: n.name, mark, up: s }, i, o);
  } catch (caught) {
    if (!(caught instanceof Break) || caught.mark !== mark) throw caught;
  }
}

// ---- binding -----------------------------------------------------------------------------------------------
function* bindAll(n: Node & { t: 'as' }, s: Scope | null, i: Result, o: Outside): Stream {
  const all = n.patterns.flatMap(namesOf);
  for (const v of values(n.source, s, i, o)) {
    for (const [k, pattern] of n.patterns.entries()) {
      const empty = n.patterns.length === 1 ? s : all.reduce<Scope | null>((up, name) => ({ t: 'variable', name, value: null, up }), s);
      try {
        for (const scope of bind(pattern, v, empty, i, o)) yield* evaluate(n.body, scope, i, o);
        break;
      } catch (caught) {
        if (!(caught instanceof JqError) || k === n.patterns.length - 1) throw caught;
      }
    }
  }
}
const namesOf = (p: Pattern): string[] => (p.t === 'var' ? [p.name] : p.t === 'array' ? p.items.flatMap(namesOf) : p.entries.flatMap((e) => [...(e.bind === null ? [] : [e.bind]), ...(e.value === null ? [] : namesOf(e.value))]));
function* bind(p: Pattern, v: Value, s: Scope | null, i: Result, o: Outside): Generator<Scope | null> {
  if (p.t === 'var') yield { t: 'variable', name: p.name, value: v, up: s };
  else if (p.t === 'array') yield* bindItems(p.items.map((item, k) => [item, (): Value => at(v, k)] as const), s, i, o);
  else yield* bindEntries(p.entries, v, s, i, o);
}
function* bindItems(items: readonly (readonly [Pattern, () => Value])[], s: Scope | null, i: Result, o: Outside): Generator<Scope | null> {
  const [first, ...rest] = items;
  if (first === undefined) yield s;
  else for (const scope of bind(first[0], first[1](), s, i, o)) yield* bindItems(rest, scope, i, o);
}
function* bindEntries(entries: (Pattern & { t: 'object' })['entries'], v: Value, s: Scope | null, i: Result, o: Outside): Generator<Scope | null> {
  const [first, ...rest] = entries;
  if (first === undefined) {
    yield s;
    return;
  }
  for (const key of values(first.key, s, i, o)) {
    if (typeof key !== 'string') throw new JqError(`Cannot index ${typeName(v)} with ${typeName(key)}`);
    const part = at(v, key);
    const named: Scope | null = first.bind === null ? s : { t: 'variable', name: first.bind, value: part, up: s };
    for (const scope of first.value === null ? [named] : bind(first.value, part, named, i, o)) yield* bindEntries(rest, v, scope, i, o);
  }
}
function* fold(n: Node & { t: 'reduce' | 'foreach' }, s: Scope | null, i: Result, o: Outside): Stream {
  for (const start of evaluate(n.start, s, i, o)) {
    let state: Result | null = start;
    for (const v of values(n.source, s, i, o)) for (const scope of bind(n.pattern, v, s, i, o)) {
      let last: Result | null = null;
      for (const next of evaluate(n.update, scope, state ?? { v: null, p: i.p }, o)) {
        last = next;
        if (n.t === 'foreach') yield* evaluate(n.extract, scope, next, o);
      }
      // An update that gives nothing leaves null, as in jq 1.6; a foreach then goes on from what it had.
      if (n.t === 'reduce' || last !== null) state = last;
    }
    if (n.t === 'reduce') yield state ?? { v: null, p: i.p };
  }
}

// ---- changing ----------------------------------------------------------------------------------------------
/** The paths a filter names. */
export function* pathsOf(n: Node, s: Scope | null, v: Value, o: Outside): Generator<Path> {
  for (const r of evaluate(n, s, { v, p: [] }, o)) {
    if (r.p === LOST || r.p === null) {
      if (r.v !== null) throw noPath(r.v);
      yield [];
    } else yield r.p;
  }
}
function* update(n: Node & { t: 'update' }, s: Scope | null, i: Result, o: Outside): Generator<Value> {
  if (n.operator === '|=') {
    yield modify(n.left, s, i, o, (old) => values(n.right, s, { v: old, p: null }, o).next().value as Value | undefined);
    return;
  }
  for (const right of values(n.right, s, i, o)) {
    if (n.operator === '=') {
      let out = i.v;
      for (const path of pathsOf(n.left, s, i.v, o)) out = set(out, path, right);
      yield out;
    } else yield modify(n.left, s, i, o, (old) => (n.operator === '//=' ? (truthy(old) ? old : right) : operate(n.operator.slice(0, -1), old, right)));
  }
}
function modify(target: Node, s: Scope | null, i: Result, o: Outside, by: (old: Value) => Value | undefined): Value {
  let out = i.v;
  const gone: Path[] = [];
  for (const path of pathsOf(target, s, i.v, o)) {
    const value = by(get(out, path));
    if (value === undefined) gone.push(path);
    else out = set(out, path, value);
  }
  return remove(out, gone);
}

// ---- calling -----------------------------------------------------------------------------------------------
function* call(n: Node & { t: 'call' }, s: Scope | null, i: Result, o: Outside): Stream {
  for (let here = s; here !== null; here = here.up) {
    if (here.t === 'argument' && here.name === n.name && n.args.length === 0) return yield* evaluate(here.body, here.scope, i, o);
    if (here.t !== 'function' || here.def.name !== n.name || here.def.params.length !== n.args.length) continue;
    return yield* evaluate(here.def.body, withArguments(here.def, n.args, s, here), i, o);
  }
  const special = FORMS[`${n.name}/${n.args.length}`];
  if (special !== undefined) return yield* special(n.args, s, i, o);
  const native = natives[`${n.name}/${n.args.length}`];
  if (native === undefined) throw new Undefined(`${n.name}/${n.args.length} is not defined`, n.at);
  for (const args of product(n.args, s, i, o)) yield fresh(i, native(i.v, args, o));
}
const withArguments = (def: Def, args: readonly Node[], s: Scope | null, own: Scope): Scope => def.params.reduce<Scope>((up, name, k) => ({ t: 'argument', name, body: args[k]!, scope: s, up }), own);
/** All combinations of the arguments' values; the last argument is the outermost. */
function* product(args: readonly Node[], s: Scope | null, i: Result, o: Outside): Generator<Value[]> {
  const last = args.at(-1);
  if (last === undefined) yield [];
  else for (const v of values(last, s, i, o)) for (const before of product(args.slice(0, -1), s, i, o)) yield [...before, v];
}
/** Functions that need more than values. */
const FORMS: Readonly<Record<string, (args: readonly Node[], s: Scope | null, i: Result, o: Outside) => Stream>> = {
  *'empty/0'() { /* nothing */ },
  *'error/0'(_a, _s, i) { throw new JqError(i.v); },
  *'path/1'([f], s, i, o) { for (const path of pathsOf(f!, s, i.v, o)) yield fresh(i, path); },
  *'getpath/1'([f], s, i, o) {
    for (const path of values(f!, s, i, o)) {
      if (!isArray(path)) throw new JqError('Path must be specified as an array');
      yield { v: get(i.v, path), p: i.p === null ? null : [...(i.p === LOST ? [] : i.p), ...path] };
    }
  },
  *'select/1'([f], s, i, o) { for (const v of values(f!, s, i, o)) if (truthy(v)) yield i; },
  *'recurse/0'(_a, _s, i) { yield* recurse(i); },
  *'range/2'([from, to], s, i, o) { for (const a of values(from!, s, i, o)) for (const b of values(to!, s, i, o)) yield* range(a, b, 1, i, o); },
  *'range/1'([to], s, i, o) { for (const b of values(to!, s, i, o)) yield* range(0, b, 1, i, o); },
  *'range/3'([from, to, by], s, i, o) { for (const a of values(from!, s, i, o)) for (const b of values(to!, s, i, o)) for (const c of values(by!, s, i, o)) yield* range(a, b, c, i, o); },
  *'limit/2'([count, f], s, i, o) {
    for (const n of values(count!, s, i, o)) {
      if (typeof n === 'number' && n <= 0) continue;
      let left = n as number;
      for (const r of evaluate(f!, s, i, o)) {
        yield r;
        if (--left <= 0) break;
      }
    }
  },
  *'first/1'([f], s, i, o) { for (const r of evaluate(f!, s, i, o)) { yield r; return; } },
  *'isempty/1'([f], s, i, o) { yield fresh(i, values(f!, s, i, o).next().done === true); },
  *'input/0'(_a, _s, i, o) { yield fresh(i, o.input()); },
  *'inputs/0'(_a, _s, i, o) {
    for (;;) {
      try {
        yield fresh(i, o.input());
      } catch (caught) {
        if (caught instanceof JqError && caught.value === 'break') return;
        throw caught;
      }
    }
  },
  *'env/0'(_a, _s, i, o) { yield fresh(i, o.env); },
  *'halt/0'() { throw new Halt(0); },
  *'halt_error/0'(_a, _s, i) { throw new Halt(5, i.v); },
  *'halt_error/1'([code], s, i, o) { for (const v of values(code!, s, i, o)) throw new Halt(Number(v), i.v); },
  *'keys_unsorted/0'(_a, _s, i) {
    if (!isObject(i.v) && !isArray(i.v)) throw new JqError(`${named(i.v)} has no keys`);
    yield fresh(i, [...i.v.keys()]);
  },
  *'keys/0'(_a, _s, i) {
    if (!isObject(i.v) && !isArray(i.v)) throw new JqError(`${named(i.v)} has no keys`);
    yield fresh(i, isObject(i.v) ? keysOf(i.v) : [...i.v.keys()]);
  },
};
