/** Certificates made anew and renewed by kubeadm, read with Node's own parser. */
import { X509Certificate, createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { pkiFiles } from '../../testing/controlplane.ts';
import { readFile, unlink, write, type Program } from '../../kernel/sys.ts';
import { program } from './index.ts';

const cat: Program = { name: 'cat', *main([, path = '']) {
  yield* write(1, yield* readFile(path));
  return 0;
} };
const rm: Program = { name: 'rm', *main([, ...paths]) {
  for (const path of paths) yield* unlink(path);
  return 0;
} };
const m = bootMachine({ programs: [program, cat, rm], files: pkiFiles });
const PKI = '/etc/kubernetes/pki';
const text = (path: string) => m.run(['cat', path]).stdout;
const certificate = (name: string) => new X509Certificate(text(`${PKI}/${name}.crt`));
const kubeadm = (...argv: string[]) => m.run(['kubeadm', ...argv, ...(argv[1] === 'phase' ? ['--kubernetes-version=v1.33.0'] : [])]);

describe('kubeadm init phase', () => {
  test('makes a lost certificate anew, and leaves one that is there', () => {
    const before = certificate('etcd/server');
    m.run(['rm', `${PKI}/etcd/server.crt`, `${PKI}/etcd/server.key`]);
    const made = kubeadm('init', 'phase', 'certs', 'etcd-server');
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^\[certs\] Using certificateDir folder "\/etc\/kubernetes\/pki"\n\[certs\] Generating "etcd\/server" certificate and key\n\[certs\] etcd\/server serving cert is signed for DNS names \[\S+ localhost\] and IPs \[\S+ 127\.0\.0\.1 ::1\]\n$/);
    const after = certificate('etcd/server');
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(after.verify(certificate('etcd/ca').publicKey)).toBe(true);
    expect(after.checkPrivateKey(createPrivateKey(text(`${PKI}/etcd/server.key`)))).toBe(true);
    expect(after.keyUsage).toEqual(before.keyUsage);
    expect(kubeadm('init', 'phase', 'certs', 'etcd-server').stdout).toContain('[certs] Using existing etcd/server certificate and key on disk\n');
  });

  test('makes an authority and the service accounts\' key, and says what no longer fits', () => {
    expect(kubeadm('init', 'phase', 'certs', 'ca').stdout).toContain('[certs] Using existing ca certificate authority\n');
    m.run(['rm', `${PKI}/etcd/ca.crt`, `${PKI}/etcd/ca.key`, `${PKI}/sa.key`, `${PKI}/sa.pub`]);
    expect(kubeadm('init', 'phase', 'certs', 'etcd-ca').stdout).toContain('[certs] Generating "etcd/ca" certificate and key\n');
    const authority = certificate('etcd/ca');
    expect([authority.subject, authority.ca, authority.subjectAltName, authority.verify(authority.publicKey)]).toEqual(['CN=etcd-ca', true, 'DNS:etcd-ca', true]);
    expect(kubeadm('init', 'phase', 'certs', 'etcd-peer').stderr).toBe('error execution phase certs/etcd-peer: certificate etcd/peer is not signed by corresponding CA\nTo see the stack trace of this error execute with --v=5 or higher\n');
    expect(kubeadm('init', 'phase', 'certs', 'sa').stdout).toContain('[certs] Generating "sa" key and public key\n');
    expect(createPublicKey(createPrivateKey(text(`${PKI}/sa.key`))).export({ type: 'spki', format: 'pem' })).toBe(text(`${PKI}/sa.pub`));
    m.run(['rm', `${PKI}/apiserver-etcd-client.key`]);
    expect(kubeadm('init', 'phase', 'certs', 'apiserver-etcd-client').stderr).toContain(`failure loading apiserver-etcd-client certificate: failed to load key: couldn't load the private key file ${PKI}/apiserver-etcd-client.key: open ${PKI}/apiserver-etcd-client.key: no such file or directory\n`);
  });

  test('the names of the API server as a client of the kubelet are those of the cluster that was recorded', () => {
    m.run(['rm', `${PKI}/apiserver-kubelet-client.crt`, `${PKI}/apiserver-kubelet-client.key`]);
    expect(kubeadm('init', 'phase', 'certs', 'apiserver-kubelet-client').code).toBe(0);
    expect(certificate('apiserver-kubelet-client').subject).toBe('CN=kube-apiserver-kubelet-client');
  });

  test('makes a kubeconfig anew', () => {
    m.run(['rm', '/etc/kubernetes/scheduler.conf']);
    expect(kubeadm('init', 'phase', 'kubeconfig', 'scheduler').stdout).toBe('[kubeconfig] Using kubeconfig folder "/etc/kubernetes"\n[kubeconfig] Writing "scheduler.conf" kubeconfig file\n');
    const data = /client-certificate-data: (\S+)/.exec(text('/etc/kubernetes/scheduler.conf'))![1]!;
    expect(new X509Certificate(atob(data)).subject).toBe('CN=system:kube-scheduler');
    expect(kubeadm('init', 'phase', 'kubeconfig', 'scheduler').stdout).toContain('[kubeconfig] Using existing kubeconfig file: "/etc/kubernetes/scheduler.conf"\n');
  });
});

describe('kubeadm certs renew', () => {
  test('keeps the names and changes key and serial', () => {
    const before = certificate('apiserver');
    expect(kubeadm('certs', 'renew', 'apiserver').stdout).toBe('[renew] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...\n[renew] Error reading configuration from the Cluster. Falling back to default configuration\n\ncertificate for serving the Kubernetes API renewed\n');
    const after = certificate('apiserver');
    expect([after.subject, after.subjectAltName, after.ca]).toEqual([before.subject, before.subjectAltName, false]);
    expect([after.serialNumber, after.publicKey.export({ format: 'jwk' }).n]).not.toContain(before.serialNumber);
    expect(after.verify(certificate('ca').publicKey)).toBe(true);
  });

  test('says what is missing and what it does not know', () => {
    m.run(['rm', `${PKI}/front-proxy-client.crt`]);
    expect(kubeadm('certs', 'renew', 'front-proxy-client').stdout).toContain('MISSING! certificate for the front proxy client\n');
    m.run(['rm', `${PKI}/front-proxy-ca.key`]);
    expect(kubeadm('init', 'phase', 'certs', 'front-proxy-client')).toMatchObject({ code: 1, stderr: `error execution phase certs/front-proxy-client: couldn't load CA certificate front-proxy-ca: couldn't load front-proxy-ca certificate authority from ${PKI}\nTo see the stack trace of this error execute with --v=5 or higher\n` });
    expect(kubeadm('certs', 'renew', 'nonsense')).toMatchObject({ code: 1, stderr: `invalid subcommand "nonsense"\nSee 'kubeadm certs renew -h' for help and examples\nTo see the stack trace of this error execute with --v=5 or higher\n` });
  });
});

test('prints configurations to begin from, and refuses what it does not act on', () => {
  expect(kubeadm('config', 'print', 'init-defaults').stdout).toContain('kind: ClusterConfiguration\nkubernetesVersion: 1.33.0\nnetworking:\n  dnsDomain: cluster.local\n  serviceSubnet: 10.96.0.0/12\nproxy: {}\nscheduler: {}\n');
  expect(kubeadm('config', 'print', 'join-defaults').stdout).toContain('kind: JoinConfiguration\nnodeRegistration:\n  criSocket: unix:///var/run/containerd/containerd.sock\n');
  expect(kubeadm('init', '--dry-run')).toMatchObject({ code: 1, stderr: 'kubeadm: init --dry-run is not available in this lab\n' });
  expect(kubeadm('join', 'controlplane:6443', '--token', 'abc')).toMatchObject({ code: 1, stderr: expect.stringContaining('discovery.tlsBootstrapToken: Invalid value: "abc": the bootstrap token is invalid, discovery.bootstrapToken.caCertHashes: Invalid value: "": using token-based discovery without caCertHashes can be dangerous.') });
});

test('a kubeconfig for one more user', () => {
  expect(kubeadm('kubeconfig', 'user').stderr).toContain('required flag(s) "client-name" not set\n');
  const made = kubeadm('kubeconfig', 'user', '--client-name=jane', '--org=dev,ops', '--validity-period=24h');
  expect(made.stderr).toMatch(/version\.go:109\] could not fetch a Kubernetes version from the internet: unable to get URL "https:\/\/dl\.k8s\.io\/release\/stable-1\.txt": .*\n.*version\.go:110\] falling back to the local client version: v1\.33\.0\n$/);
  const leaf = new X509Certificate(atob(/client-certificate-data: (\S+)/.exec(made.stdout)![1]!));
  expect([leaf.subject.split('\n').sort(), leaf.verify(certificate('ca').publicKey)]).toEqual([['CN=jane', 'O=dev + O=ops'], true]);
  expect(leaf.validTo).toMatch(/^Aug 20 00:19:\d\d 2025 GMT$/);
  expect(kubeadm('kubeconfig', 'user', '--client-name=jane', '--token=abc').stdout).toContain('users:\n- name: jane\n  user:\n    token: abc\n');
});
