/** The lines sed works on: read as they come, file after file, with look-ahead only where `$` asks for it. */
import { read, tick } from '../../kernel/sys.ts';
import type { Bytes, Coroutine } from '../../kernel/sys.ts';
import { SysError } from '../../kernel/errno.ts';
import { closeInput, MEMORY, openInput } from '../../lib/tool/index.ts';

export class Lines {
  /** The last line given had no newline. */
  bare = false;
  /** Counts the files that were begun, so that -s can tell them apart. */
  files = 0;
  readonly #paths: string[];
  readonly #end: string;
  readonly #missing: (path: string, caught: unknown) => Coroutine<void>;
  #fd: number | null = null;
  #name = '';
  #rest = '';
  #over = false;
  /** `missing` complains about a file that cannot be read; it is then passed over. */
  constructor(paths: readonly string[], end: string, missing: (path: string, caught: unknown) => Coroutine<void>) {
    this.#paths = [...paths];
    this.#end = end;
    this.#missing = missing;
  }
  /** A text that is there already (in-place editing). */
  static of(text: Bytes, end: string): Lines {
    const lines = new Lines([], end, function* () { /* nothing is opened */ });
    lines.#rest = text;
    return lines;
  }

  /** Reads until a whole line stands ready or the file is over; false when nothing is left in this file. */
  *#fill(): Coroutine<boolean> {
    for (let whole = this.#rest.includes(this.#end); this.#fd !== null && !whole;) {
      let data = '';
      try {
        data = yield* read(this.#fd);
      } catch (caught) {
        yield* this.#missing(this.#name, caught);
      }
      if (data === '') {
        yield* closeInput({ name: this.#name, fd: this.#fd });
        this.#fd = null;
      } else {
        this.#rest += data;
        whole = data.includes(this.#end);
        if (this.#rest.length > MEMORY) throw new SysError('ENOMEM');
      }
    }
    return this.#rest !== '';
  }
  /** Makes sure that a line stands ready, from the next file if need be. */
  *#ready(): Coroutine<boolean> {
    while (!(yield* this.#fill())) {
      const path = this.#paths.shift();
      if (path === undefined) {
        this.#over = true;
        return false;
      }
      try {
        this.#fd = (yield* openInput(path)).fd;
        this.#name = path;
        this.files++;
      } catch (caught) {
        yield* this.#missing(path, caught);
      }
    }
    return true;
  }
  /** The next line, or null at the end of all. */
  *next(): Coroutine<string | null> {
    yield* tick();
    if (this.#over || !(yield* this.#ready())) return null;
    const at = this.#rest.indexOf(this.#end);
    const line = at < 0 ? this.#rest : this.#rest.slice(0, at);
    this.#rest = at < 0 ? '' : this.#rest.slice(at + 1);
    this.bare = at < 0;
    return line;
  }
  /** Whether no line follows: in this file (`separate`), or in all of them. */
  *last(separate: boolean): Coroutine<boolean> {
    return separate ? !(yield* this.#fill()) : !(yield* this.#ready());
  }
}
