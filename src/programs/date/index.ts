/** date(1): the virtual time, in UTC. Setting the clock is not modelled. */
import { cpu, now, stat, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, reason, usageError } from '../../lib/tool/index.ts';
import { parseDate, strftime } from '../../lib/tool/clock.ts';

const ISO: Readonly<Record<string, string>> = { date: '%Y-%m-%d', hours: '%Y-%m-%dT%H%:z', minutes: '%Y-%m-%dT%H:%M%:z', seconds: '%Y-%m-%dT%H:%M:%S%:z', ns: '%Y-%m-%dT%H:%M:%S,%N%:z' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'd:f:I::r:Rs:u', { date: 'd:', file: 'f:', 'iso-8601': 'I::', reference: 'r:', 'rfc-email': 'R', 'rfc-3339': 'rfc-3339:', set: 's:', utc: 'u', universal: 'u' });
  if (error !== null) return yield* usageError('date', error);
  const value = (name: string): string | null => options.findLast((o) => o.name === name)?.value ?? null;
  const on = (name: string): boolean => options.some((o) => o.name === name);
  if (on('f') || on('s')) {
    yield* complain('date', `-${on('f') ? 'f' : 's'} is not available in this lab`);
    return 1;
  }
  let at = yield* now();
  const given = value('d');
  const reference = value('r');
  if (given !== null) {
    const parsed = parseDate(given, at);
    if (parsed === null) {
      yield* complain('date', `invalid date ${quote(given)}`);
      return 1;
    }
    at = parsed;
  } else if (reference !== null) {
    try {
      at = (yield* stat(reference)).mtime;
    } catch (caught) {
      yield* complain('date', `${reference}: ${reason(caught)}`);
      return 1;
    }
  }
  const format = operands[0];
  if (operands.length > 1) return yield* usageError('date', `extra operand ${quote(operands[1]!)}`);
  if (format !== undefined && !format.startsWith('+')) {
    yield* complain('date', /^\d{8}(\d{2}(\d{2})?)?(\.\d\d)?$/.test(format) ? 'setting the clock is not available in this lab' : `invalid date ${quote(format)}`);
    return 1;
  }
  const iso = options.find((o) => o.name === 'I');
  const rfc = value('rfc-3339');
  const shape = format?.slice(1) ?? (on('R') ? '%a, %d %b %Y %H:%M:%S %z' : iso !== undefined ? ISO[Object.keys(ISO).find((k) => k.startsWith(iso.value ?? 'date')) ?? ''] : rfc !== null ? ISO[rfc]?.replace('T', ' ').replace(',', '.') : '%a %b %e %H:%M:%S UTC %Y');
  if (shape === undefined) return yield* usageError('date', `invalid argument ${quote(rfc ?? iso?.value ?? '')} for ${quote(`--${rfc !== null ? 'rfc-3339' : 'iso-8601'}`)}`);
  yield* write(1, `${strftime(shape, at)}\n`);
  return 0;
}

export const program: Program = { name: 'date', main: (argv) => quietly(body(argv)) };
