/** xargs(1) of findutils 4.9: builds command lines from standard input. More than one at a time (-P) runs one after another. */
import { cpu, open, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, readAll, reason, usageError } from '../../lib/tool/index.ts';
import { shellQuote } from '../../lib/tool/quote.ts';
import { runProgram } from '../../lib/tool/run.ts';
import { splitWords } from './words.ts';

const LONG = { null: '0', 'arg-file': 'a:', delimiter: 'd:', eof: 'E:', replace: 'I::', 'max-lines': 'L:', 'max-args': 'n:', 'max-procs': 'P:', interactive: 'p', 'no-run-if-empty': 'r', 'max-chars': 's:', verbose: 't', exit: 'x', 'show-limits': 'show-limits' };
/** Bytes of one command line, as on Linux. */
const LIMIT = 131_072;

const DELIMITERS: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\0': '\0', '\\\\': '\\', '\\r': '\r' };

interface Job { readonly command: readonly string[]; readonly told: boolean }

function* run(job: Job, argv: readonly string[], stdin: number): Coroutine<number> {
  const shown = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : shellQuote(word));
  if (job.told) yield* write(2, `${argv.map(shown).join(' ')}\n`);
  return yield* runProgram({ path: argv[0]!, argv, fds: { 0: stdin, 1: 1, 2: 2 } }, (why) => `xargs: ${argv[0]}: ${why}`);
}
/** What a child's status means for xargs: null to go on. */
function fatal(status: number): number | null {
  return status === 126 || status === 127 ? status : status === 255 ? 124 : status > 128 ? 125 : null;
}

/** Groups of arguments, each for one command. */
function groups(words: readonly string[], perCommand: number, limit: number, command: readonly string[]): string[][] {
  const all: string[][] = [];
  const base = command.reduce((n, w) => n + w.length + 1, 0);
  let size = Infinity;
  for (const word of words) {
    const group = all.at(-1);
    if (group === undefined || group.length >= perCommand || size + word.length + 1 > limit) {
      all.push([word]);
      size = base + word.length + 1;
    } else {
      group.push(word);
      size += word.length + 1;
    }
  }
  return all;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1).map((a) => (a === '-i' ? '-I{}' : a)), '+0a:d:E:I:L:n:P:prs:tx', LONG);
  if (error !== null) return yield* usageError('xargs', error);
  const value = (letter: string): string | null => options.findLast((o) => o.name === letter)?.value ?? null;
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const refused = ['p', 'show-limits'].find(on);
  if (refused !== undefined) {
    yield* complain('xargs', `-${refused} is not available in this lab`);
    return 1;
  }
  for (const letter of ['n', 'L', 'P', 's']) {
    const text = value(letter);
    if (text !== null && !/^\d+$/.test(text)) return yield* usageError('xargs', `invalid number "${text}" for -${letter} option`);
    if (text === '0' && letter !== 'P') return yield* usageError('xargs', `value 0 for -${letter} option should be >= 1`);
  }
  const command = operands.length === 0 ? ['echo'] : operands;
  const replace = on('I') ? value('I') ?? '{}' : null;
  const given = value('d');
  const delimiter = on('0') ? '\0' : given !== null ? DELIMITERS[given] ?? given : null;
  let text: string;
  try {
    text = yield* readAll(value('a') === null ? 0 : yield* open(value('a')!, 'r'));
  } catch (caught) {
    yield* complain('xargs', `Cannot open input file ${quote(value('a') ?? '')}: ${reason(caught)}`);
    return 1;
  }
  const lines = replace !== null || value('L') !== null;
  const read = splitWords(text, delimiter, lines, value('E'));
  const stdin = yield* open('/dev/null', 'r');
  const job: Job = { command, told: on('t') };
  const perCommand = value('n') ?? value('L');
  const limit = Math.min(LIMIT, Number(value('s') ?? LIMIT));
  const commands = replace !== null ? read.words.map((word) => command.map((part) => part.replaceAll(replace, word)))
    : lines ? lineGroups(read.lines, Number(value('L'))).map((words) => [...command, ...words])
    : groups(read.words, Number(perCommand ?? Infinity), limit, command).map((words) => [...command, ...words]);
  if (commands.length === 0 && !on('r') && replace === null && read.error === null) commands.push([...command]);
  let status = 0;
  for (const words of commands) {
    const ended = yield* run(job, words, stdin);
    const end = fatal(ended);
    if (end === 124) yield* complain('xargs', `${words[0]}: exited with status 255; aborting`);
    if (end !== null) return end;
    if (ended !== 0) status = 123;
  }
  if (read.error !== null) {
    yield* complain('xargs', read.error);
    return 1;
  }
  return status;
}
const lineGroups = (lines: readonly (readonly string[])[], count: number): string[][] => lines.reduce<string[][]>((all, words, i) => (i % count === 0 ? [...all, [...words]] : [...all.slice(0, -1), [...all.at(-1)!, ...words]]), []);

export const program: Program = { name: 'xargs', main: (argv) => quietly(body(argv)) };
