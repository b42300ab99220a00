// Signs the certificates of the world we ship and writes src/distro/pki/signatures.ts. Run after changing a subject, a name or a date there.
import { readFileSync, writeFileSync } from 'node:fs';
import { PKI_NOT_BEFORE } from '../distro/pki/index.ts';
import { privateKey, signingJobs } from '../distro/pki/certificates.ts';
import { base64Encode, hex, rsaSign, sha256 } from '../lib/x509/index.ts';

const path = new URL('../distro/pki/signatures.ts', import.meta.url);
const rows = signingJobs({ nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE })
  .map(({ issuer, tbs }) => `  ['${hex(sha256(tbs))}', '${base64Encode(rsaSign(privateKey(issuer), tbs))}'],`);
const before = readFileSync(path, 'utf8');
writeFileSync(path, before.replace(/= \[\n[\s\S]*?\];/, `= [\n${rows.join('\n')}\n];`));
