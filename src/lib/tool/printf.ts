/** printf(1) and echo -e: escapes and conversions, as bash's builtin does them. Pure. */
import { strftime } from './clock.ts';
import { quoteIfNeeded } from './quote.ts';

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b', E: '\x1b', '\\': '\\', '"': '"', "'": "'" };

/** Backslash escapes; `stop` when a `\c` ended the output. `echo` wants octal as `\0nnn`. */
export function fromEscapes(text: string, echo: boolean): { readonly text: string; readonly stop: boolean } {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\' || i + 1 >= text.length) {
      out += text[i];
      continue;
    }
    const c = text[++i]!;
    const rest = text.slice(i + 1);
    if (c === 'c') return { text: out, stop: true };
    const octal = echo ? (c === '0' ? /^[0-7]{0,3}/.exec(rest)! : null) : /^[0-7]{1,3}/.exec(text.slice(i));
    const hex = c === 'x' ? /^[0-9a-fA-F]{1,2}/.exec(rest) : c === 'u' ? /^[0-9a-fA-F]{1,4}/.exec(rest) : null;
    if (octal !== null) {
      out += String.fromCharCode(Number.parseInt(octal[0] === '' ? '0' : octal[0], 8) & 255);
      i += echo ? octal[0].length : octal[0].length - 1;
    } else if (hex !== null) {
      out += String.fromCharCode(Number.parseInt(hex[0], 16) & 255);
      i += hex[0].length;
    } else out += SIMPLE[c] ?? `\\${c}`;
  }
  return { text: out, stop: false };
}

function integer(text: string, problems: string[]): number {
  if (text === '') return 0;
  if (text[0] === "'" || text[0] === '"') return text.charCodeAt(1);
  const m = /^\s*[-+]?(?:0[xX][0-9a-fA-F]+|\d+)/.exec(text);
  if (m === null || m[0].length !== text.length) problems.push(`${text}: invalid number`);
  if (m === null) return 0;
  const t = m[0].trim();
  return /^[-+]?0\d+$/.test(t) ? Number.parseInt(t, 8) : Number(t);
}
function decimal(text: string, problems: string[]): number {
  const n = Number(text === '' ? '0' : text);
  if (Number.isNaN(n)) problems.push(`${text}: invalid number`);
  return Number.isNaN(n) ? Number.parseFloat(text) || 0 : n;
}

/** Formats until the arguments are used up. `nowUs` serves `%(fmt)T`. */
export function formatPrintf(format: string, args: readonly string[], nowUs: number): { readonly text: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  let out = '';
  let at = 0;
  do {
    const before = at;
    const once = pass();
    out += once.text;
    if (once.stop || at === before) break;
  } while (at < args.length);
  return { text: out, problems };

  function pass(): { text: string; stop: boolean } {
    let text = '';
    for (let i = 0; i < format.length;) {
      if (format[i] === '\\') {
        const escape = /^\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|[\s\S]?)/.exec(format.slice(i))![0];
        const done = fromEscapes(escape, false);
        if (done.stop) return { text, stop: true };
        text += done.text;
        i += escape.length;
        continue;
      }
      if (format[i] !== '%') {
        text += format[i++];
        continue;
      }
      const spec = /^%([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?(?:\(([^)]*)\)T|[hlLqjzt]*([diouxXeEfFgGcsbq%]))/.exec(format.slice(i));
      if (spec === null) {
        problems.push(`\`${format.slice(i, i + 2)[1] ?? ''}': invalid format character`);
        return { text, stop: true };
      }
      i += spec[0].length;
      const next = (): string => args[at++] ?? '';
      let flags = spec[1]!;
      let width = spec[2] === '*' ? integer(next(), problems) : Number(spec[2] ?? 0);
      if (width < 0) {
        flags += '-';
        width = -width;
      }
      const precision = spec[3] === undefined ? null : spec[3] === '*' ? integer(next(), problems) : Number(spec[3] === '' ? 0 : spec[3]);
      if (spec[4] !== undefined) {
        const arg = next();
        text += pad(strftime(spec[4] === '' ? '%X' : spec[4], arg === '' || arg === '-1' || arg === '-2' ? nowUs : integer(arg, problems) * 1e6), flags, width);
        continue;
      }
      const conversion = spec[5]!;
      if (conversion === '%') text += '%';
      else if (conversion === 'b') {
        const { text: inner, stop } = fromEscapes(next(), true);
        text += pad(inner, flags, width);
        if (stop) return { text, stop: true };
      } else text += convert(conversion, next(), flags, width, precision, problems);
    }
    return { text, stop: false };
  }
}

/** A field's width is limited, so that a slip does not fill the memory. */
const WIDEST = 16 * 1024 * 1024;
function pad(text: string, flags: string, width: number): string {
  if (text.length >= width) return text;
  return flags.includes('-') ? text.padEnd(Math.min(width, WIDEST)) : text.padStart(Math.min(width, WIDEST));
}
function convert(conversion: string, arg: string, flags: string, width: number, precision: number | null, problems: string[]): string {
  if (conversion === 's') return pad(precision === null ? arg : arg.slice(0, precision), flags, width);
  if (conversion === 'c') return pad(arg.slice(0, 1), flags, width);
  if (conversion === 'q') return pad(arg === '' ? "''" : (/[\x00-\x1f\x7f]/.test(arg) ? quoteIfNeeded(arg) : arg.replace(/[^\w@%+=:./\x80-\xff-]/g, '\\$&')), flags, width);
  let negative = false;
  let body: string;
  if ('diouxX'.includes(conversion)) {
    const n = integer(arg, problems);
    negative = n < 0 && 'di'.includes(conversion);
    const magnitude = negative ? -n : n < 0 ? Number(BigInt.asUintN(64, BigInt(n))) : n;
    body = conversion === 'o' ? magnitude.toString(8) : conversion === 'x' ? magnitude.toString(16) : conversion === 'X' ? magnitude.toString(16).toUpperCase() : String(magnitude);
    if (precision !== null) body = body.padStart(Math.min(precision, WIDEST), '0');
    if (flags.includes('#') && n !== 0) body = (conversion === 'o' ? '0' : conversion === 'x' ? '0x' : conversion === 'X' ? '0X' : '') + body;
  } else {
    const n = decimal(arg, problems);
    negative = n < 0;
    body = float(conversion, Math.abs(n), precision ?? 6, flags.includes('#'));
  }
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (flags.includes('0') && !flags.includes('-') && (precision === null || !'diouxX'.includes(conversion))) return sign + body.padStart(Math.min(width, WIDEST) - sign.length, '0');
  return pad(sign + body, flags, width);
}
/** %e, %f and %g of a number that is not negative. */
export function float(conversion: string, n: number, precision: number, keepZeros: boolean): string {
  const exponent = (text: string): string => text.replace(/e([-+])(\d)$/, 'e$10$2');
  switch (conversion.toLowerCase()) {
    case 'f': return n.toFixed(Math.min(100, precision));
    case 'e': return conversion === 'E' ? exponent(n.toExponential(precision)).toUpperCase() : exponent(n.toExponential(precision));
    default: {
      const p = precision === 0 ? 1 : precision;
      const e = n === 0 ? 0 : Number(n.toExponential(p - 1).split('e')[1]);
      let text = e < -4 || e >= p ? exponent(n.toExponential(p - 1)) : n.toFixed(Math.max(0, p - 1 - e));
      if (!keepZeros && text.includes('.')) text = text.replace(/\.?0+(e|$)/, '$1');
      return conversion === 'G' ? text.toUpperCase() : text;
    }
  }
}
