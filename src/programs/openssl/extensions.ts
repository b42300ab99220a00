/**
 * Extensions as openssl's configuration words them (`subjectAltName = DNS:a, IP:10.0.0.1`, `@section`), and the sections of such a
 * file. Models crypto/x509/v3_conf.c. Not modelled: variables, includes, rare extensions.
 */
import { altNamesDer, extension, keyId, namedBits, OID, type RsaPublicKey } from '../../lib/x509/index.ts';
import { boolean, der, integer, octets, oid, sequence } from '../../lib/x509/der.ts';

/** Section name → its entries in order; what stands before any section is in `default`. */
export type Sections = ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;

/** Reads a configuration file. */
export function parseSections(text: string): Sections {
  const sections = new Map<string, (readonly [string, string])[]>([['default', []]]);
  let current = 'default';
  for (const line of text.split('\n').map((raw) => raw.replace(/#.*$/, '').trim())) {
    const title = /^\[\s*(.*?)\s*\]$/.exec(line);
    const equals = line.indexOf('=');
    if (title) {
      current = title[1]!;
      if (!sections.has(current)) sections.set(current, []);
    } else if (equals > 0) sections.get(current)!.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim().replace(/^"(.*)"$/, '$1')]);
  }
  return sections;
}

/** An extension that cannot be made; the text is openssl's. */
export class ExtensionError extends Error {}

const KEY_USAGES = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign', 'encipherOnly'];
const EXT_USAGES: Readonly<Record<string, string>> = { serverAuth: OID.serverAuth, clientAuth: OID.clientAuth, codeSigning: '1.3.6.1.5.5.7.3.3' };
const words = (value: string) => value.split(',').map((word) => word.trim()).filter((word) => word !== '');
const bad = (name: string, value: string) => new ExtensionError(`Error adding extension: section=default, name=${name}, value=${value}`);

/** The values of `@section`, `DNS.1 = a` and so on, or of a plain list `DNS:a, IP:b`. */
function alternatives(value: string, sections: Sections): (readonly [kind: string, text: string])[] {
  if (value.startsWith('@')) return (sections.get(value.slice(1)) ?? []).map(([name, text]) => [name.replace(/\..*$/, ''), text] as const);
  return words(value).map((word) => [word.slice(0, Math.max(0, word.indexOf(':'))), word.slice(word.indexOf(':') + 1)] as const);
}

function subjectAltName(value: string, sections: Sections): string {
  const all = alternatives(value, sections);
  if (all.length === 0 || all.some(([kind]) => kind !== 'DNS' && kind !== 'IP')) throw bad('subjectAltName', value);
  return altNamesDer(all.filter(([kind]) => kind === 'DNS').map(([, text]) => text), all.filter(([kind]) => kind === 'IP').map(([, text]) => text));
}

function basicConstraints(value: string): string {
  const path = words(value).find((word) => word.startsWith('pathlen:'));
  return sequence(...(/CA:TRUE/i.test(value) ? [boolean(true)] : []), ...(path ? [integer(BigInt(path.slice('pathlen:'.length)))] : []));
}

/** What identifiers are made of: the holder's key, the issuer's. */
export interface Keys { readonly own: RsaPublicKey; readonly issuer: RsaPublicKey | null }

/** One extension's DER. Throws ExtensionError. */
export function extensionFrom(name: string, given: string, sections: Sections, keys: Keys): string {
  const critical = /^critical\s*,/.test(given);
  const value = given.replace(/^critical\s*,\s*/, '');
  switch (name) {
    case 'subjectAltName': return extension(OID.subjectAltName, critical, subjectAltName(value, sections));
    case 'basicConstraints': return extension(OID.basicConstraints, critical, basicConstraints(value));
    case 'keyUsage': {
      const numbers = words(value).map((word) => KEY_USAGES.indexOf(word));
      if (numbers.includes(-1)) throw bad(name, given);
      return extension(OID.keyUsage, critical, namedBits(numbers));
    }
    case 'extendedKeyUsage': {
      const ids = words(value).map((word) => EXT_USAGES[word] ?? word);
      if (ids.some((id) => !/^\d+(\.\d+)+$/.test(id))) throw bad(name, given);
      return extension(OID.extKeyUsage, critical, sequence(...ids.map(oid)));
    }
    case 'subjectKeyIdentifier': return extension(OID.subjectKeyId, critical, octets(keyId(keys.own)));
    case 'authorityKeyIdentifier': {
      if (keys.issuer === null) throw bad(name, given);
      return extension(OID.authorityKeyId, critical, sequence(der(0x80, keyId(keys.issuer))));
    }
    default: throw bad(name, given);
  }
}

/** All extensions of a section. Throws ExtensionError. */
export const extensionsOf = (sections: Sections, section: string, keys: Keys): string[] => (sections.get(section) ?? []).map(([name, value]) => extensionFrom(name, value, sections, keys));
