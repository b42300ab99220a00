// What the keys would have typed had the Korean keyboard (2-set) been off: `ㅏㅕㅠㄷㅊ시` is `kubectl`.

const initials = ['r', 'R', 's', 'e', 'E', 'f', 'a', 'q', 'Q', 't', 'T', 'd', 'w', 'W', 'c', 'z', 'x', 'v', 'g'];
const medials = ['k', 'o', 'i', 'O', 'j', 'p', 'u', 'P', 'h', 'hk', 'ho', 'hl', 'y', 'n', 'nj', 'np', 'nl', 'b', 'm', 'ml', 'l'];
const finals = ['', 'r', 'R', 'rt', 's', 'sw', 'sg', 'e', 'f', 'fr', 'fa', 'fq', 'ft', 'fx', 'fv', 'fg', 'a', 'q', 'qt', 't', 'T', 'd', 'w', 'c', 'z', 'x', 'v', 'g'];
/** Letters that stand alone, U+3131 ㄱ to U+314E ㅎ; the vowels follow in the order of `medials`. */
const consonants = ['r', 'R', 'rt', 's', 'sw', 'sg', 'e', 'E', 'f', 'fr', 'fa', 'fq', 'ft', 'fx', 'fv', 'fg', 'a', 'q', 'Q', 'qt', 't', 'T', 'd', 'w', 'W', 'c', 'z', 'x', 'v', 'g'];

const firstSyllable = 0xac00;
const firstLetter = 0x3131;
const letters = [...consonants, ...medials];

function keysOf(character: string): string {
  const code = character.codePointAt(0)!;
  const at = code - firstSyllable;
  if (at >= 0 && at < 11_172) return initials[Math.floor(at / 588)]! + medials[Math.floor(at / 28) % 21]! + finals[at % 28]!;
  return letters[code - firstLetter] ?? character;
}

/** The text with every Hangul letter and syllable as the keys it takes; the rest as it is. */
export const latinOf = (text: string): string => [...text.normalize('NFC')].map(keysOf).join('');

/** Letters that make no syllable: a sign that no Korean was meant. */
const looseLetters = /[\u3131-\u3163]/;
const hangul = /[\u3131-\u3163\uac00-\ud7a3]/;

/** The line that was meant, when what was typed begins with a command in Latin disguise; else null. */
export function offerFor(line: string, isCommand: (word: string) => boolean): string | null {
  const text = line.normalize('NFC');
  const first = text.trimStart().split(' ', 1)[0]!;
  if (!(hangul.test(first) || looseLetters.test(text))) return null;
  const meant = latinOf(text);
  return isCommand(latinOf(first)) ? meant : null;
}
