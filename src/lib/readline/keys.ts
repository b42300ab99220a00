/** Cuts a terminal's bytes into keys: control characters, escape sequences, UTF-8 characters, pasted text. */

export interface Keys { readonly keys: readonly string[]; /** An unfinished sequence, to go before the next bytes. */ readonly rest: string }

const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** A key is its bytes; pasted text comes as one key that begins with `PASTE_BEGIN`. */
export function cutKeys(bytes: string): Keys {
  const keys: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = keyLength(bytes, at);
    if (length === 0) return { keys, rest: bytes.slice(at) };
    keys.push(bytes.slice(at, at + length));
    at += length;
  }
  return { keys, rest: '' };
}

function keyLength(bytes: string, at: number): number {
  const c = bytes.charCodeAt(at);
  if (c === 0x1b) return escapeLength(bytes, at);
  const length = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  return at + length <= bytes.length ? length : 0;
}
function escapeLength(bytes: string, at: number): number {
  if (bytes.startsWith(PASTE_BEGIN, at)) {
    const end = bytes.indexOf(PASTE_END, at);
    return end < 0 ? 0 : end + PASTE_END.length - at;
  }
  const sequence = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|O[A-Za-z]|[^[O])/.exec(bytes.slice(at, at + 32));
  // A lone Esc at the end of what was typed is the Esc key itself.
  return sequence !== null ? sequence[0].length : at + 1 === bytes.length ? 1 : /^\x1b[[O]/.test(bytes.slice(at)) && bytes.length - at < 16 ? 0 : 1;
}
/** The text of a paste key; null for other keys. */
export function pasted(key: string): string | null {
  return key.startsWith(PASTE_BEGIN) ? key.slice(PASTE_BEGIN.length, -PASTE_END.length) : null;
}
