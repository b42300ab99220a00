/** What keys do to less(1)'s state. Pure. */
import { compileRegex, RegexError } from '../../lib/regex/index.ts';

export interface Look { readonly top: number; /** What is being typed after `/`, `?` or `:`, with that sign. */ readonly typing: string; readonly count: string; readonly pattern: string; readonly back: boolean; readonly note: string; readonly done: boolean }
export interface Extent { readonly lines: readonly string[]; readonly height: number; /** The largest top. */ readonly end: number; /** The line after the window. */ readonly next: number }

/** The line of the next match in a direction, from the one after `from`; null when there is none. */
export function seek(lines: readonly string[], pattern: string, from: number, back: boolean): number | null {
  const regex = compileRegex(pattern, { extended: true, ignoreCase: false });
  for (let n = from + (back ? -1 : 1); n >= 0 && n < lines.length; n += back ? -1 : 1) if (regex.find(lines[n]!.replace(/\x1b\[[\d;]*[mK]/g, '')) !== null) return n;
  return null;
}
function search(look: Look, extent: Extent, pattern: string, back: boolean, from: number): Look {
  const next = { ...look, typing: '', count: '', pattern };
  if (pattern === '') return { ...next, note: 'No previous regular expression  (press RETURN)' };
  try {
    const found = seek(extent.lines, pattern, from, back);
    return found === null ? { ...next, note: 'Pattern not found  (press RETURN)' } : { ...next, top: found };
  } catch (caught) {
    if (!(caught instanceof RegexError)) throw caught;
    return { ...next, note: `${caught.message}  (press RETURN)` };
  }
}
function typed(look: Look, key: string, extent: Extent): Look {
  if (key === '\x1b' || key === '\x03') return { ...look, typing: '' };
  if (key === '\x7f' || key === '\b') return { ...look, typing: look.typing.slice(0, -1) };
  if (key !== '\r' && key !== '\n') return { ...look, typing: look.typing + key };
  const sign = look.typing[0];
  const text = look.typing.slice(1);
  if (sign === ':') return { ...look, typing: '', done: text === 'q' || text === 'q!' || text === 'Q' };
  const back = sign === '?';
  return search({ ...look, back }, extent, text === '' ? look.pattern : text, back, text === '' ? look.top : back ? look.top : look.top - 1);
}

/** One key. */
export function press(before: Look, key: string, extent: Extent): Look {
  if (before.typing !== '') return typed(before, key, extent);
  if (before.note !== '') {
    const cleared = { ...before, note: '' };
    return key === '\r' || key === '\n' ? cleared : press(cleared, key, extent);
  }
  const look = { ...before, count: '' };
  const n = Number(before.count || 0);
  const to = (top: number): Look => ({ ...look, top: Math.max(0, Math.min(top, Math.max(before.top, extent.end))) });
  if (/^\d$/.test(key)) return { ...before, count: before.count + key };
  switch (key) {
    case 'q': case 'Q': return { ...look, done: true };
    case ' ': case 'f': case '\x06': case '\x16': case '\x1b[6~': return to(n > 0 ? look.top + n : extent.next);
    case 'b': case '\x02': case '\x1b[5~': return to(look.top - (n || extent.height));
    case 'd': case '\x04': return to(look.top + (n || Math.floor(extent.height / 2)));
    case 'u': case '\x15': return to(look.top - (n || Math.floor(extent.height / 2)));
    case 'j': case 'e': case '\r': case '\n': case '\x0e': case '\x1b[B': case '\x1bOB': return to(look.top + (n || 1));
    case 'k': case 'y': case '\x10': case '\x1b[A': case '\x1bOA': return to(look.top - (n || 1));
    case 'g': case '<': case '\x1b[H': case '\x1bOH': case '\x1b[1~': return to(n > 0 ? n - 1 : 0);
    case 'G': case '>': case '\x1b[F': case '\x1bOF': case '\x1b[4~': return to(n > 0 ? n - 1 : extent.end);
    case '/': case '?': case ':': return { ...look, typing: key };
    case 'n': case 'N': return search(look, extent, look.pattern, look.back !== (key === 'N'), look.top);
    case 'F': return { ...look, note: 'F (follow) is not available in this lab  (press RETURN)' };
    default: return look;
  }
}
