/** stat(1): a file's attributes, in the usual form or by -c and --printf. File systems (-f) are not modelled. */
import { cpu, lstat, readLink, stat, write } from '../../kernel/sys.ts';
import type { Coroutine, Program, Stat } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { names } from '../../lib/passwd/index.ts';
import type { Names } from '../../lib/passwd/index.ts';
import { strftime } from '../../lib/tool/clock.ts';
import { complain, quietly, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { modeText, octal } from '../../lib/tool/mode.ts';
import { unescape } from '../../lib/tool/escape.ts';

const BLOCK = 4096;
const TYPES: Readonly<Record<Stat['type'], string>> = { file: 'regular file', dir: 'directory', link: 'symbolic link', fifo: 'fifo', sock: 'socket', chr: 'character special file' };
const TYPE_BITS: Readonly<Record<Stat['type'], number>> = { file: 0o100000, dir: 0o040000, link: 0o120000, fifo: 0o010000, sock: 0o140000, chr: 0o020000 };
const USUAL = '  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: %Hd,%Ld\tInode: %-11i Links: %h\nAccess: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w\n';

interface Seen { readonly path: string; readonly it: Stat; readonly target: string | null; readonly who: Names }

const time = (us: number): string => strftime('%F %T.%N +0000', us);
function field(k: string, { path, it, target, who }: Seen): string | null {
  switch (k) {
    case 'n': return path;
    case 'N': return target === null ? path : `${path} -> ${target}`;
    case 's': return String(it.size);
    case 'b': return String(it.type === 'link' || it.type === 'chr' ? 0 : Math.ceil(it.size / BLOCK) * 8);
    case 'B': return '512';
    case 'o': return String(BLOCK);
    case 'f': return (TYPE_BITS[it.type] | it.mode).toString(16);
    case 'F': return it.type === 'file' && it.size === 0 ? 'regular empty file' : TYPES[it.type];
    case 'a': return (it.mode & 0o7777).toString(8);
    case 'A': return modeText(it.type, it.mode);
    case 'u': return String(it.uid);
    case 'U': return who.user(it.uid);
    case 'g': return String(it.gid);
    case 'G': return who.group(it.gid);
    case 'i': return String(it.ino);
    case 'h': return String(it.nlink);
    case 'd': return String(0xfe00 + it.dev);
    case 'Hd': return '254';
    // The kernel counts filesystems from a thousand.
    case 'Ld': return String((it.dev % 1000) + 1);
    case 't': return it.type === 'chr' ? '1' : '0';
    case 'T': return it.type === 'chr' ? '3' : '0';
    case 'x': return time(it.atime);
    case 'y': return time(it.mtime);
    case 'z': return time(it.ctime);
    case 'w': return '-';
    case 'X': case 'Y': case 'Z': return String(Math.floor((k === 'X' ? it.atime : k === 'Y' ? it.mtime : it.ctime) / 1e6));
    case 'W': return '0';
    case '%': return '%';
    default: return null;
  }
}
const WIDEST = 1 << 20;
/** Fills `%[flags][width][.precision]letter`. */
function filled(format: string, seen: Seen, quoted: boolean): string {
  return format.replace(/%([-0#+ ]*)(\d*)(?:\.(\d+))?([HL]?[a-zA-Z%])/g, (_, flags: string, width: string, cut: string | undefined, k: string) => {
    let text = field(k, seen);
    if (text === null) return '?';
    if (k === 'N' && quoted) text = seen.target === null ? quotePath(seen.path) : `${quotePath(seen.path)} -> ${quotePath(seen.target)}`;
    if (k === 'a' && width === '04') text = octal(seen.it.mode);
    if (cut !== undefined) text = text.slice(0, Number(cut));
    const size = Math.min(WIDEST, Number(width || 0));
    return flags.includes('-') ? text.padEnd(size) : text.padStart(size, flags.includes('0') ? '0' : ' ');
  });
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'Lfc:t', { dereference: 'L', 'file-system': 'f', format: 'c:', printf: 'printf:', terse: 't' });
  if (error !== null) return yield* usageError('stat', error);
  const refused = options.find((o) => o.name === 'f' || o.name === 't');
  if (refused !== undefined) {
    yield* complain('stat', `-${refused.name} is not available in this lab`);
    return 1;
  }
  if (operands.length === 0) return yield* usageError('stat', 'missing operand');
  const chosen = options.findLast((o) => o.name === 'c' || o.name === 'printf');
  const format = chosen === undefined ? USUAL : chosen.name === 'printf' ? unescape(chosen.value!) : `${chosen.value}\n`;
  const who = yield* names();
  let status = 0;
  for (const path of operands) {
    try {
      const it = yield* options.some((o) => o.name === 'L') ? stat(path) : lstat(path);
      yield* write(1, filled(format, { path, it, target: it.type === 'link' ? yield* readLink(path) : null, who }, chosen !== undefined));
    } catch (caught) {
      yield* complain('stat', `cannot statx ${quotePath(path)}: ${reason(caught)}`);
      status = 1;
    }
  }
  return status;
}

export const program: Program = { name: 'stat', main: (argv) => quietly(body(argv)) };
