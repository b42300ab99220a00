/** cat(1): operands, or standard input, one after another. */
import { cpu, fstat, read, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { closeInput, complain, eachLine, openInput, quietly, reason, usageError } from '../../lib/tool/index.ts';

interface Marks { number: 'none' | 'all' | 'nonblank'; ends: boolean; tabs: boolean; squeeze: boolean; nonprinting: boolean }

function visible(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\xff]/g, (c) => {
    const code = c.charCodeAt(0);
    const low = code & 127;
    return `${code > 127 ? 'M-' : ''}${low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low)}`;
  });
}

/** What is read is what is written: it would never end. */
function* isOutput(fd: number): Coroutine<boolean> {
  const [from, to] = [yield* fstat(fd), yield* fstat(1)];
  return to.type === 'file' && from.type === 'file' && from.ino === to.ino && from.dev === to.dev && from.size > 0;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'AbeEnstTuv', { 'show-all': 'A', 'number-nonblank': 'b', 'show-ends': 'E', number: 'n', 'squeeze-blank': 's', 'show-tabs': 'T', 'show-nonprinting': 'v' });
  if (error !== null) return yield* usageError('cat', error);
  const on = (letters: string): boolean => options.some((o) => letters.includes(o.name));
  const marks: Marks = { number: on('b') ? 'nonblank' : on('n') ? 'all' : 'none', ends: on('eEA'), tabs: on('tTA'), squeeze: on('s'), nonprinting: on('etvA') };
  const plain = marks.number === 'none' && !marks.ends && !marks.tabs && !marks.squeeze && !marks.nonprinting;
  let status = 0;
  let count = 0;
  let blank = false;
  for (const path of operands.length === 0 ? ['-'] : operands) {
    try {
      const input = yield* openInput(path);
      if (yield* isOutput(input.fd)) {
        yield* complain('cat', `${path}: input file is output file`);
        yield* closeInput(input);
        status = 1;
        continue;
      }
      if (plain) {
        for (let data = yield* read(input.fd); data !== ''; data = yield* read(input.fd)) yield* write(1, data);
      } else {
        yield* eachLine(input.fd, function* (line, ended) {
          if (marks.squeeze && line === '' && blank) return true;
          blank = line === '';
          let text = marks.nonprinting ? visible(line) : line;
          if (marks.tabs) text = text.replaceAll('\t', '^I');
          const numbered = marks.number === 'all' || (marks.number === 'nonblank' && line !== '');
          yield* write(1, `${numbered ? `${String(++count).padStart(6)}\t` : ''}${text}${ended ? '' : `${marks.ends ? '$' : ''}\n`}`);
          return true;
        });
      }
      yield* closeInput(input);
    } catch (caught) {
      yield* complain('cat', `${path}: ${reason(caught)}`);
      status = 1;
    }
  }
  return status;
}

export const program: Program = { name: 'cat', main: (argv) => quietly(body(argv)) };
