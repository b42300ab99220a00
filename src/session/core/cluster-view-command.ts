/** Commands that the map types into the terminal. Names come from manifests, so they are quoted, and nothing in them can press Enter. */

const PLAIN = /^[A-Za-z0-9@%+=:,./_-]+$/;
/** C0 and C1 controls: a carriage return would run the line, an escape would edit it. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

function word(text: string): string {
  const clean = text.replace(CONTROL, '');
  return PLAIN.test(clean) ? clean : `'${clean.replaceAll("'", `'\\''`)}'`;
}

export const commandLine = (...words: readonly string[]): string => words.map(word).join(' ');
