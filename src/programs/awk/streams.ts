/** Where awk reads from and writes to: its main input, files and commands that stay open until they are closed. */
import { close, open, pipe, read, spawn, waitpid, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror, SysError } from '../../kernel/errno.ts';
import { MEMORY } from '../../lib/tool/index.ts';
import { exitStatus } from '../../lib/tool/run.ts';
import type { Patterns } from './patterns.ts';
import { AwkError } from './syntax.ts';

/** Bytes kept back before they are written. */
const BUFFER = 8192;

/** Something to read records from. Plain data, so that it survives a checkpoint. */
export interface Reader { readonly fd: number; readonly pid: number | null; rest: string; over: boolean }
interface Writer { readonly fd: number; readonly pid: number | null; held: string }

export class Streams {
  readonly #readers = new Map<string, Reader>();
  readonly #writers = new Map<string, Writer>([['/dev/stdout', { fd: 1, pid: null, held: '' }], ['/dev/stderr', { fd: 2, pid: null, held: '' }]]);
  readonly #name: string;
  readonly #tty: boolean;
  /** On a terminal lines are shown as they are printed. */
  constructor(name: string, tty: boolean) {
    this.#name = name;
    this.#tty = tty;
  }
  /** Nothing but standard output and error is open, so a checkpoint loses nothing. */
  get plain(): boolean { return this.#readers.size === 0 && this.#writers.size === 2; }

  /** The next record, cut at RS; null at the end. */
  *record(from: Reader, separator: string, patterns: Patterns): Coroutine<string | null> {
    for (;;) {
      const cut = cutRecord(from.rest, separator, from.over, patterns);
      if (cut !== null) {
        from.rest = cut.rest;
        return cut.record;
      }
      if (from.over) return null;
      yield* this.flush('/dev/stdout');
      let data: string;
      // A plain separator need only be looked for in what is new.
      do {
        data = yield* read(from.fd);
        if (data === '') from.over = true;
        else from.rest += data;
        if (from.rest.length > MEMORY) throw new SysError('ENOMEM');
      } while (!from.over && separator.length === 1 && !data.includes(separator));
    }
  }
  /** null when the file cannot be opened. */
  *reader(kind: 'file' | 'command', name: string): Coroutine<Reader | null> {
    const known = this.#readers.get(name);
    if (known !== undefined) return known;
    yield* this.flushAll();
    let reader: Reader;
    if (kind === 'file') {
      try {
        reader = { fd: name === '-' || name === '/dev/stdin' ? 0 : yield* open(name, 'r'), pid: null, rest: '', over: false };
      } catch (caught) {
        if (errnoOf(caught) === null) throw caught;
        return null;
      }
    } else {
      const [from, to] = yield* pipe();
      const pid = yield* spawn({ path: '/bin/sh', argv: ['sh', '-c', name], fds: { 0: 0, 1: to, 2: 2 } });
      yield* close(to);
      reader = { fd: from, pid, rest: '', over: false };
    }
    this.#readers.set(name, reader);
    return reader;
  }

  *print(op: '>' | '>>' | '|' | null, name: string, text: string): Coroutine<void> {
    let to = this.#writers.get(op === null || name === '-' ? '/dev/stdout' : name);
    if (to === undefined) {
      yield* this.flushAll();
      to = yield* this.#begin(op!, name);
      this.#writers.set(name, to);
    }
    to.held += text;
    if (to.held.length >= BUFFER || to.fd === 2 || (to.fd === 1 && this.#tty)) yield* this.#flush(to);
  }
  *#begin(op: '>' | '>>' | '|', name: string): Coroutine<Writer> {
    if (op === '|') {
      const [from, to] = yield* pipe();
      const pid = yield* spawn({ path: '/bin/sh', argv: ['sh', '-c', name], fds: { 0: from, 1: 1, 2: 2 } });
      yield* close(from);
      return { fd: to, pid, held: '' };
    }
    try {
      return { fd: yield* open(name, op === '>' ? 'w' : 'a'), pid: null, held: '' };
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      yield* write(2, `${this.#name}: cannot open "${name}" for output (${strerror(code)})\n`);
      throw new AwkError('');
    }
  }
  *#flush(to: Writer): Coroutine<void> {
    const { held } = to;
    to.held = '';
    if (held !== '') yield* write(to.fd, held);
  }
  *flush(name: string): Coroutine<boolean> {
    const to = this.#writers.get(name);
    if (to !== undefined) yield* this.#flush(to);
    return to !== undefined;
  }
  *flushAll(): Coroutine<void> {
    for (const to of this.#writers.values()) yield* this.#flush(to);
  }
  /** → the command's status, 0 for a file, −1 when nothing of that name is open. */
  *close(name: string): Coroutine<number> {
    let status = -1;
    for (const open of [this.#writers.get(name), this.#readers.get(name)]) {
      if (open === undefined) continue;
      if ('held' in open) yield* this.#flush(open);
      if (open.fd > 2) yield* close(open.fd);
      status = open.pid === null ? 0 : exitStatus((yield* waitpid({ pid: open.pid, nohang: false, untraced: false }))!.status);
    }
    this.#writers.delete(name);
    this.#readers.delete(name);
    return status;
  }
  *closeAll(): Coroutine<void> {
    for (const name of [...this.#writers.keys(), ...this.#readers.keys()]) if (!name.startsWith('/dev/std')) yield* this.close(name);
    yield* this.flushAll();
  }
}

/** A record from the front of a text; null when it takes more text to tell. */
function cutRecord(text: string, separator: string, over: boolean, patterns: Patterns): { readonly record: string; readonly rest: string } | null {
  if (separator === '') return paragraph(text, over);
  const at = separator.length === 1 ? text.indexOf(separator) : -1;
  if (at >= 0) return { record: text.slice(0, at), rest: text.slice(at + 1) };
  if (separator.length > 1) {
    const m = patterns.find(separator, text);
    if (m !== null && m.end > m.start && (m.end < text.length || over)) return { record: text.slice(0, m.start), rest: text.slice(m.end) };
  }
  return over && text !== '' ? { record: text, rest: '' } : null;
}
function paragraph(text: string, over: boolean): { readonly record: string; readonly rest: string } | null {
  const begun = text.replace(/^\n+/, '');
  const end = /\n\n+/.exec(begun);
  if (end !== null && (end.index + end[0].length < begun.length || over)) return { record: begun.slice(0, end.index), rest: begun.slice(end.index + end[0].length) };
  return over && begun !== '' ? { record: begun.replace(/\n$/, ''), rest: '' } : null;
}
