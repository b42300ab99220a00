import { describe, expect, test } from 'vitest';
import { write, type Program } from '../../kernel/sys.ts';
import { bootMachine } from '../../testing/machine.ts';
import { kubeadmPki, PKI_NOT_BEFORE } from '../../distro/pki/index.ts';
import { GoError } from '../net/index.ts';
import { loadRestConfig } from './index.ts';

const show: Program = {
  name: 'show',
  *main(argv) {
    try {
      const config = yield* loadRestConfig(argv[1]!, argv[2] ? { context: argv[2] } : {});
      yield* write(1, `${config.server} ${config.certPem !== null} ${config.namespace}`);
      return 0;
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* write(1, caught.message);
      return 1;
    }
  },
};

const pki = kubeadmPki({ nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE });
const admin = pki['/etc/kubernetes/admin.conf']!;
const files = {
  '/etc/kubernetes/admin.conf': 'data' in admin ? admin.data : '', '/etc/empty.conf': '', '/etc/bad.conf': 'a: b: c\n',
  '/etc/b64.conf': 'clusters:\n- name: k\n  cluster:\n    server: https://x:1\n    certificate-authority-data: "!!!"\n',
  '/etc/miss.conf': 'current-context: c\ncontexts:\n- name: c\n  context: {cluster: k, user: a}\nclusters:\n- name: k\n  cluster: {server: https://x:1, certificate-authority: /nope/ca.crt}\nusers:\n- name: a\n  user: {client-certificate: /nope/a.crt, client-key: /nope/a.key}\n',
};
const m = bootMachine({ programs: [show], files });
const load = (...argv: string[]) => m.run(['show', ...argv]).stdout;

describe('loading a kubeconfig', () => {
  test('what kubeadm wrote', () => expect(load('/etc/kubernetes/admin.conf')).toBe('https://controlplane:6443 true '));
  test('errors in the words of client-go', () => {
    expect(load('/nope')).toBe('stat /nope: no such file or directory');
    expect(load('/etc')).toBe('error loading config file "/etc": read /etc: is a directory');
    expect(load('/etc/empty.conf')).toBe('invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable');
    expect(load('/etc/bad.conf')).toBe('error loading config file "/etc/bad.conf": yaml: mapping values are not allowed in this context');
    expect(load('/etc/b64.conf')).toBe('error loading config file "/etc/b64.conf": illegal base64 data at input byte 0');
    expect(load('/etc/kubernetes/admin.conf', 'foo')).toBe('invalid configuration: context was not found for specified context: foo');
    expect(load('/etc/miss.conf')).toBe('invalid configuration: [unable to read client-cert /nope/a.crt for a due to open /nope/a.crt: no such file or directory, unable to read client-key /nope/a.key for a due to open /nope/a.key: no such file or directory, unable to read certificate-authority /nope/ca.crt for k due to open /nope/ca.crt: no such file or directory]');
  });
});
