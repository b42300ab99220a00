import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { base64Encode, hex, rsaSign, sha256 } from '../../lib/x509/index.ts';
import { privateKey, signingJobs } from './certificates.ts';
import { kubeadmPki, PKI_NOT_BEFORE } from './index.ts';
import { SIGNATURES } from './signatures.ts';

const options = { nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE };
const files = kubeadmPki(options);
const data = (path: string) => { const file = files[path]; return file && 'data' in file ? file.data : ''; };

test('the kept signatures are what signing gives', () => {
  const jobs = signingJobs(options);
  expect(SIGNATURES.size).toBe(jobs.length);
  for (const { issuer, tbs } of jobs.slice(0, 3)) expect(base64Encode(SIGNATURES.get(hex(sha256(tbs))) ?? '')).toBe(base64Encode(rsaSign(privateKey(issuer), tbs)));
});

test('openssl verifies the tree as kubeadm laid it out', () => {
  const root = mkdtempSync(join(tmpdir(), 'pki-'));
  for (const [path, file] of Object.entries(files)) {
    if (!('data' in file)) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), file.data, 'latin1');
  }
  const pki = join(root, 'etc/kubernetes/pki');
  const run = (...args: string[]) => execFileSync('openssl', args, { encoding: 'latin1' });
  const verify = (ca: string, ...certs: string[]) => expect(run('verify', '-no_check_time', '-CAfile', join(pki, ca), ...certs.map((cert) => join(pki, cert))).match(/OK/g)).toHaveLength(certs.length);
  verify('ca.crt', 'apiserver.crt', 'apiserver-kubelet-client.crt');
  verify('etcd/ca.crt', 'etcd/server.crt', 'etcd/peer.crt', 'etcd/healthcheck-client.crt', 'apiserver-etcd-client.crt');
  verify('front-proxy-ca.crt', 'front-proxy-client.crt');
  const text = run('x509', '-in', join(pki, 'apiserver.crt'), '-noout', '-text');
  expect(text).toContain('DNS:controlplane, DNS:kubernetes, DNS:kubernetes.default, DNS:kubernetes.default.svc, DNS:kubernetes.default.svc.cluster.local, IP Address:10.96.0.1, IP Address:172.30.1.2');
  expect(text).toContain('Not Before: Aug 19 00:13:53 2025 GMT');
  expect(text).toContain('Not After : Aug 19 00:18:53 2026 GMT');
  expect(run('pkey', '-pubin', '-in', join(pki, 'sa.pub'), '-noout', '-text')).toContain('2048 bit');
});

test('kubeconfigs', () => {
  expect(data('/etc/kubernetes/scheduler.conf')).toContain('server: https://172.30.1.2:6443\n');
  expect(data('/etc/kubernetes/admin.conf')).toContain('server: https://controlplane:6443\n');
  expect(data('/etc/kubernetes/kubelet.conf')).toContain('client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem\n');
});
