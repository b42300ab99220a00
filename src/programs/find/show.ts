/** find's -printf and -ls. */
import { civil, monthName } from '../../base/time.ts';
import { strftime } from '../../lib/tool/clock.ts';
import { unescape } from '../../lib/tool/escape.ts';
import { modeText } from '../../lib/tool/mode.ts';
import { baseName } from '../../lib/tool/tree.ts';
import type { Facts, Found } from './tests.ts';

const LETTER = { file: 'f', dir: 'd', link: 'l', fifo: 'p', sock: 's', chr: 'c' } as const;
const time = (us: number): string => strftime('%a %b %e %H:%M:%S.%N0 %Y', us);
const blocks = (size: number): number => Math.ceil(size / 4096) * 4;

function directive(k: string, f: Found, target: string, facts: Facts): string | null {
  const { it, path, start } = f;
  switch (k) {
    case 'p': return path;
    case 'f': return path === '/' ? '/' : baseName(path);
    case 'h': return path.includes('/') ? path.replace(/\/[^/]*$/, '') : '.';
    case 'P': return path.slice(start.length).replace(/^\//, '');
    case 'H': return start;
    case 'd': return String(f.depth);
    case 's': return String(it.size);
    case 'k': return String(blocks(it.size));
    case 'b': return String(blocks(it.size) * 2);
    case 'm': return (it.mode & 0o7777).toString(8);
    case 'M': return modeText(it.type, it.mode);
    case 'u': return facts.who.user(it.uid);
    case 'g': return facts.who.group(it.gid);
    case 'U': return String(it.uid);
    case 'G': return String(it.gid);
    case 'i': return String(it.ino);
    case 'n': return String(it.nlink);
    case 'l': return target;
    case 'y': case 'Y': return LETTER[it.type];
    case 't': return time(it.mtime);
    case 'a': return time(it.atime);
    case 'c': return time(it.ctime);
    case '%': return '%';
    default: return null;
  }
}
const WIDEST = 1 << 20;
/** `format` with its escapes and directives filled in. `%T@`, `%TY` and the like give parts of times. */
export function printed(format: string, f: Found, target: string, facts: Facts): string {
  return unescape(format).replace(/%([-0# +]*)(\d*)(?:\.(\d+))?(?:([TAC])([@A-Za-z+])|([a-zA-Z%]))/g, (whole, flags: string, width: string, cut: string | undefined, which: string | undefined, part: string, k: string) => {
    const at = which === 'T' ? f.it.mtime : which === 'A' ? f.it.atime : f.it.ctime;
    const seconds = (digits: number): string => `${Math.floor(at / 1e6)}.${String(at % 1e6).padStart(6, '0').padEnd(digits, '0')}`;
    let text = which === undefined ? directive(k, f, target, facts) : part === '@' ? seconds(10) : part === '+' ? strftime('%F+%T.%N0', at) : part === 'S' ? strftime('%S.%N0', at) : part === 'T' ? strftime('%T.%N0', at) : strftime(`%${part}`, at);
    if (text === null) return whole;
    if (cut !== undefined) text = text.slice(0, Number(cut));
    const wide = Math.min(WIDEST, Number(width || 0));
    return flags.includes('-') ? text.padEnd(wide) : text.padStart(wide, flags.includes('0') ? '0' : ' ');
  });
}
/** A line of -ls. */
export function listed(f: Found, target: string, facts: Facts): string {
  const { it } = f;
  const t = civil(it.mtime);
  const old = facts.now - it.mtime > 15_778_476e6;
  const when = `${monthName(t.month)} ${String(t.day).padStart(2)} ${old ? ` ${t.year}` : strftime('%H:%M', it.mtime)}`;
  return `${String(it.ino).padStart(9)} ${String(blocks(it.size)).padStart(6)} ${modeText(it.type, it.mode)} ${String(it.nlink).padStart(3)} ${facts.who.user(it.uid).padEnd(8)} ${facts.who.group(it.gid).padEnd(8)} ${String(it.size).padStart(8)} ${when} ${f.path}${target === '' ? '' : ` -> ${target}`}\n`;
}
