/**
 * Texts to values, with Go's words for what does not parse. Models spf13/pflag and strconv.
 */
import { goQuote } from '../../base/goquote.ts';
import { isIp } from '../net/address.ts';
import type { FlagSpec, FlagType, FlagValue } from './types.ts';

type Parsed = { readonly value: FlagValue } | { readonly error: string };

const UNIT_US: Readonly<Record<string, number>> = { ns: 0.001, us: 1, 'µs': 1, 'μs': 1, ms: 1e3, s: 1e6, m: 60e6, h: 3600e6 };

/** `time.ParseDuration`: µs, or Go's error. */
export function parseGoDuration(text: string): { readonly us: number } | { readonly error: string } {
  const sign = text.startsWith('-') ? -1 : 1;
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return { us: 0 };
  if (body === '') return { error: `time: invalid duration ${goQuote(text)}` };
  let us = 0;
  for (let rest = body; rest !== '';) {
    const match = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest);
    if (!match) return { error: `time: invalid duration ${goQuote(text)}` };
    if (match[2] === '') return { error: `time: missing unit in duration ${goQuote(text)}` };
    const unit = UNIT_US[match[2]!];
    if (unit === undefined) return { error: `time: unknown unit ${goQuote(match[2]!)} in duration ${goQuote(text)}` };
    us += Number(match[1]) * unit;
    rest = rest.slice(match[0].length);
  }
  return { us: sign * Math.round(us) };
}

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

function bool(text: string): Parsed {
  if (TRUE.includes(text)) return { value: true };
  if (FALSE.includes(text)) return { value: false };
  return { error: `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax` };
}

const LIMITS: Partial<Record<FlagType, readonly [number, number]>> = {
  int32: [-2147483648, 2147483647], uint: [0, Number.MAX_SAFE_INTEGER], uint16: [0, 65535], uint32: [0, 4294967295],
};

function integer(type: FlagType, text: string): Parsed {
  const parse = type.startsWith('u') ? 'strconv.ParseUint' : 'strconv.ParseInt';
  const shape = type.startsWith('u') ? /^(0x[0-9a-f]+|\d+)$/i : /^[+-]?(0x[0-9a-f]+|\d+)$/i;
  if (!shape.test(text)) return { error: `${parse}: parsing ${goQuote(text)}: invalid syntax` };
  const value = Number(text.replace(/^\+/, ''));
  const [low, high] = LIMITS[type] ?? [-Infinity, Infinity];
  return value < low || value > high ? { error: `${parse}: parsing ${goQuote(text)}: value out of range` } : { value };
}

/** Splits like encoding/csv on one line: commas, with double quotes around fields that hold commas. */
function csv(text: string): string[] {
  if (text === '') return [];
  return (text.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []).slice(0, -1 + (text.endsWith(',') ? 1 : 0) || undefined)
    .map((field) => field.replace(/,$/, '')).map((field) => (/^".*"$/.test(field) ? field.slice(1, -1).replace(/""/g, '"') : field));
}

function pairs(text: string, booleans: boolean, previous: FlagValue | undefined): Parsed {
  const value: Record<string, string> = { ...(previous as Record<string, string> | undefined) };
  for (const field of text.split(',')) {
    if (field.trim() === '' && booleans) continue;
    const equals = field.indexOf('=');
    if (equals < 0) return { error: booleans ? `missing bool value for ${field.trim()}` : `${field} must be formatted as key=value` };
    const [key, setting] = [field.slice(0, equals), field.slice(equals + 1)];
    if (booleans) {
      const parsed = bool(setting.trim());
      if ('error' in parsed) return { error: `invalid value of ${key.trim()}=${setting.trim()}, err: ${parsed.error}` };
      value[key.trim()] = String(parsed.value);
    } else value[key] = setting;
  }
  return { value };
}

function number(text: string): Parsed {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? { value: Number(text) } : { error: `strconv.ParseFloat: parsing ${goQuote(text)}: invalid syntax` };
}

/** One occurrence of a flag; `previous` is what earlier occurrences gave. */
export function parseFlagValue(spec: FlagSpec, text: string, previous: FlagValue | undefined): Parsed {
  const before = (previous ?? []) as readonly string[];
  switch (spec.type) {
    case 'bool': return bool(text);
    case 'int': case 'int32': case 'int64': case 'uint': case 'uint16': case 'uint32': return integer(spec.type, text);
    case 'count': return text === '+1' ? { value: Number(previous ?? 0) + 1 } : integer('int', text);
    case 'float32': case 'float64': return number(text);
    case 'duration': { const parsed = parseGoDuration(text); return 'us' in parsed ? { value: parsed.us } : parsed; }
    case 'list': return { value: [...before, ...csv(text)] };
    case 'intList': return { value: [...before, ...csv(text)] };
    case 'array': return { value: [...before, text] };
    case 'map': return pairs(text, false, previous);
    case 'boolMap': return pairs(text, true, previous);
    case 'ip': return isIp(text.trim()) || text === '' ? { value: text.trim() } : { error: `failed to parse IP: ${goQuote(text)}` };
    case 'ipList': {
      const bad = csv(text).find((ip) => !isIp(ip.trim()));
      return bad === undefined ? { value: [...before, ...csv(text)] } : { error: `invalid string being converted to IP address: ${bad}` };
    }
    default: return { value: text };
  }
}
