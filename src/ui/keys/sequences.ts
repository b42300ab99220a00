// What the keys of the bar send, as a terminal's keyboard would; and what Ctrl makes of the key typed after it.

export type BarKey = 'Escape' | 'Tab' | 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | '|' | '-' | '/' | '~';

const arrows: Readonly<Record<string, string>> = { ArrowUp: 'A', ArrowDown: 'B', ArrowRight: 'C', ArrowLeft: 'D' };

/** `application`: the program has asked for its own cursor keys (DECCKM), as less does. */
export function sequenceOf(key: BarKey, application: boolean): string {
  if (key === 'Escape') return '\x1b';
  if (key === 'Tab') return '\t';
  return key in arrows ? `\x1b${application ? 'O' : '['}${arrows[key]}` : key;
}

/** Ctrl with a letter, or with one of the few signs that have a control code; anything else stays what it is. */
export function controlOf(text: string): string {
  if (text.length !== 1) return text;
  if (/[a-zA-Z@[\\\]^_]/.test(text)) return String.fromCharCode(text.toUpperCase().charCodeAt(0) & 0x1f);
  return text === ' ' ? '\0' : text;
}
