/** Redirections: applied to the shell's own descriptors and undone afterwards, so that builtins, functions and children see the same. */
import type { Redirection } from 'unbash';
import { close, dup, fdinfo, open, pipe, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { openComplaint } from './dialect.ts';
import { errnoOf, SysError } from '../../kernel/errno.ts';
import { ShellError } from './errors.ts';
import { expandBody, expandText, expandWord } from './expand.ts';
import type { Runner } from './expand.ts';
import { closeQuietly } from './io.ts';
import { assign, hasOption } from './state.ts';

/** A descriptor as it was: kept under another number, or closed. */
interface Saved { readonly fd: number; readonly copy: number | null }
const FIRST_COPY = 20;

export class Redirections {
  readonly #saved: Saved[] = [];
  /** Descriptors that are open now because of these redirections. */
  readonly opened: number[] = [];

  /** Points `fd` at what `from` names. */
  *point(fd: number, from: number): Coroutine<void> {
    yield* this.#save(fd);
    yield* dup(from, fd);
    this.opened.push(fd);
  }
  *#save(fd: number): Coroutine<void> {
    if (this.#saved.some((s) => s.fd === fd)) return;
    if ((yield* fdinfo(fd)) === null) {
      this.#saved.push({ fd, copy: null });
      return;
    }
    let copy = FIRST_COPY;
    while ((yield* fdinfo(copy)) !== null) copy++;
    yield* dup(fd, copy);
    this.#saved.push({ fd, copy });
  }
  *undo(): Coroutine<void> {
    for (const { fd, copy } of this.#saved.splice(0).reverse()) {
      if (copy === null) yield* closeQuietly(fd);
      else {
        yield* dup(copy, fd);
        yield* closeQuietly(copy);
      }
    }
  }
  /** Makes the change permanent (`exec >file`). */
  *commit(): Coroutine<void> {
    for (const { copy } of this.#saved.splice(0)) if (copy !== null) yield* closeQuietly(copy);
  }

  /** Errors: ShellError in bash's words. */
  *apply(r: Runner, redirections: readonly Redirection[]): Coroutine<void> {
    for (const redirection of redirections) yield* this.#one(r, redirection);
  }

  *#one(r: Runner, red: Redirection): Coroutine<void> {
    const reads = red.type !== 'Redirect' || red.operator === '<' || red.operator === '<>' || red.operator === '<&';
    let fd = red.descriptor?.type === 'FileDescriptor' ? red.descriptor.value : reads ? 0 : 1;
    if (red.descriptor?.type === 'FileDescriptorVariable') {
      fd = 10;
      while ((yield* fdinfo(fd)) !== null) fd++;
      assign(r.state, red.descriptor.name, String(fd));
    }
    if (red.type === 'HereDoc' || red.type === 'HereString') {
      const body = red.type === 'HereString' ? `${red.target === undefined ? '' : yield* expandText(r, red.target)}\n` : red.body.parts === undefined ? red.body.text : yield* expandBody(r, red.body.parts);
      yield* this.#text(fd, red.type === 'HereDoc' && red.operator === '<<-' ? body.replace(/^\t+/gm, '') : body);
      return;
    }
    if (red.operator === '>&' || red.operator === '<&') return yield* this.#duplicate(r, red, fd);
    const names = red.target === undefined ? [] : yield* expandWord(r, red.target);
    if (names.length !== 1) throw new ShellError(`${red.target?.text ?? ''}: ambiguous redirect`);
    yield* this.#file(r, red.operator, fd, names[0]!);
  }

  *#file(r: Runner, operator: string, fd: number, path: string): Coroutine<void> {
    const both = operator.startsWith('&>');
    const append = operator.endsWith('>>');
    let from: number;
    try {
      if (operator === '>' && hasOption(r.state, 'noclobber') && (yield* exists(path))) throw new ShellError(`${path}: cannot overwrite existing file`);
      from = yield* open(path, operator === '<' ? 'r' : operator === '<>' ? 'r+' : append ? 'a' : 'w');
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      throw new ShellError(openComplaint(r.state.dialect, path, code, operator !== '<'));
    }
    yield* this.point(both ? 1 : fd, from);
    if (both) yield* this.point(2, from);
    if (from !== fd && !(both && from <= 2)) yield* close(from);
  }

  *#duplicate(r: Runner, red: Redirection & { type: 'Redirect' }, fd: number): Coroutine<void> {
    const target = red.target === undefined ? '' : yield* expandText(r, red.target);
    if (target === '-') {
      yield* this.#save(fd);
      yield* closeQuietly(fd);
      return;
    }
    const number = /^(\d+)(-?)$/.exec(target);
    if (number === null) {
      if (red.operator === '>&' && red.descriptor === undefined) return yield* this.#file(r, '&>', 1, target);
      throw new ShellError(`${target}: ambiguous redirect`);
    }
    try {
      yield* this.point(fd, Number(number[1]));
    } catch (caught) {
      if (caught instanceof SysError) throw new ShellError(`${target}: Bad file descriptor`);
      throw caught;
    }
  }

  /** A text as a readable descriptor: what a pipe holds at once is enough for here-documents that people write. */
  *#text(fd: number, text: string): Coroutine<void> {
    if (text.length > 60_000) throw new ShellError('here-document larger than 60000 bytes is not available in this lab');
    const [r, w] = yield* pipe();
    yield* write(w, text);
    yield* close(w);
    yield* this.point(fd, r);
    if (r !== fd) yield* close(r);
  }
}

function* exists(path: string): Coroutine<boolean> {
  try {
    const fd = yield* open(path, 'r');
    const regular = (yield* fdinfo(fd))?.kind === 'file';
    yield* close(fd);
    return regular;
  } catch (caught) {
    if (caught instanceof SysError) return false;
    throw caught;
  }
}
