/** The ConfigMaps and Secrets that `kubectl create` makes, and the hash that --append-hash puts behind their names. Models kubectl pkg/util/hash. */
import { canonical } from '../../../base/json.ts';
import { decodeUtf8, encodeUtf8 } from '../../../base/utf8.ts';
import type { Bytes, Json } from '../../../kernel/sys.ts';
import { hex, sha256 } from '../../../lib/x509/index.ts';
import { CliError } from '../errors.ts';
import { metaOf, type Obj } from '../rest.ts';
import { object } from './objects.ts';

/** Data of a ConfigMap or Secret from literals, files and env files. */
export interface Given { readonly key: string; readonly value: Bytes }
const asData = (given: readonly Given[], what: string, name: string): Record<string, string> => {
  const data: Record<string, string> = {};
  for (const { key, value } of given) {
    if (!/^[-._a-zA-Z0-9]+$/.test(key)) throw new CliError(`"${key}" is not a valid key name for a ${what}: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`);
    if (Object.hasOwn(data, key)) throw new CliError(`cannot add key "${key}", another key by that name already exists in Data for ${what} "${name}"`);
    data[key] = value;
  }
  return data;
};

/** What is no UTF-8 goes into `binaryData`. */
export function configMap(name: string, given: readonly Given[], encode: (bytes: Bytes) => string): Obj {
  const all = asData(given, 'ConfigMap', name);
  const [data, binaryData]: Record<string, string>[] = [{}, {}];
  for (const [key, bytes] of Object.entries(all)) {
    const text = decodeUtf8(bytes);
    if (encodeUtf8(text) === bytes) data![key] = text;
    else binaryData![key] = encode(bytes);
  }
  const some = (field: string, values: Record<string, string>) => (Object.keys(values).length === 0 ? {} : { [field]: values });
  return object('v1', 'ConfigMap', name, { ...some('binaryData', binaryData!), ...some('data', data!) });
}

export function secret(name: string, given: readonly Given[], type: string, encode: (bytes: Bytes) => string): Obj {
  const data = Object.fromEntries(Object.entries(asData(given, 'Secret', name)).map(([key, value]) => [key, encode(value)]));
  return object('v1', 'Secret', name, { ...(given.length === 0 ? {} : { data }), ...(type === '' ? {} : { type }) });
}

/** `--from-literal`. */
export const literals = (texts: readonly string[]): Given[] => texts.map((text) => {
  const eq = text.indexOf('=');
  if (eq < 1) throw new CliError(`invalid literal source ${text}, expected key=value`);
  return { key: text.slice(0, eq), value: encodeUtf8(text.slice(eq + 1).replace(/^(["'])(.*)\1$/, '$2')) };
});

/** Vowels and what looks like them give way, so that a hash is no word. */
const SAFE: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** Ten letters that follow from the object's content (and in `kubectl create` from the name). */
function contentHash(made: Obj, name: string): string {
  const base = made.kind === 'Secret' ? { data: made.data ?? null, kind: 'Secret', name, type: made.type ?? '' }
    : { ...(made.binaryData === undefined ? {} : { binaryData: made.binaryData }), data: made.data ?? null, kind: 'ConfigMap', name };
  return hex(sha256(encodeUtf8(canonical(base as Json)))).slice(0, 10).replace(/[013ae]/g, (digit) => SAFE[digit]!);
}

/** The object under its name with the hash. */
export const hashed = (made: Obj, of: string): Obj => ({ ...made, metadata: { ...(made.metadata as Obj), name: `${metaOf(made).name}-${contentHash(made, of)}` } });
