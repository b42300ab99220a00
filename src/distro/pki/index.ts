/**
 * /etc/kubernetes/pki and the kubeconfigs as kubeadm leaves them, with the kubelet's own pair: absolute path → file.
 */
import type { Bytes } from '../../kernel/sys.ts';
import { base64Encode, parseRsaPrivateKey, pemEncode, rsaSpki } from '../../lib/x509/index.ts';
import { issueCertificates, type PkiOptions } from './certificates.ts';
import { PRIVATE_KEYS, type KeyName } from './keys.ts';

export type { PkiOptions } from './certificates.ts';

/** A file's bytes and mode, or a symbolic link. */
export type PkiFile = { readonly data: Bytes; readonly mode: number } | { readonly link: string };

/** 5 minutes before 2025-08-19 00:18:53 UTC, when kubeadm ran. */
export const PKI_NOT_BEFORE = 1_755_562_433;

const PKI = '/etc/kubernetes/pki';
const IN_PKI: readonly KeyName[] = [
  'ca', 'front-proxy-ca', 'etcd/ca', 'apiserver', 'apiserver-kubelet-client', 'apiserver-etcd-client', 'front-proxy-client', 'etcd/server', 'etcd/peer', 'etcd/healthcheck-client',
];

const KUBELET_CURRENT = '/var/lib/kubelet/pki/kubelet-client-current.pem';

interface User { readonly name: string; readonly lines: readonly string[] }

/** A kubeconfig as clientcmd marshals it: keys sorted. */
function kubeconfig(server: string, caPem: Bytes, user: User): Bytes {
  const context = `${user.name}@kubernetes`;
  return [
    'apiVersion: v1', 'clusters:', '- cluster:', `    certificate-authority-data: ${base64Encode(caPem)}`, `    server: ${server}`, '  name: kubernetes',
    'contexts:', '- context:', '    cluster: kubernetes', `    user: ${user.name}`, `  name: ${context}`, `current-context: ${context}`, 'kind: Config', 'preferences: {}',
    'users:', `- name: ${user.name}`, '  user:', ...user.lines.map((line) => `    ${line}`), '',
  ].join('\n');
}

/** Every file kubeadm and the kubelet's first start make under /etc/kubernetes and /var/lib/kubelet/pki. */
export function kubeadmPki(options: PkiOptions & { /** Default https://NODE:6443. */ readonly endpoint?: string }): Readonly<Record<string, PkiFile>> {
  const certificates = issueCertificates(options);
  const certificate = (name: KeyName) => certificates.get(name) ?? '';
  const files: Record<string, PkiFile> = {};
  for (const name of IN_PKI) {
    files[`${PKI}/${name}.crt`] = { data: certificate(name), mode: 0o644 };
    files[`${PKI}/${name}.key`] = { data: PRIVATE_KEYS[name], mode: 0o600 };
  }
  files[`${PKI}/sa.key`] = { data: PRIVATE_KEYS.sa, mode: 0o600 };
  files[`${PKI}/sa.pub`] = { data: pemEncode('PUBLIC KEY', rsaSpki(parseRsaPrivateKey(PRIVATE_KEYS.sa)!)), mode: 0o600 };

  const endpoint = options.endpoint ?? `https://${options.nodeName}:6443`;
  const local = `https://${options.nodeIp}:6443`;
  const embedded = (key: KeyName) => [`client-certificate-data: ${base64Encode(certificate(key))}`, `client-key-data: ${base64Encode(PRIVATE_KEYS[key])}`];
  const write = (path: string, server: string, user: User) => { files[`/etc/kubernetes/${path}`] = { data: kubeconfig(server, certificate('ca'), user), mode: 0o600 }; };
  write('admin.conf', endpoint, { name: 'kubernetes-admin', lines: embedded('admin') });
  write('super-admin.conf', endpoint, { name: 'kubernetes-super-admin', lines: embedded('super-admin') });
  write('controller-manager.conf', local, { name: 'system:kube-controller-manager', lines: embedded('controller-manager') });
  write('scheduler.conf', local, { name: 'system:kube-scheduler', lines: embedded('scheduler') });
  write('kubelet.conf', local, { name: `system:node:${options.nodeName}`, lines: [`client-certificate: ${KUBELET_CURRENT}`, `client-key: ${KUBELET_CURRENT}`] });

  const stamped = '/var/lib/kubelet/pki/kubelet-client-2025-08-19-00-18-59.pem';
  files[stamped] = { data: certificate('kubelet-client') + PRIVATE_KEYS['kubelet-client'], mode: 0o600 };
  files[KUBELET_CURRENT] = { link: stamped };
  files['/var/lib/kubelet/pki/kubelet.crt'] = { data: certificate('kubelet') + certificate('kubelet-ca'), mode: 0o644 };
  files['/var/lib/kubelet/pki/kubelet.key'] = { data: PRIVATE_KEYS.kubelet, mode: 0o600 };
  return files;
}
