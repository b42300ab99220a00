/** od(1): octal words, or -c, -x, -t with o, x, d, u, c and a size; -A, -N, -j, -v. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, usageError } from '../../lib/tool/index.ts';
import { eachText } from '../../lib/tool/operands.ts';

const NAMES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };
const TYPE = /^([oxduc])([1248]?)(z?)$/;
interface Format { readonly kind: string; readonly size: number; readonly text: boolean }

const digits = (kind: string, size: number): number => (kind === 'x' ? size * 2 : kind === 'o' ? Math.ceil((size * 8) / 3) : [0, 3, 5, 0, 10, 0, 0, 0, 20][size]!);
function item(row: string, at: number, { kind, size }: Format): string {
  const c = row.charCodeAt(at);
  if (kind === 'c') return (NAMES[c] ?? (c >= 32 && c < 127 ? row[at]! : c.toString(8).padStart(3, '0'))).padStart(4);
  let n = 0n;
  for (let i = size - 1; i >= 0; i--) n = (n << 8n) | BigInt(at + i < row.length ? row.charCodeAt(at + i) : 0);
  const value = kind === 'd' ? BigInt.asIntN(size * 8, n) : n;
  const text = value.toString(kind === 'x' ? 16 : kind === 'o' ? 8 : 10);
  return kind === 'd' || kind === 'u' ? text.padStart(digits(kind, size) + (kind === 'd' ? 2 : 1)) : ` ${text.padStart(digits(kind, size), '0')}`;
}
function rowText(row: string, format: Format): string {
  let out = '';
  for (let at = 0; at < row.length; at += format.size) out += item(row, at, format);
  if (!format.text) return out;
  const full = item('\0'.repeat(16), 0, format).length * (16 / format.size);
  return `${out.padEnd(full)}  >${row.replace(/[^\x20-\x7e]/g, '.')}<`;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'A:j:N:t:vabcdox', { 'address-radix': 'A:', 'skip-bytes': 'j:', 'read-bytes': 'N:', format: 't:', 'output-duplicates': 'v' });
  if (error !== null) return yield* usageError('od', error);
  const value = (letter: string): string | null => options.findLast((o) => o.name === letter)?.value ?? null;
  const SHORT: Readonly<Record<string, string>> = { b: 'o1', c: 'c', d: 'u2', o: 'o2', x: 'x2' };
  const types = options.flatMap((o) => (o.name === 't' ? o.value!.match(/[a-z]\d?z?/g) ?? [o.value!] : SHORT[o.name] ?? []));
  const bad = types.find((t) => !TYPE.test(t)) ?? (options.some((o) => o.name === 'a') ? 'a' : undefined);
  if (bad !== undefined) {
    yield* complain('od', /^[af]/.test(bad) ? `-t ${bad} is not available in this lab` : `invalid character ${quote(bad[0]!)} in type string ${quote(bad)}`);
    return 1;
  }
  const formats = (types.length === 0 ? ['o2'] : types).map((t): Format => {
    const m = TYPE.exec(t)!;
    return { kind: m[1]!, size: m[1] === 'c' ? 1 : Number(m[2] || 4), text: m[3] === 'z' };
  });
  const radix = value('A') ?? 'o';
  const address = (n: number): string => (radix === 'n' ? '' : n.toString(radix === 'x' ? 16 : radix === 'd' ? 10 : 8).padStart(radix === 'x' ? 6 : 7, '0'));
  let text = '';
  // eslint-disable-next-line require-yield
  const status = yield* eachText('od', operands, function* (piece) { text += piece; });
  const from = Number(value('j') ?? 0);
  const end = value('N') === null ? text.length : Math.min(text.length, from + Number(value('N')));
  let before: string | null = null;
  let starred = false;
  for (let at = from; at < end; at += 16) {
    const row = text.slice(at, Math.min(end, at + 16));
    if (row === before && row.length === 16 && !options.some((o) => o.name === 'v')) {
      if (!starred) yield* write(1, '*\n');
      starred = true;
      continue;
    }
    [before, starred] = [row, false];
    yield* write(1, formats.map((f, i) => `${i === 0 ? address(at) : ' '.repeat(address(at).length)}${rowText(row, f)}\n`).join(''));
  }
  if (radix !== 'n') yield* write(1, `${address(end)}\n`);
  return status;
}

export const program: Program = { name: 'od', main: (argv) => quietly(body(argv)) };
