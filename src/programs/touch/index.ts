/** touch(1): makes empty files and sets times. The modification time stands for both (-a and -m alone set it too). */
import { cpu, now, stat, utimes, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program, VTime } from '../../kernel/sys.ts';
import { civil, fromCivil } from '../../base/time.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { parseDate } from '../../lib/tool/clock.ts';
import { complain, quietly, quote, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { look } from '../../lib/tool/tree.ts';

const LONG = { 'no-create': 'c', date: 'd:', 'no-dereference': 'h', reference: 'r:', time: 'time:' };

/** `[[CC]YY]MMDDhhmm[.ss]`. */
function stamp(text: string, at: VTime): VTime | null {
  const m = /^(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text);
  if (m === null) return null;
  const year = m[2] !== undefined ? Number(m[1]! + m[2]) : m[1] !== undefined ? Number(m[1]) + (Number(m[1]) < 69 ? 2000 : 1900) : civil(at).year;
  return fromCivil(year, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]), Number(m[7] ?? 0));
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'acd:fhmr:t:', LONG);
  if (error !== null) return yield* usageError('touch', error);
  if (operands.length === 0) return yield* usageError('touch', 'missing file operand');
  const value = (name: string): string | null => options.findLast((o) => o.name === name)?.value ?? null;
  const [date, exact, like] = [value('d'), value('t'), value('r')];
  let at: VTime | null = null;
  if (date !== null || exact !== null) {
    at = date !== null ? parseDate(date, yield* now()) : stamp(exact!, yield* now());
    if (at === null) {
      yield* complain('touch', `invalid date format ${quote(date ?? exact!)}`);
      return 1;
    }
  } else if (like !== null) {
    try {
      at = (yield* stat(like)).mtime;
    } catch (caught) {
      yield* complain('touch', `failed to get attributes of ${quotePath(like)}: ${reason(caught)}`);
      return 1;
    }
  }
  let status = 0;
  for (const path of operands) {
    try {
      if ((yield* look(path)) === null) {
        if (options.some((o) => o.name === 'c')) continue;
        yield* writeFile(path, '', 0o666);
      }
      yield* utimes(path, at);
    } catch (caught) {
      yield* complain('touch', `cannot touch ${quotePath(path)}: ${reason(caught)}`);
      status = 1;
    }
  }
  return status;
}

export const program: Program = { name: 'touch', main: (argv) => quietly(body(argv)) };
