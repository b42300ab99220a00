import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { kubeadmPki, PKI_NOT_BEFORE } from '../../distro/pki/index.ts';
import { program } from './index.ts';

const pki = kubeadmPki({ nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE });
const files = Object.fromEntries(Object.entries(pki).flatMap(([path, file]) => ('data' in file ? [[path, file.data]] : [])));
const root = mkdtempSync(join(tmpdir(), 'openssl-'));
for (const [path, data] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), data, 'latin1');
}
const m = bootMachine({ programs: [program], files });
const ours = (...argv: string[]) => m.run(['openssl', ...argv]).stdout;
const theirs = (...argv: string[]) => execFileSync('openssl', argv.map((word) => (word.startsWith('/etc') || word.startsWith('/var') ? join(root, word) : word)), { encoding: 'latin1' });
const PKI = '/etc/kubernetes/pki';

describe('openssl prints what the real one prints', () => {
  test.each(['apiserver', 'ca', 'etcd/server', 'apiserver-kubelet-client', 'front-proxy-ca'])('x509 -text of %s', (name) => {
    const words = ['x509', '-in', `${PKI}/${name}.crt`, '-noout', '-text'];
    expect(ours(...words)).toBe(theirs(...words));
  });
  test.each([['-subject', '-issuer'], ['-dates'], ['-enddate', '-startdate'], ['-serial'], ['-fingerprint'], ['-fingerprint', '-sha256'], ['-modulus'], ['-pubkey'], ['-ext', 'subjectAltName']])('x509 %s', (...words) => {
    const argv = ['x509', '-in', `${PKI}/apiserver.crt`, '-noout', ...words];
    expect(ours(...argv)).toBe(theirs(...argv));
  });
  test('x509 without -noout, rsa and pkey', () => {
    expect(ours('x509', '-in', `${PKI}/ca.crt`)).toBe(theirs('x509', '-in', `${PKI}/ca.crt`));
    expect(ours('rsa', '-in', `${PKI}/ca.key`, '-noout', '-modulus')).toBe(theirs('rsa', '-in', `${PKI}/ca.key`, '-noout', '-modulus'));
    expect(ours('pkey', '-in', `${PKI}/sa.key`, '-pubout')).toBe(theirs('pkey', '-in', `${PKI}/sa.key`, '-pubout'));
  });
  test('verify', () => {
    const run = (...argv: string[]) => m.run(['openssl', 'verify', ...argv]);
    expect(run('-CAfile', `${PKI}/ca.crt`, `${PKI}/apiserver.crt`)).toMatchObject({ stdout: `${PKI}/apiserver.crt: OK\n`, code: 0 });
    expect(run('-CAfile', `${PKI}/etcd/ca.crt`, `${PKI}/apiserver.crt`)).toMatchObject({ code: 2, stderr: `CN = kube-apiserver\nerror 20 at 0 depth lookup: unable to get local issuer certificate\nerror ${PKI}/apiserver.crt: verification failed\n` });
  });
  test('complaints', () => {
    expect(m.run(['openssl', 'x509', '-in', '/nope', '-noout', '-text']).stderr).toContain('Could not open file or uri for loading certificate from /nope');
    expect(m.run(['openssl', 'x509', '-in', `${PKI}/ca.key`]).stderr).toContain('Unable to load certificate');
    expect(m.run(['openssl', 'foo'])).toMatchObject({ code: 1, stderr: `Invalid command 'foo'; type "help" for a list.\n` });
    expect(m.run(['openssl', 'req', '-new']).stderr).toBe('openssl: req is not available in this lab\n');
  });
});
