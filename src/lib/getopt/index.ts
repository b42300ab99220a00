/**
 * Command lines as GNU getopt_long reads them: options and operands in any order, bundled short options, abbreviated
 * long ones, and glibc's messages. For C programs; Go programs use lib/flags.
 */

export type ArgumentKind = 'none' | 'required' | 'optional';
export interface Option { /** The short letter if it has one, else the long name. */ readonly name: string; readonly value: string | null }
export interface Parsed { readonly options: readonly Option[]; readonly operands: readonly string[]; /** glibc's message without the program's name. */ readonly error: string | null }

/** Long options: name → what it is worth, as `n`, `n:` (argument required) or `n::` (optional); `''` means the name itself. */
export type LongOptions = Readonly<Record<string, string>>;

interface Spec { readonly name: string; readonly kind: ArgumentKind }
const kindOf = (marks: string): ArgumentKind => (marks.startsWith('::') ? 'optional' : marks.startsWith(':') ? 'required' : 'none');

function shortSpecs(text: string): Map<string, ArgumentKind> {
  const specs = new Map<string, ArgumentKind>();
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    const marks = /^:{0,2}/.exec(text.slice(i + 1))![0];
    specs.set(letter, kindOf(marks));
    i += marks.length;
  }
  return specs;
}

function longSpec(name: string, long: LongOptions): Spec | string {
  const names = Object.keys(long);
  const exact = names.includes(name);
  const matches = exact ? [name] : names.filter((n) => n.startsWith(name));
  const spec = (n: string): Spec => ({ name: long[n]!.replace(/:+$/, '') || n, kind: kindOf(/:*$/.exec(long[n]!)![0]) });
  if (matches.length === 0) return `unrecognized option '--${name}'`;
  const found = matches.map(spec);
  if (found.some((s) => s.name !== found[0]!.name)) return `option '--${name}' is ambiguous; possibilities: ${matches.map((n) => `'--${n}'`).join(' ')}`;
  return found[0]!;
}

/** Parses `argv` (without argv[0]). `short` is getopt's string (`hn:f`); a leading `+` stops at the first operand. */
export function getopt(argv: readonly string[], short: string, long: LongOptions = {}): Parsed {
  const inOrder = short.startsWith('+');
  const letters = shortSpecs(inOrder ? short.slice(1) : short);
  const options: Option[] = [];
  const operands: string[] = [];
  const rest = [...argv];
  const fail = (error: string): Parsed => ({ options, operands, error });
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest.splice(0));
    } else if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      const given = equals < 0 ? word.slice(2) : word.slice(2, equals);
      const spec = longSpec(given, long);
      if (typeof spec === 'string') return fail(spec);
      let value = equals < 0 ? null : word.slice(equals + 1);
      if (value !== null && spec.kind === 'none') return fail(`option '--${given}' doesn't allow an argument`);
      if (value === null && spec.kind === 'required') {
        value = rest.shift() ?? null;
        if (value === null) return fail(`option '--${given}' requires an argument`);
      }
      options.push({ name: spec.name, value });
    } else if (word.startsWith('-') && word !== '-') {
      for (let i = 1; i < word.length; i++) {
        const letter = word[i]!;
        const kind = letters.get(letter);
        if (kind === undefined) return fail(`invalid option -- '${letter}'`);
        if (kind === 'none') {
          options.push({ name: letter, value: null });
          continue;
        }
        let value: string | null = word.slice(i + 1) || null;
        if (value === null && kind === 'required') {
          value = rest.shift() ?? null;
          if (value === null) return fail(`option requires an argument -- '${letter}'`);
        }
        options.push({ name: letter, value });
        break;
      }
    } else {
      operands.push(word);
      if (inOrder) operands.push(...rest.splice(0));
    }
  }
  return { options, operands, error: null };
}
