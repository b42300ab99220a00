/** mktemp(1): a file or directory with a name nobody has. */
import { cpu, environ, mkdir, random, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, reason, usageError } from '../../lib/tool/index.ts';
import { join } from '../../lib/tool/tree.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'dqutp:', { directory: 'd', quiet: 'q', 'dry-run': 'u', tmpdir: 'p::', suffix: 'suffix:' });
  if (error !== null) return yield* usageError('mktemp', error);
  if (operands.length > 1) return yield* usageError('mktemp', 'too many templates');
  const on = (name: string): boolean => options.some((o) => o.name === name);
  const template = operands[0] ?? 'tmp.XXXXXXXXXX';
  const m = /^(.*?)(X{3,})([^X]*)$/s.exec(template);
  if (m === null) {
    yield* complain('mktemp', `too few X's in template ${quote(template)}`);
    return 1;
  }
  const letters = (yield* random('mktemp', m[2]!.length)).map((n) => LETTERS[n % LETTERS.length]!).join('');
  const name = m[1]! + letters + m[3]! + (options.find((o) => o.name === 'suffix')?.value ?? '');
  const inTmp = operands.length === 0 || on('t') || on('p');
  const path = inTmp ? join(options.find((o) => o.name === 'p')?.value ?? (yield* environ())['TMPDIR'] ?? '/tmp', name) : name;
  try {
    if (on('d') && !on('u')) yield* mkdir(path, 0o700);
    else if (!on('u')) yield* writeFile(path, '', 0o600);
  } catch (caught) {
    yield* complain('mktemp', `failed to create ${on('d') ? 'directory' : 'file'} via template ${quote(inTmp ? path.replace(letters, m[2]!) : template)}: ${reason(caught)}`);
    return 1;
  }
  yield* write(1, `${path}\n`);
  return 0;
}

export const program: Program = { name: 'mktemp', main: (argv) => quietly(body(argv)) };
