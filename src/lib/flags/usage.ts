/**
 * The usage text of a flag set, as pflag's FlagUsagesWrapped lays it out: names in one column, wrapped descriptions in the other.
 */
import { goQuote } from '../../base/goquote.ts';
import { formatDuration } from '../../base/duration.ts';
import type { FlagSet, FlagSpec, FlagType, FlagValue } from './types.ts';

export interface UsageOptions { /** Columns to wrap at; 0 does not wrap. */ readonly columns?: number }

const VALUE_NAMES: Partial<Record<FlagType, string>> = {
  bool: '', count: 'count', int64: 'int', float32: 'float', float64: 'float', list: 'strings', array: 'stringArray', map: 'stringToString', boolMap: 'mapStringBool',
  ip: 'ip', ipList: 'ips', cidr: 'ipNet', severity: 'severity', uint16: 'uint16', portRange: 'portRange', intList: 'ints', logFormat: 'string',
};

/** The value's name (a back-quoted word of the usage wins) and the usage without the quotes. */
function unquoteUsage(spec: FlagSpec): { readonly name: string; readonly usage: string } {
  const match = /`([^`]*)`/.exec(spec.usage);
  if (match) return { name: match[1]!, usage: spec.usage.replace(match[0], match[1]!) };
  return { name: spec.valueName ?? VALUE_NAMES[spec.type] ?? spec.type, usage: spec.usage };
}

function isZero(value: FlagValue): boolean {
  if (typeof value === 'object') return (Array.isArray(value) ? value : Object.keys(value)).length === 0;
  return value === '' || value === 0 || value === false;
}

function defaultText(spec: FlagSpec): string {
  if (spec.defaultText !== undefined) return spec.defaultText === '' ? '' : ` (default ${spec.defaultText})`;
  if (isZero(spec.default)) return '';
  if (spec.type === 'duration') return ` (default ${formatDuration(spec.default as number)})`;
  if (Array.isArray(spec.default)) return ` (default [${(spec.default as readonly string[]).join(',')}])`;
  if (typeof spec.default === 'object') return ` (default [${Object.entries(spec.default).map(([key, value]) => `${key}=${value}`).join(',')}])`;
  return spec.type === 'string' ? ` (default ${goQuote(spec.default as string)})` : ` (default ${spec.default})`;
}

/** Breaks text at spaces so that no line is longer than the width, as pflag's wrap does. */
function wrap(indent: number, columns: number, text: string): string {
  const newline = `\n${' '.repeat(indent)}`;
  if (columns === 0) return text.replace(/\n/g, newline);
  const width = columns - indent;
  if (width < 24) return text.replace(/\n/g, newline);
  const slack = 5;
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let rest = paragraph;
    while (rest.length > width) {
      const cut = rest.length <= width + slack ? -1 : rest.lastIndexOf(' ', width);
      if (cut <= 0) { const next = rest.length <= width + slack ? -1 : rest.indexOf(' '); if (next <= 0) break; lines.push(rest.slice(0, next)); rest = rest.slice(next + 1); continue; }
      lines.push(rest.slice(0, cut));
      rest = rest.slice(cut + 1);
    }
    lines.push(rest);
  }
  return lines.join(newline);
}

/** The flags' usage lines, sorted by name. */
export function flagUsages(set: FlagSet, options: UsageOptions = {}): string {
  const rows = [...set.specs].filter((spec) => !spec.hidden && !spec.deprecated).sort((a, b) => (a.name < b.name ? -1 : 1)).map((spec) => {
    const { name, usage } = unquoteUsage(spec);
    let left = spec.shorthand ? `  -${spec.shorthand}, --${spec.name}` : `      --${spec.name}`;
    if (name !== '') left += ` ${name}`;
    if (spec.noOptDefault !== undefined && spec.type === 'string') left += `[=${goQuote(spec.noOptDefault)}]`;
    else if (spec.noOptDefault !== undefined) left += `[=${spec.noOptDefault}]`;
    return { left, right: `${usage}${defaultText(spec)}` };
  });
  const width = Math.max(0, ...rows.map((row) => row.left.length)) + 1;
  return rows.map((row) => `${row.left}${' '.repeat(width - row.left.length)}  ${wrap(width + 2, options.columns ?? 0, row.right)}\n`).join('');
}
