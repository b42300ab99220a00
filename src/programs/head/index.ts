/** head(1). */
import { cpu, read, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { closeInput, complain, openInput, quietly, quote, quotePath, readAll, reason, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  // The old form `-5` stands first.
  const args = argv.slice(1).map((a, i) => (i === 0 && /^-\d+$/.test(a) ? `-n${a.slice(1)}` : a));
  const { options, operands, error } = getopt(args, 'c:n:qvz', { bytes: 'c:', lines: 'n:', quiet: 'q', silent: 'q', verbose: 'v' });
  if (error !== null) return yield* usageError('head', error);
  const chosen = options.findLast((o) => o.name === 'n' || o.name === 'c') ?? { name: 'n', value: '10' };
  const m = /^(-?)(\d+)([kKmM]?)$/.exec(chosen.value ?? '');
  if (m === null) {
    yield* complain('head', `invalid number of ${chosen.name === 'n' ? 'lines' : 'bytes'}: ${quote(chosen.value ?? '')}`);
    return 1;
  }
  const count = Number(m[2]) * (m[3] === '' ? 1 : /k/i.test(m[3]!) ? 1024 : 1_048_576);
  const paths = operands.length === 0 ? ['-'] : operands;
  const titled = options.some((o) => o.name === 'v') || (paths.length > 1 && !options.some((o) => o.name === 'q'));
  let status = 0;
  let shown = 0;
  for (const path of paths) {
    try {
      const input = yield* openInput(path);
      if (titled) yield* write(1, `${shown++ > 0 ? '\n' : ''}==> ${path === '-' ? 'standard input' : path} <==\n`);
      yield* print(input.fd, chosen.name === 'n', m[1] === '-', count);
      yield* closeInput(input);
    } catch (caught) {
      const open = reason(caught);
      yield* complain('head', open === 'Is a directory' ? `error reading ${quotePath(path)}: ${open}` : `cannot open ${quotePath(path)} for reading: ${open}`);
      status = 1;
    }
  }
  return status;
}

function* print(fd: number, lines: boolean, butLast: boolean, count: number): Coroutine<void> {
  if (butLast) {
    const text = yield* readAll(fd);
    if (!lines) return void (yield* write(1, text.slice(0, Math.max(0, text.length - count))));
    const all = text.split('\n');
    const whole = all.at(-1) === '';
    if (whole) all.pop();
    const kept = all.slice(0, Math.max(0, all.length - count));
    yield* write(1, kept.length === 0 ? '' : `${kept.join('\n')}\n`);
  } else if (lines) {
    for (let left = count; left > 0;) {
      const data = yield* read(fd);
      if (data === '') break;
      let end = 0;
      while (left > 0 && end < data.length) {
        const newline = data.indexOf('\n', end);
        end = newline < 0 ? data.length : newline + 1;
        if (newline >= 0) left--;
      }
      yield* write(1, data.slice(0, end));
    }
  } else {
    for (let left = count; left > 0;) {
      const data = yield* read(fd, Math.min(left, 65_536));
      if (data === '') break;
      left -= data.length;
      yield* write(1, data);
    }
  }
}

export const program: Program = { name: 'head', main: (argv) => quietly(body(argv)) };
