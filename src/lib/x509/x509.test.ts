import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { base64Decode, base64Encode, createCertificate, hex, hmacSha256, parseCertificates, parseRsaPrivateKey, sha1, sha256, verifyCertificate } from './index.ts';

const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'latin1', stdio: ['ignore', 'pipe', 'pipe'] });
const directory = mkdtempSync(join(tmpdir(), 'x509-'));
const key = (name: string) => parseRsaPrivateKey(openssl('genrsa', '-traditional', '2048'))! ?? name;
const start = 1_755_562_740;
const caKey = key('ca');
const otherKey = key('other');
const leafKey = key('leaf');
const year = 365 * 86400;
const ca = createCertificate({ subject: { commonName: 'kubernetes' }, issuer: { commonName: 'kubernetes' }, serial: 5n, notBefore: start, notAfter: start + 10 * year, publicKey: caKey, isCa: true, dnsNames: ['kubernetes'] }, caKey);
const rogue = createCertificate({ subject: { commonName: 'kubernetes' }, issuer: { commonName: 'kubernetes' }, serial: 6n, notBefore: start, notAfter: start + 10 * year, publicKey: otherKey, isCa: true, dnsNames: ['kubernetes'] }, otherKey);
const leaf = createCertificate({
  subject: { commonName: 'system:node:controlplane', organizations: ['system:nodes'] }, issuer: { commonName: 'kubernetes' }, serial: (1n << 62n) + 12345n, notBefore: start, notAfter: start + year,
  publicKey: leafKey, isCa: false, usages: ['serverAuth', 'clientAuth'], dnsNames: ['controlplane'], ips: ['172.30.1.2', '::1'], issuerKey: caKey,
}, caKey);

const check = (roots: string, name: string | null, now = start + 100) => {
  try {
    verifyCertificate(parseCertificates(leaf)[0]!, { roots: parseCertificates(roots), now, name, usage: 'serverAuth' });
    return 'ok';
  } catch (caught) { return (caught as Error).message; }
};

describe('hashes and encodings', () => {
  test('agree with the real ones', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 119, 120, 1000]) {
      const text = Array.from({ length }, (_, i) => String.fromCharCode((i * 7) & 255)).join('');
      const bytes = Buffer.from(text, 'latin1');
      expect(hex(sha256(text))).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(hex(sha1(text))).toBe(createHash('sha1').update(bytes).digest('hex'));
      expect(hex(hmacSha256(text, 'message'))).toBe(createHmac('sha256', bytes).update('message').digest('hex'));
      expect(base64Encode(text)).toBe(bytes.toString('base64'));
      expect(base64Decode(bytes.toString('base64'))).toEqual({ bytes: text, badAt: -1 });
    }
    expect(base64Decode('!!').badAt).toBe(0);
  });
});

describe('certificates', () => {
  test('the real openssl accepts what we sign', () => {
    writeFileSync(join(directory, 'ca.pem'), ca);
    writeFileSync(join(directory, 'leaf.pem'), leaf);
    expect(openssl('verify', '-no_check_time', '-CAfile', join(directory, 'ca.pem'), join(directory, 'leaf.pem'))).toContain('OK');
    const text = openssl('x509', '-in', join(directory, 'leaf.pem'), '-noout', '-text');
    expect(text).toContain('Subject: O = system:nodes, CN = system:node:controlplane');
    expect(text).toContain('DNS:controlplane, IP Address:172.30.1.2, IP Address:0:0:0:0:0:0:0:1');
    expect(text).toContain('CA:FALSE');
  });
  test('verification speaks as Go does', () => {
    expect(check(ca, 'controlplane')).toBe('ok');
    expect(check(ca, '::1')).toBe('ok');
    expect(check(ca, '127.0.0.1')).toBe('x509: certificate is valid for 172.30.1.2, ::1, not 127.0.0.1');
    expect(check(ca, 'node01')).toBe('x509: certificate is valid for controlplane, not node01');
    expect(check('', 'controlplane')).toBe('x509: certificate signed by unknown authority');
    expect(check(rogue, 'controlplane')).toBe('x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")');
    expect(check(ca, 'controlplane', start + 2 * year)).toBe('x509: certificate has expired or is not yet valid: current time 2027-08-19T00:19:00Z is after 2026-08-19T00:19:00Z');
    expect(check(ca, 'controlplane', start - 60)).toBe('x509: certificate has expired or is not yet valid: current time 2025-08-19T00:18:00Z is before 2025-08-19T00:19:00Z');
    expect(check(leaf, 'controlplane')).toBe('ok');
  });
});
