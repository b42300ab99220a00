/** How xargs cuts its input: by blanks with quotes and backslashes, by lines, or by one delimiter. Pure. */

export interface Read { readonly words: readonly string[]; readonly lines: readonly (readonly string[])[]; readonly error: string | null }

/** `byLine`: each line is one word (-I) and the words of a line stand together (-L). `end`: the word that ends the input (-E). */
export function splitWords(text: string, delimiter: string | null, byLine: boolean, end: string | null): Read {
  if (delimiter !== null) {
    const words = text.split(delimiter);
    if (words.at(-1) === '') words.pop();
    return { words, lines: words.map((w) => [w]), error: null };
  }
  const words: string[] = [];
  const lines: string[][] = [];
  for (const line of text.split('\n')) {
    const read = lineWords(line);
    if (read.error !== null) return { words, lines, error: read.error };
    if (read.words.length === 0) continue;
    const stop = end === null ? -1 : read.words.indexOf(end);
    const kept = stop < 0 ? read.words : read.words.slice(0, stop);
    if (byLine) words.push(read.whole);
    else words.push(...kept);
    lines.push(kept);
    if (stop >= 0) break;
  }
  return { words, lines, error: null };
}

/** A line's words, and the line without its leading blanks and its quotes. */
function lineWords(line: string): { readonly words: string[]; readonly whole: string; readonly error: string | null } {
  const words: string[] = [];
  let whole = '';
  let word: string | null = null;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (c === ' ' || c === '\t') {
      if (word !== null) words.push(word);
      word = null;
      if (words.length > 0) whole += c;
      continue;
    }
    let piece = c;
    if (c === '"' || c === "'") {
      const close = line.indexOf(c, i + 1);
      if (close < 0) return { words, whole, error: `unmatched ${c === '"' ? 'double' : 'single'} quote; by default quotes are special to xargs unless you use the -0 option` };
      piece = line.slice(i + 1, close);
      i = close;
    } else if (c === '\\') piece = line[++i] ?? '';
    word = (word ?? '') + piece;
    whole += piece;
  }
  if (word !== null) words.push(word);
  return { words, whole, error: null };
}
