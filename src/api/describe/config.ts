/** `kubectl describe` of config maps, secrets and service accounts. */
import { base64Decode } from '../../base/base64.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import type { ConfigMap, Secret, ServiceAccount } from '../types.ts';
import { events } from './events.ts';
import { heading, sortedKeys } from './lines.ts';
import type { Describer } from './related.ts';
import { Sheet } from './writer.ts';

/** Upstream walks a Go map, so its order of keys changes from run to run; ours is sorted. */
export const configMap: Describer<ConfigMap> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    heading(sheet, object, true);
    sheet.line(0, '\nData\n====');
    for (const key of sortedKeys(object.data)) sheet.line(0, `${key}:\n----\n${object.data![key]}\n`);
    sheet.line(0, '\nBinaryData\n====');
    for (const key of sortedKeys(object.binaryData)) sheet.line(0, `${key}: ${base64Decode(object.binaryData![key]!).bytes.length} bytes`);
    sheet.line(0, '');
    events(sheet, related.events, now);
    return sheet.text();
  },
};

const TOKEN_TYPE = 'kubernetes.io/service-account-token';
export const secret: Describer<Secret> = {
  needs: [], withEvents: false,
  describe(object) {
    const sheet = new Sheet();
    heading(sheet, object, true);
    sheet.line(0, `\nType:\t${object.type ?? ''}\n\nData\n====`);
    for (const key of sortedKeys(object.data)) {
      const { bytes } = base64Decode(object.data![key]!);
      sheet.line(0, `${key}:\t${key === 'token' && object.type === TOKEN_TYPE ? decodeUtf8(bytes) : `${bytes.length} bytes`}`);
    }
    return sheet.text();
  },
};

const isTokenOf = (secretObject: Secret, { metadata }: ServiceAccount): boolean => secretObject.type === TOKEN_TYPE
  && secretObject.metadata.annotations?.['kubernetes.io/service-account.name'] === metadata.name && secretObject.metadata.annotations['kubernetes.io/service-account.uid'] === metadata.uid;

export const serviceAccount: Describer<ServiceAccount> = {
  needs: ['secrets'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    heading(sheet, object, true);
    const existing = related.secrets;
    const mark = (name: string): string => (existing === undefined || existing.some((s) => s.metadata.name === name) ? name : `${name} (not found)`);
    const groups: readonly (readonly [string, readonly string[]])[] = [
      ['Image pull secrets:', (object.imagePullSecrets ?? []).map((s) => s.name ?? '')],
      ['Mountable secrets: ', (object.secrets ?? []).map((s) => s.name ?? '')],
      ['Tokens:            ', (existing ?? []).filter((s) => isTokenOf(s, object)).map((s) => s.metadata.name)],
    ];
    for (const [title, names] of groups) {
      if (names.length === 0) sheet.line(0, `${title}\t<none>`);
      names.forEach((name, i) => sheet.line(0, `${i === 0 ? title : ' '.repeat(title.length)}\t${mark(name)}`));
    }
    events(sheet, related.events, now);
    return sheet.text();
  },
};
