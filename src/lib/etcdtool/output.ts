/** What etcdctl and etcdutl share: their input, and what they print with: tables, sizes, log lines, errors that end the program. */
import { now, write, type Coroutine } from '../../kernel/sys.ts';
import { rfc3339 } from '../../base/time.ts';
import type { EtcdConfig } from '../etcd/client.ts';
import type { ParsedFlags } from '../flags/index.ts';

/** An endpoint, and how the user wrote it. */
export interface Endpoint extends EtcdConfig { readonly shown: string }
/** What a command gets. */
export interface Ctl { readonly flags: ParsedFlags; readonly args: readonly string[]; readonly endpoints: readonly Endpoint[]; readonly format: string; readonly timeoutUs: number }

/** `Error: …` on standard error. */
export class CtlError extends Error {
  readonly code: number;
  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** A cell as lines of at most 30 columns, broken at spaces. */
function wrap(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.trim().split(' ')) {
    const joined = `${lines.at(-1)!} ${word}`.trimStart();
    if (lines.at(-1) !== '' && joined.length > 30) lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

/** olekukonko/tablewriter as etcdctl sets it: titles in the middle, cells to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const wrapped = rows.map((row) => row.map(wrap));
  const widths = head.map((title, i) => Math.max(title.length, ...wrapped.flatMap((row) => row[i]!.map((text) => text.length))));
  const line = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const centred = (text: string, width: number) => { const left = Math.floor((width - text.length) / 2); return ' '.repeat(left) + text + ' '.repeat(width - text.length - left); };
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const high = (cells: readonly string[][]) => Array.from({ length: Math.max(...cells.map(({ length }) => length)) }, (_, y) => row(cells.map((lines, i) => (lines[y] ?? '').padStart(widths[i]!)))).join('');
  return line + row(head.map((title, i) => centred(title, widths[i]!))) + line + wrapped.map(high).join('') + line;
}

/** A 64 bit identity for `toJson`: a number with more digits than a number here can have. */
export const uint64 = (hexadecimal: string): string => `uint64:${BigInt(`0x${hexadecimal}`)}`;
export const toJson = (value: unknown): string => `${JSON.stringify(value).replace(/"uint64:(\d+)"/g, '$1')}\n`;

/** go-humanize's Bytes: `963 kB`, `1.2 MB`. */
export function humanBytes(bytes: number): string {
  if (bytes < 10) return `${bytes} B`;
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < 3) { value /= 1000; unit++; }
  const rounded = Math.floor(value * 10 + 0.5) / 10;
  return `${rounded < 10 ? rounded.toFixed(1) : rounded.toFixed(0)} ${units[unit]}`;
}

/** How log lines look: etcdctl's are JSON, etcdutl's are for people. */
export type Style = 'json' | 'console';

/** A zap line on standard error. */
export function* log(level: 'info' | 'warn', caller: string, msg: string, fields: Readonly<Record<string, unknown>>, logger?: string, style: Style = 'json'): Coroutine<void> {
  const at = yield* now();
  if (style === 'json') {
    const ts = `${rfc3339(at).slice(0, -1)}.${String(at % 1e6).padStart(6, '0')}Z`;
    return void (yield* write(2, `${JSON.stringify({ level, ts, ...(logger === undefined ? {} : { logger }), caller, msg, ...fields })}\n`));
  }
  const shown = Object.entries(fields).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ');
  yield* write(2, `${[rfc3339(at), level, caller, msg, ...(shown === '' ? [] : [`{${shown}}`])].join('\t')}\n`);
}
