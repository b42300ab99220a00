/**
 * The kubelet's own pairs: a serving certificate that it signs itself when it has none, and the client certificate of its first
 * kubeconfig, kept where the renewed ones will go. Models client-go util/cert and util/certificate, pkg/kubelet/certificate/bootstrap.
 */
import { access, attempt, mkdir, now, random, symlink, writeFile, type Bytes, type Coroutine } from '../../kernel/sys.ts';
import { civil } from '../../base/time.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { createCertificate, generateRsaKey, pkcs1Pem, type CertificateTemplate } from '../../lib/x509/index.ts';

const DIR = '/var/lib/kubelet/pki';
export const SERVING = { cert: `${DIR}/kubelet.crt`, key: `${DIR}/kubelet.key` } as const;
const CURRENT = `${DIR}/kubelet-client-current.pem`;
const HOUR = 3600;
const YEAR = 365 * 24 * HOUR;

function* serial(): Coroutine<bigint> {
  const [high = 0, low = 0] = yield* random('certificate-serials', 2);
  return ((BigInt(high) << 32n) | BigInt(low)) >> 1n;
}

/** Writes the serving pair when there is neither part of it. */
export function* ensureServingPair(host: string): Coroutine<void> {
  if ((yield* access(SERVING.cert, 'f')) || (yield* access(SERVING.key, 'f'))) return;
  const at = Math.floor((yield* now()) / 1e6);
  const [authorityKey, key] = [yield* generateRsaKey(2048), yield* generateRsaKey(2048)];
  const issuer = { commonName: `${host}-ca@${at}` };
  const common = { issuer, notBefore: at - HOUR, notAfter: at - HOUR + YEAR };
  const authority: CertificateTemplate = { ...common, subject: issuer, serial: yield* serial(), publicKey: authorityKey, isCa: true, dnsNames: [] };
  const leaf: CertificateTemplate = { ...common, subject: { commonName: `${host}@${at}` }, serial: yield* serial(), publicKey: key, isCa: false, usages: ['serverAuth'], dnsNames: [host], issuerKey: authorityKey };
  yield* attempt(mkdir(DIR, 0o755), 'EEXIST');
  yield* writeFile(SERVING.cert, createCertificate(leaf, authorityKey) + createCertificate(authority, authorityKey), 0o644);
  yield* writeFile(SERVING.key, pkcs1Pem(key), 0o600);
}

const two = (n: number): string => String(n).padStart(2, '0');
const stamp = (us: number): string => { const t = civil(us); return [t.year, ...[t.month, t.day, t.hour, t.minute, t.second].map(two)].join('-'); };

/** Keeps the pair of the kubeconfig when none is kept yet. */
export function* keepClientPair({ certPem, keyPem }: RestConfig): Coroutine<void> {
  if (certPem === null || keyPem === null || (yield* access(CURRENT, 'f'))) return;
  const path = `${DIR}/kubelet-client-${stamp(yield* now())}.pem`;
  yield* attempt(mkdir(DIR, 0o755), 'EEXIST');
  yield* writeFile(path, `${certPem}${keyPem}` as Bytes, 0o600);
  yield* attempt(symlink(path, CURRENT), 'EEXIST');
}
