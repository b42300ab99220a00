/** File modes as chmod(1), mkdir(1) and find(1) read and show them. Pure. */
import type { Stat } from '../../kernel/sys.ts';

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 };
const PERM: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111, s: 0o6000, t: 0o1000 };
const LETTERS: Readonly<Record<Stat['type'], string>> = { file: '-', dir: 'd', link: 'l', fifo: 'p', sock: 's', chr: 'c' };

/** What a copied class (`g=u`) grants to all three. */
function copied(mode: number, from: string): number {
  const bits = (from === 'u' ? mode >> 6 : from === 'g' ? mode >> 3 : mode) & 7;
  return bits * 0o111;
}
/** One clause of a symbolic mode, as `u+x`, `go=`, `a+rX`, `g=u`; null when it is none. */
function clause(text: string, mode: number, dir: boolean, umask: number): number | null {
  const m = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(text);
  if (m === null) return null;
  const who = m[1] === '' ? 0o7777 & ~umask : [...m[1]!].reduce((bits, c) => bits | WHO[c]!, 0);
  for (const [, operator, perms = ''] of m[2]!.matchAll(/([-+=])([rwxXstugo]*)/g)) {
    let bits = 0;
    for (const c of perms) bits |= 'ugo'.includes(c) ? copied(mode, c) : c === 'X' ? (dir || (mode & 0o111) !== 0 ? 0o111 : 0) : PERM[c]!;
    const sticky = m[1] === '' || m[1]!.includes('a') || m[1]!.includes('o') ? 0o1000 : 0;
    bits &= (who & ~0o1000) | sticky;
    if (operator === '+') mode |= bits;
    else if (operator === '-') mode &= ~bits;
    else mode = (mode & ~(m[1] === '' ? 0o777 : who & 0o777)) | bits;
  }
  return mode;
}
/** `644`, `+x`, `u=rw,go=`: the mode that comes of it; null when it is no mode. */
export function applyMode(text: string, mode: number, dir: boolean, umask = 0o022): number | null {
  if (/^[0-7]{1,5}$/.test(text)) {
    const given = Number.parseInt(text, 8);
    return given > 0o7777 ? null : given | (dir && text.length < 5 ? mode & 0o6000 : 0);
  }
  let now: number | null = mode;
  for (const part of text.split(',')) now = now === null ? null : clause(part, now, dir, umask);
  return now;
}
/** `-rw-r--r--`. */
export function modeText(type: Stat['type'], mode: number): string {
  const bit = (at: number, letter: string): string => ((mode & at) !== 0 ? letter : '-');
  const run = (shift: number, special: number, letter: string): string => {
    const x = (mode & (1 << shift)) !== 0;
    return bit(4 << shift, 'r') + bit(2 << shift, 'w') + ((mode & special) !== 0 ? (x ? letter : letter.toUpperCase()) : x ? 'x' : '-');
  };
  return LETTERS[type] + run(6, 0o4000, 's') + run(3, 0o2000, 's') + run(0, 0o1000, 't');
}
export const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');
