import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { kubeadmPki, PKI_NOT_BEFORE } from '../../distro/pki/index.ts';
import { readFile, write, type Program } from '../../kernel/sys.ts';
import { program } from './index.ts';

const cat: Program = { name: 'cat', *main([, path = '']) {
  yield* write(1, yield* readFile(path));
  return 0;
} };


const pki = kubeadmPki({ nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE });
const files = Object.fromEntries(Object.entries(pki).flatMap(([path, file]) => ('data' in file ? [[path, file.data]] : [])));
const root = mkdtempSync(join(tmpdir(), 'openssl-'));
for (const [path, data] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), data, 'latin1');
}
const CONFIGURATION = `[req]
req_extensions = v3
distinguished_name = dn
prompt = no
[dn]
CN = server
[ v3 ]
basicConstraints = CA:FALSE
keyUsage = digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = @alt_names
[alt_names]
DNS.1 = server
IP.1 = 10.0.0.9
`;
const m = bootMachine({ programs: [program, cat], files: { ...files, '/root/server.conf': CONFIGURATION } });
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
    expect(m.run(['openssl', 'pkcs12']).stderr).toBe('openssl: pkcs12 is not available in this lab\n');
    expect(m.run(['openssl', 'genrsa', 'abc'])).toMatchObject({ code: 1, stderr: `genrsa: Can't parse "abc" as a number\n` });
  });
});

/** Takes a file of the machine to where the real openssl can read it. */
function taken(path: string): string {
  const there = join(root, path.replaceAll('/', '_'));
  writeFileSync(there, m.run(['cat', path]).stdout, 'latin1');
  return there;
}
const real = (...argv: string[]) => execFileSync('openssl', argv, { encoding: 'latin1', stdio: ['ignore', 'pipe', 'pipe'] });

describe('keys, requests and certificates that the real one reads', () => {
  test('a user: key, request, certificate signed by the cluster authority', () => {
    expect(ours('genrsa', '-out', '/root/john.key', '2048')).toBe('');
    expect(real('rsa', '-in', taken('/root/john.key'), '-check', '-noout')).toBe('RSA key ok\n');
    expect(ours('req', '-new', '-key', '/root/john.key', '-subj', '/CN=john/O=dev', '-addext', 'subjectAltName=DNS:john.example,IP:10.0.0.1', '-out', '/root/john.csr')).toBe('');
    const csr = taken('/root/john.csr');
    expect(ours('req', '-in', '/root/john.csr', '-noout', '-text')).toBe(real('req', '-in', csr, '-noout', '-text', '-verify'));
    expect(ours('req', '-in', '/root/john.csr', '-noout', '-subject')).toBe('subject=CN = john, O = dev\n');
    const signed = m.run(['openssl', 'x509', '-req', '-in', '/root/john.csr', '-CA', `${PKI}/ca.crt`, '-CAkey', `${PKI}/ca.key`, '-CAcreateserial', '-out', '/root/john.crt', '-days', '500']);
    expect(signed).toMatchObject({ code: 0, stdout: '', stderr: 'Certificate request self-signature ok\nsubject=CN = john, O = dev\n' });
    expect(ours('x509', '-in', '/root/john.crt', '-noout', '-text')).toBe(real('x509', '-in', taken('/root/john.crt'), '-noout', '-text'));
    expect(real('verify', '-no_check_time', '-CAfile', join(root, `${PKI}/ca.crt`), taken('/root/john.crt'))).toContain('OK');
    const first = m.run(['cat', `${PKI}/ca.srl`]).stdout.trim();
    m.run(['openssl', 'x509', '-req', '-in', '/root/john.csr', '-CA', `${PKI}/ca.crt`, '-CAkey', `${PKI}/ca.key`, '-out', '/root/john.crt']);
    expect(BigInt(`0x${m.run(['cat', `${PKI}/ca.srl`]).stdout.trim()}`)).toBe(BigInt(`0x${first}`) + 1n);
  });

  test('an authority that signs itself, and a server of its own with a configuration file', () => {
    expect(m.run(['openssl', 'req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-keyout', '/root/own.key', '-out', '/root/own.crt', '-subj', '/C=KR/CN=own', '-days', '10']).stderr).toMatch(/^\.*\+{65}\*\.*\+{65}\n-----\n$/);
    const own = taken('/root/own.crt');
    expect(ours('x509', '-in', '/root/own.crt', '-noout', '-text')).toBe(real('x509', '-in', own, '-noout', '-text'));
    expect(real('x509', '-in', own, '-noout', '-ext', 'basicConstraints')).toContain('CA:TRUE');
    m.run(['openssl', 'req', '-new', '-key', '/root/own.key', '-config', '/root/server.conf', '-out', '/root/server.csr']);
    expect(ours('req', '-in', '/root/server.csr', '-noout', '-text')).toBe(real('req', '-in', taken('/root/server.csr'), '-noout', '-text'));
    expect(m.run(['openssl', 'x509', '-req', '-in', '/root/server.csr', '-CA', '/root/own.crt', '-CAkey', '/root/own.key', '-out', '/root/server.crt', '-extfile', '/root/server.conf', '-extensions', 'v3']).code).toBe(0);
    expect(ours('x509', '-in', '/root/server.crt', '-noout', '-text')).toBe(real('x509', '-in', taken('/root/server.crt'), '-noout', '-text'));
    expect(ours('x509', '-in', '/root/server.crt', '-noout', '-ext', 'subjectAltName')).toContain('DNS:server, IP Address:10.0.0.9');
  });

  test('refusals', () => {
    expect(m.run(['openssl', 'req', '-new', '-key', '/root/own.key', '-subj', 'CN=a'])).toMatchObject({ code: 1, stderr: `req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: 'CN=a'\n` });
    expect(m.run(['openssl', 'x509', '-req', '-in', '/root/server.csr', '-CA', `${PKI}/ca.crt`, '-CAkey', '/root/own.key']).stderr).toContain('CA certificate and CA private key do not match');
    expect(m.run(['openssl', 'req', '-in', `${PKI}/ca.crt`])).toMatchObject({ code: 1, stderr: 'Unable to load X509 request\n' });
  });
});
