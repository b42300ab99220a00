/** Pathname expansion: walks the tree component by component. */
import { readDir, stat } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { SysError } from '../../kernel/errno.ts';
import { Pattern } from './pattern.ts';
import type { Piece } from './pattern.ts';
import { hasOption } from './state.ts';
import type { ShellState } from './state.ts';

type Field = readonly Piece[];

/** Paths that a field stands for; its own text when it is no pattern or nothing matches. */
export function* glob(state: ShellState, field: Field): Coroutine<string[]> {
  const text = field.map((p) => p.text).join('');
  if (hasOption(state, 'noglob') || !field.some((p) => !p.quoted && /[*?[]/.test(p.text))) return [text];
  const found = yield* globPath(field);
  if (found.length > 0) return found;
  return state.shopts.includes('nullglob') ? [] : [text];
}

/** Splits a field at its slashes and walks the tree component by component. */
function* globPath(field: Field): Coroutine<string[]> {
  const components: Piece[][] = [[]];
  for (const part of field) {
    const texts = part.text.split('/');
    texts.forEach((t, i) => {
      if (i > 0) components.push([]);
      if (t !== '') components.at(-1)!.push({ ...part, text: t });
    });
  }
  let paths = [''];
  for (const [i, component] of components.entries()) {
    const last = i === components.length - 1;
    const pattern = new Pattern(component);
    const next: string[] = [];
    for (const base of paths) {
      if (!pattern.magic) {
        const path = base + pattern.literal;
        if (last && pattern.literal !== '' && !(yield* there(path))) continue;
        next.push(last ? path : `${path}/`);
        continue;
      }
      for (const name of yield* names(base === '' ? '.' : base)) {
        if (name.startsWith('.') && !(component[0]?.text ?? '').startsWith('.')) continue;
        if (pattern.matches(name) && (last || (yield* directory(base + name)))) next.push(last ? base + name : `${base + name}/`);
      }
    }
    paths = next;
  }
  return paths.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
function* names(path: string): Coroutine<string[]> {
  try {
    return (yield* readDir(path)).map((e) => e.name);
  } catch (caught) {
    if (caught instanceof SysError) return [];
    throw caught;
  }
}
function* there(path: string): Coroutine<boolean> {
  try {
    yield* stat(path);
    return true;
  } catch (caught) {
    if (caught instanceof SysError) return false;
    throw caught;
  }
}
function* directory(path: string): Coroutine<boolean> {
  try {
    return (yield* stat(path)).type === 'dir';
  } catch (caught) {
    if (caught instanceof SysError) return false;
    throw caught;
  }
}
