/** file(1): what a file seems to hold. Knows the kinds that lie about on a node, by their first bytes. */
import { cpu, readFile, readLink, write } from '../../kernel/sys.ts';
import type { Coroutine, Program, Stat } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, reason, usageError } from '../../lib/tool/index.ts';
import { look } from '../../lib/tool/tree.ts';

function textKind(text: string): string {
  const encoding = /[\x80-\xff]/.test(text) ? 'Unicode text, UTF-8 text' : 'ASCII text';
  const longest = Math.max(...text.split('\n').map((l) => l.length));
  return `${encoding}${longest > 300 ? `, with very long lines (${longest})` : ''}${text.includes('\r\n') ? ', with CRLF line terminators' : !text.includes('\n') ? ', with no line terminators' : ''}`;
}
function kindOf(text: string): string {
  if (text === '') return 'empty';
  if (text.startsWith('-----BEGIN CERTIFICATE-----')) return 'PEM certificate';
  if (text.startsWith('-----BEGIN RSA PRIVATE KEY-----')) return 'PEM RSA private key';
  if (text.startsWith('\x1f\x8b')) return 'gzip compressed data';
  if (text.slice(257, 262) === 'ustar') return 'POSIX tar archive (GNU)';
  const script = /^#!\s*(\S+)/.exec(text);
  if (script !== null) return `${script[1]!.endsWith('bash') ? 'Bourne-Again shell' : script[1]!.endsWith('/sh') ? 'POSIX shell' : `a ${script[1]}`} script, ${textKind(text)} executable`;
  if (/^\s*[{[]/.test(text) && isJson(text)) return 'JSON text data';
  return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? 'data' : textKind(text);
}
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
function* describe(path: string, it: Stat): Coroutine<string> {
  switch (it.type) {
    case 'dir': return (it.mode & 0o1000) !== 0 ? 'sticky, directory' : 'directory';
    case 'link': return `${(yield* look(path)) === null ? 'broken ' : ''}symbolic link to ${yield* readLink(path)}`;
    case 'fifo': return 'fifo (named pipe)';
    case 'sock': return 'socket';
    case 'chr': return 'character special';
    default: break;
  }
  if (it.program !== null) return 'ELF 64-bit LSB pie executable, x86-64, version 1 (SYSV), dynamically linked, interpreter /lib64/ld-linux-x86-64.so.2, for GNU/Linux 3.2.0, stripped';
  return kindOf(yield* readFile(path));
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(3000);
  const { options, operands, error } = getopt(argv.slice(1), 'bL', { brief: 'b', dereference: 'L' });
  if (error !== null) return yield* usageError('file', error);
  if (operands.length === 0) {
    yield* write(2, 'Usage: file [-bcCdEhikLlNnprsSvzZ0] [--apple] [--extension] [--mime-encoding]\n            [--mime-type] [-e <testname>] [-F <separator>]  [-f <namefile>]\n            [-m <magicfiles>] [-P <parameter=value>] [--exclude-quiet]\n            <file> ...\n       file -C [-m <magicfiles>]\n       file [--help]\n');
    return 1;
  }
  const width = Math.max(...operands.map((p) => p.length)) + 1;
  for (const path of operands) {
    let kind: string;
    try {
      const it = yield* look(path, options.some((o) => o.name === 'L'));
      kind = it === null ? `cannot open \`${path}' (No such file or directory)` : yield* describe(path, it);
    } catch (caught) {
      kind = `regular file, no read permission`;
      reason(caught);
    }
    yield* write(1, options.some((o) => o.name === 'b') ? `${kind}\n` : `${`${path}:`.padEnd(width)} ${kind}\n`);
  }
  return 0;
}

export const program: Program = { name: 'file', main: (argv) => quietly(body(argv)) };
