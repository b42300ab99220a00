// The line that is being typed, as far as keys alone tell: what one would see at a prompt that nothing but plain typing has touched.

/** The line after some more input; null once it is not known any more (history, completion, moving about), until a new line begins. */
export function follow(line: string | null, input: string): string | null {
  if (/^[\r\n\x03\x04]$/.test(input)) return '';
  if (line === null) return null;
  if (input === '\x15') return '';
  if (input === '\x7f') return [...line].slice(0, -1).join('');
  return /[\x00-\x1f\x7f]/.test(input) ? null : line + input;
}
