/** Printing: text to bytes, and warnings as client-go writes them. */
import { environ, isatty, put, get, write, type Coroutine } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';

/** Text to standard output. */
export function* print(text: string): Coroutine<void> {
  if (text !== '') yield* write(1, encodeUtf8(text));
}

/** Text to standard error. */
export function* eprint(text: string): Coroutine<void> {
  if (text !== '') yield* write(2, encodeUtf8(text));
}

/** `Warning: …`, yellow on a terminal that has colours. */
export function* warn(text: string): Coroutine<void> {
  const env = yield* environ();
  const colour = (yield* isatty(2)) && env.TERM !== 'dumb' && env.NO_COLOR === undefined;
  yield* eprint(`${colour ? '\u001b[33;1mWarning:\u001b[0m' : 'Warning:'} ${text}\n`);
}

/** The texts of a response's Warning headers (`299 - "text"`, comma-separated), each printed once a run. */
export function* printWarnings(header: string | undefined): Coroutine<void> {
  if (header === undefined) return;
  for (const [, quoted] of header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)) {
    const text = quoted!.replace(/\\(.)/g, '$1');
    if ((yield* get('warned', text)) !== undefined) continue;
    yield* put('warned', text, true);
    yield* warn(text);
  }
}
