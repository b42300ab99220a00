/** Calling a shell function: its arguments, its local variables, `return`. */
import type { Coroutine } from '../../kernel/sys.ts';
import { Leave, ShellError } from './errors.ts';
import type { Shell } from './shell.ts';
import { DEEPEST } from './state.ts';

/** → the function's status. Errors: ShellError when functions call each other too deeply. */
export function* callFunction(shell: Shell, name: string, args: readonly string[]): Coroutine<number> {
  const { state } = shell;
  if (shell.depth >= DEEPEST) throw new ShellError(`${name}: maximum function nesting level exceeded (${DEEPEST})`);
  shell.depth++;
  const { positional } = state;
  state.positional = args;
  state.locals = [...state.locals, {}];
  const { FUNCNAME: outside } = state.vars;
  state.vars['FUNCNAME'] = { value: '', items: Object.fromEntries([name, ...Object.values(outside?.items ?? {})].map((each, i) => [String(i), each])) };
  try {
    return yield* shell.goOn(state.functions[name]!);
  } catch (caught) {
    if (caught instanceof Leave && caught.how === 'return') return (state.status = caught.status);
    throw caught;
  } finally {
    shell.depth--;
    if (outside === undefined) delete state.vars['FUNCNAME'];
    else state.vars['FUNCNAME'] = outside;
    state.positional = positional;
    for (const [variable, value] of Object.entries(state.locals.at(-1) ?? {})) {
      if (value === null) delete state.vars[variable];
      else state.vars[variable] = value;
    }
    state.locals = state.locals.slice(0, -1);
  }
}
