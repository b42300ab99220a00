/** base64(1): encodes in lines of 76, decodes with -d. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, Program } from '../../kernel/sys.ts';
import { base64Decode, base64Encode } from '../../base/base64.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { closeInput, complain, openInput, quietly, quote, readAll, reason, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'dDiw:', { decode: 'd', 'ignore-garbage': 'i', wrap: 'w:' });
  if (error !== null) return yield* usageError('base64', error);
  if (operands.length > 1) return yield* usageError('base64', `extra operand ${quote(operands[1]!)}`);
  const wrap = options.findLast((o) => o.name === 'w')?.value ?? '76';
  if (!/^\d+$/.test(wrap)) {
    yield* complain('base64', `invalid wrap size: ${quote(wrap)}`);
    return 1;
  }
  let text: Bytes;
  try {
    const input = yield* openInput(operands[0] ?? '-');
    text = yield* readAll(input.fd);
    yield* closeInput(input);
  } catch (caught) {
    const why = reason(caught);
    yield* complain('base64', why === 'Is a directory' ? `read error: ${why}` : `${operands[0]}: ${why}`);
    return 1;
  }
  return options.some((o) => o.name === 'd' || o.name === 'D') ? yield* decode(text, options.some((o) => o.name === 'i')) : yield* encode(text, Number(wrap));
}
function* encode(text: Bytes, wrap: number): Coroutine<number> {
  const all = base64Encode(text);
  let out = '';
  if (wrap === 0) out = all;
  else for (let i = 0; i < all.length; i += wrap) out += `${all.slice(i, i + wrap)}\n`;
  yield* write(1, out);
  return 0;
}
function* decode(text: Bytes, lenient: boolean): Coroutine<number> {
  const given = lenient ? text.replace(/[^A-Za-z0-9+/=]/g, '') : text.replace(/[\r\n]/g, '');
  const { bytes, badAt } = base64Decode(given);
  yield* write(1, bytes);
  if (badAt < 0) return 0;
  yield* complain('base64', 'invalid input');
  return 1;
}

export const program: Program = { name: 'base64', main: (argv) => quietly(body(argv)) };
