/**
 * Plays a script of typed lines and directives on a session, on the step clock: time moves only while a
 * foreground command waits, or by `~`. The rules are those of the headless runner (see README, `npm run sim`).
 */
import { RE2JS } from 're2js';
import { encodeUtf8 } from '../../base/utf8.ts';
import { parseSpan } from '../../labs/schema.ts';
import type { CheckResult, Session } from './types.ts';
import { TTY } from './node.ts';

/** The script itself is wrong, or does not fit what happened. `line` is 1-based. */
export class ScriptError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

export interface ScriptEvents {
  /** After a typed line has been answered (the next line is about to be typed, or the script ended). */
  command?(command: string): void;
  checked?(results: readonly CheckResult[]): void;
  /** Something the player should know that is not terminal output. */
  notice?(text: string): void;
}

interface Edit { readonly line: number; readonly file: string; readonly pattern: RE2JS; readonly replacement: string; readonly global: boolean }

const FOREGROUND_LIMIT = 15 * 60_000_000;
const KEYS: Readonly<Record<string, string>> = { 'C-c': '\x03', 'C-d': '\x04', 'C-z': '\x1a', Tab: '\t', Up: '\x1b[A', Down: '\x1b[B', Enter: '\r', Esc: '\x1b' };
/** Sent at once, whatever runs: they are for what runs. */
const URGENT: ReadonlySet<string> = new Set(['C-c', 'C-d', 'C-z']);

export class ScriptPlayer {
  readonly #session: Session;
  readonly #events: ScriptEvents;
  #edits: Edit[] = [];
  #line = 0;
  #typed: string | null = null;

  constructor(session: Session, events: ScriptEvents = {}) {
    this.#session = session;
    this.#events = events;
  }

  /** Plays all lines. Errors: ScriptError. */
  play(script: string): void {
    const lines = script.replaceAll('\r', '').split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const text of lines) {
      this.#line++;
      this.#perform(text);
    }
    this.#line++;
    this.#rest();
    this.#answered();
    const unused = this.#edits[0];
    if (unused !== undefined) throw new ScriptError(unused.line, `the edit of ${unused.file} was never used`);
  }

  #perform(text: string): void {
    const wait = /^~ (\S+)\s*$/.exec(text);
    if (wait !== null) {
      const span = parseSpan(wait[1]!);
      if (span === null) throw new ScriptError(this.#line, `${wait[1]} is not a span of time`);
      this.#pass(span);
    } else if (text.startsWith('=> ')) {
      this.#directive(text.slice(3).trimStart());
    } else {
      this.#rest();
      this.#answered();
      this.#typed = text;
      this.#session.send(encodeUtf8(`${text}\r`));
    }
  }

  #directive(text: string): void {
    if (text.trimEnd() === 'check') {
      this.#rest();
      this.#answered();
      this.#events.checked?.(this.#session.check());
    } else if (text.startsWith('key ')) {
      this.#key(text.slice(4));
    } else if (text.startsWith('edit ')) {
      this.#edits.push(parseEdit(text.slice(5).trimEnd(), this.#line));
    } else {
      throw new ScriptError(this.#line, `unknown directive: ${text.trimEnd()}`);
    }
  }

  /** A key by its name, or text as it is: a space at its end is typed, too. */
  #key(text: string): void {
    const name = text.trim();
    if (URGENT.has(name)) this.#instant();
    else this.#rest();
    this.#session.send(KEYS[name] ?? encodeUtf8(text));
  }

  #answered(): void {
    if (this.#typed === null) return;
    const command = this.#typed;
    this.#typed = null;
    this.#events.command?.(command);
  }

  // ---- time ------------------------------------------------------------------------------------------------
  /** Everything of this instant, the editor included. */
  #instant(): void {
    for (;;) {
      this.#session.world.settle();
      if (!this.#edit()) return;
    }
  }
  #pass(span: number): void {
    const end = this.#session.world.now + span;
    for (;;) {
      this.#instant();
      const next = this.#session.world.nextTimer;
      if (next === null || next > end) break;
      this.#session.advance(next, Infinity);
    }
    this.#session.advance(end, Infinity);
    this.#instant();
  }
  /** Until the terminal is read again and nothing is runnable. */
  #rest(): void {
    const { world } = this.#session;
    let limit = world.now + FOREGROUND_LIMIT;
    for (let interrupts = 0; ;) {
      this.#instant();
      const reader = world.reader(TTY);
      if (reader !== null) {
        if (reader.program !== 'less' && reader.program !== 'more') return;
        this.#session.send('q');
        continue;
      }
      const next = world.nextTimer;
      if (next === null) throw new ScriptError(this.#line, 'nothing reads the terminal and nothing will ever happen');
      if (next > limit) {
        if (interrupts++ === 3) throw new ScriptError(this.#line, 'the foreground command does not answer to ^C');
        this.#events.notice?.('the foreground command took more than 15 minutes: sent ^C');
        this.#session.send('\x03');
        limit = world.now + 60_000_000;
        continue;
      }
      this.#session.advance(next, Infinity);
    }
  }

  // ---- the editor ------------------------------------------------------------------------------------------
  /** Serves an open editor with the queued edits. False when none is open. */
  #edit(): boolean {
    const request = this.#session.editorRequest();
    if (request === null) return false;
    const name = request.path.startsWith('/tmp/kubectl-edit-') ? '-' : request.path;
    const mine = this.#edits.filter((e) => e.file === name);
    if (mine.length === 0) {
      if (this.#edits.length > 0) throw new ScriptError(this.#edits[0]!.line, `the editor opened ${request.path}, the edit is for ${this.#edits[0]!.file}`);
      this.#session.editorQuit(request.id, 0);
      return true;
    }
    this.#edits = this.#edits.filter((e) => e.file !== name);
    let { text } = request;
    for (const edit of mine) text = substitute(text, edit);
    this.#session.editorSave(request.id, text);
    this.#session.world.settle();
    this.#session.editorQuit(request.id, 0);
    return true;
  }
}

/** `FILE s/RE/NEW/[g]` with any delimiter. */
function parseEdit(text: string, line: number): Edit {
  const match = /^(\S+)\s+s(.)([\s\S]*)$/.exec(text);
  if (match === null) throw new ScriptError(line, 'expected: => edit FILE s/RE/NEW/[g]');
  const [, file, delimiter, rest] = match as unknown as [string, string, string, string];
  const parts: string[] = [''];
  for (let i = 0; i < rest.length; i++) {
    const c = rest[i]!;
    if (c === '\\' && rest[i + 1] === delimiter) parts[parts.length - 1] += rest[++i]!;
    else if (c === '\\' && i + 1 < rest.length) parts[parts.length - 1] += c + rest[++i]!;
    else if (c === delimiter) parts.push('');
    else parts[parts.length - 1] += c;
  }
  const [pattern, replacement, flags] = parts;
  if (parts.length !== 3 || (flags !== '' && flags !== 'g')) throw new ScriptError(line, 'expected: => edit FILE s/RE/NEW/[g]');
  try {
    return { line, file, pattern: RE2JS.compile(pattern!), replacement: replacement!, global: flags === 'g' };
  } catch {
    throw new ScriptError(line, `not a regular expression: ${pattern}`);
  }
}

/** Applies the expression to each line, as sed does. */
function substitute(text: string, edit: Edit): string {
  let hits = 0;
  const changed = text.split('\n').map((line) => {
    const matcher = edit.pattern.matcher(line);
    let out = '';
    let from = 0;
    while (matcher.find()) {
      hits++;
      out += line.slice(from, matcher.start()) + expand(edit.replacement, (n) => matcher.group(n) ?? '');
      from = matcher.end();
      if (!edit.global) break;
    }
    return out + line.slice(from);
  });
  if (hits === 0) throw new ScriptError(edit.line, `the edit of ${edit.file} matches nothing`);
  return changed.join('\n');
}

/** sed's replacement: `&`, `\1`…`\9`, `\n`, `\t`, `\&`. */
function expand(replacement: string, group: (n: number) => string): string {
  return replacement.replace(/\\(.)|&/g, (whole, escaped: string | undefined) => {
    if (whole === '&') return group(0);
    if (escaped! >= '0' && escaped! <= '9') return group(Number(escaped));
    return escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped!;
  });
}
