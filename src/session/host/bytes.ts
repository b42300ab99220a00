// The edge between the page's text and the world's bytes, which are strings of code units 0–255.

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text, as the world wants them. */
export function bytesOf(text: string): string {
  const array = encoder.encode(text);
  const pieces: string[] = [];
  for (let at = 0; at < array.length; at += 8192) pieces.push(String.fromCharCode(...array.subarray(at, at + 8192)));
  return pieces.join('');
}

/** A byte string as an array of bytes, for those who decode UTF-8 themselves (xterm does, across writes). */
export function arrayOf(bytes: string): Uint8Array {
  const array = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) array[at] = bytes.charCodeAt(at);
  return array;
}
