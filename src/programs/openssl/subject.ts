/** The subject of a request: from -subj, from a configuration file, or asked field by field. Models apps/req.c and apps/lib/apps.c. */
import { read, write, type Coroutine } from '../../kernel/sys.ts';
import { der, oid, sequence, setOf, TAG } from '../../lib/x509/der.ts';
import type { Sections } from './extensions.ts';
import { SHORT } from './print.ts';

export type Field = readonly [type: string, value: string];

const LONG: Readonly<Record<string, string>> = { commonName: 'CN', countryName: 'C', stateOrProvinceName: 'ST', localityName: 'L', organizationName: 'O', organizationalUnitName: 'OU' };
const oidOf = (type: string) => Object.keys(SHORT).find((id) => SHORT[id] === (LONG[type] ?? type)) ?? null;

/** Countries are printable strings, mail addresses IA5, all else UTF-8. */
const valueDer = (id: string, value: string) => der(SHORT[id] === 'C' ? TAG.printable : SHORT[id] === 'emailAddress' ? TAG.ia5 : TAG.utf8, value);

/** A name's DER; fields without a value are left out, unknown types are handed to `skipped`. */
export function nameDer(fields: readonly Field[], skipped: (type: string) => void): string {
  return sequence(...fields.flatMap(([type, value]) => {
    const id = oidOf(type);
    if (id === null) skipped(type);
    return id === null || value === '' ? [] : [setOf(sequence(oid(id), valueDer(id, value)))];
  }));
}

/** `/CN=john/O=dev`; null when it is not of that form. A backslash makes the next character plain. */
export function parseSubj(text: string): Field[] | null {
  if (!text.startsWith('/')) return null;
  const parts: string[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '/') parts.push('');
    else parts.push(parts.pop()! + (text[at] === '\\' && at + 1 < text.length ? text[++at]! : text[at]!));
  }
  const named = parts.filter((part) => part !== '');
  return named.every((part) => part.includes('=')) ? named.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const) : null;
}

/** The fields of a file with `prompt = no`; null when it wants to ask. */
export function configuredSubject(sections: Sections): Field[] | null {
  const settings = new Map(sections.get('req') ?? []);
  if (settings.get('prompt') !== 'no') return null;
  return (sections.get(settings.get('distinguished_name') ?? '') ?? []).map(([type, value]) => [type.replace(/^\d+\./, ''), value] as const);
}

const ASKED: readonly (readonly [prompt: string, type: string, fallback: string])[] = [
  ['Country Name (2 letter code)', 'C', 'AU'], ['State or Province Name (full name)', 'ST', 'Some-State'], ['Locality Name (eg, city)', 'L', ''], ['Organization Name (eg, company)', 'O', 'Internet Widgits Pty Ltd'],
  ['Organizational Unit Name (eg, section)', 'OU', ''], ['Common Name (e.g. server FQDN or YOUR name)', 'CN', ''], ['Email Address', 'emailAddress', ''],
];
const INTRODUCTION = `You are about to be asked to enter information that will be incorporated
into your certificate request.
What you are about to enter is what is called a Distinguished Name or a DN.
There are quite a few fields but you can leave some blank
For some fields there will be a default value,
If you enter '.', the field will be left blank.
-----
`;

/** A line of standard input without its end; null at the end of input. */
function* line(): Coroutine<string | null> {
  let text = '';
  for (let char = yield* read(0, 1); char !== '\n'; char = yield* read(0, 1)) {
    if (char === '') return text === '' ? null : text;
    text += char;
  }
  return text;
}

/** Asks for the fields as the distribution's configuration has them; null when input ends before. `extras`: a request is asked two more. */
export function* askSubject(extras: boolean): Coroutine<Field[] | null> {
  yield* write(2, INTRODUCTION);
  const fields: Field[] = [];
  for (const [prompt, type, fallback] of ASKED) {
    yield* write(2, `${prompt} [${fallback}]:`);
    const answer = yield* line();
    if (answer === null) return null;
    fields.push([type, answer === '.' ? '' : answer === '' ? fallback : answer]);
  }
  if (!extras) return fields;
  yield* write(2, "\nPlease enter the following 'extra' attributes\nto be sent with your certificate request\n");
  for (const prompt of ['A challenge password', 'An optional company name']) {
    yield* write(2, `${prompt} []:`);
    const answer = yield* line();
    if (answer === null) return null;
    if (answer !== '' && answer !== '.') {
      yield* write(2, `openssl: req with ${prompt.toLowerCase().replace(/^an? /, 'a ')} is not available in this lab\n`);
      return null;
    }
  }
  return fields;
}
