/**
 * The certificates kubeadm 1.33 issues: a table of subjects, names and issuers. Models cmd/kubeadm/app/phases/certs.
 * The kubelet's own serving pair comes from its self-made authority, as the kubelet writes it at its first start.
 */
import type { Bytes } from '../../kernel/sys.ts';
import { createCertificate, parseRsaPrivateKey, sha256, tbsCertificate, hex, type CertificateTemplate, type RsaPrivateKey, type Subject } from '../../lib/x509/index.ts';
import { PRIVATE_KEYS, type KeyName } from './keys.ts';
import { SIGNATURES } from './signatures.ts';

export interface PkiOptions {
  readonly nodeName: string; readonly nodeIp: string; /** The apiserver's cluster address. */ readonly serviceIp: string;
  /** Start of validity, seconds since the epoch: five minutes before kubeadm ran. */ readonly notBefore: number;
}

interface Row {
  readonly key: KeyName; readonly issuer: KeyName; readonly subject: Subject;
  readonly usages?: readonly ('serverAuth' | 'clientAuth')[]; readonly dnsNames?: readonly string[]; readonly ips?: readonly string[];
}

const BACKDATED_SECONDS = 300;
const DAY = 86400;

/** All certificates of one control plane, authorities first. */
function rows({ nodeName, nodeIp, serviceIp }: PkiOptions): Row[] {
  const client = { usages: ['clientAuth'] } as const;
  const etcdMember = { usages: ['serverAuth', 'clientAuth'], dnsNames: [nodeName, 'localhost'], ips: [nodeIp, '127.0.0.1', '::1'] } as const;
  const authority = (key: KeyName, commonName: string): Row => ({ key, issuer: key, subject: { commonName }, dnsNames: [commonName] });
  const services = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'];
  const user = (key: KeyName, commonName: string, ...organizations: string[]): Row => ({ key, issuer: 'ca', subject: { commonName, organizations }, ...client });
  return [
    authority('ca', 'kubernetes'), authority('etcd/ca', 'etcd-ca'), authority('front-proxy-ca', 'front-proxy-ca'),
    { key: 'kubelet-ca', issuer: 'kubelet-ca', subject: { commonName: `${nodeName}-ca@${kubeletStamp}` }, dnsNames: [] },
    { key: 'apiserver', issuer: 'ca', subject: { commonName: 'kube-apiserver' }, usages: ['serverAuth'], dnsNames: [...new Set([nodeName, ...services])].sort(), ips: [serviceIp, nodeIp] },
    user('apiserver-kubelet-client', 'kube-apiserver-kubelet-client'),
    { key: 'apiserver-etcd-client', issuer: 'etcd/ca', subject: { commonName: 'kube-apiserver-etcd-client' }, ...client },
    { key: 'etcd/server', issuer: 'etcd/ca', subject: { commonName: nodeName }, ...etcdMember },
    { key: 'etcd/peer', issuer: 'etcd/ca', subject: { commonName: nodeName }, ...etcdMember },
    { key: 'etcd/healthcheck-client', issuer: 'etcd/ca', subject: { commonName: 'kube-etcd-healthcheck-client' }, ...client },
    { key: 'front-proxy-client', issuer: 'front-proxy-ca', subject: { commonName: 'front-proxy-client' }, ...client },
    user('admin', 'kubernetes-admin', 'kubeadm:cluster-admins'), user('super-admin', 'kubernetes-super-admin', 'system:masters'),
    user('controller-manager', 'system:kube-controller-manager'), user('scheduler', 'system:kube-scheduler'),
    user('kubelet-client', `system:node:${nodeName}`, 'system:nodes'),
    { key: 'kubelet', issuer: 'kubelet-ca', subject: { commonName: `${nodeName}@${kubeletStamp}` }, usages: ['serverAuth'], dnsNames: [nodeName] },
  ];
}

/** The second in which the kubelet named its own pair; part of that name. */
const kubeletStamp = '1755562741';

export const privateKey = (name: KeyName): RsaPrivateKey => parseRsaPrivateKey(PRIVATE_KEYS[name])!;

function template(row: Row, options: PkiOptions, subjects: ReadonlyMap<KeyName, Subject>): CertificateTemplate {
  const isCa = row.key === row.issuer;
  const began = options.notBefore + BACKDATED_SECONDS;
  const digest = sha256(`${row.key} ${options.nodeName} ${options.notBefore}`);
  return {
    subject: row.subject, issuer: subjects.get(row.issuer) ?? row.subject, serial: BigInt(`0x${hex(digest.slice(0, 8))}`) & 0x7fffffffffffffffn,
    notBefore: options.notBefore, notAfter: began + (isCa ? 3650 : 365) * DAY, publicKey: privateKey(row.key), isCa,
    ...(row.usages ? { usages: row.usages } : {}), ...(row.dnsNames ? { dnsNames: row.dnsNames } : {}), ...(row.ips ? { ips: row.ips } : {}),
    ...(isCa ? {} : { issuerKey: privateKey(row.issuer) }),
  };
}

/** Each certificate's template and signer. */
function templates(options: PkiOptions): Map<KeyName, { readonly template: CertificateTemplate; readonly issuer: KeyName }> {
  const all = rows(options);
  const subjects = new Map(all.map((row) => [row.key, row.subject] as const));
  return new Map(all.map((row) => [row.key, { template: template(row, options, subjects), issuer: row.issuer }] as const));
}

/** PEM certificates by key name. Signatures of the one world we ship are known; other worlds are signed on the spot. */
export function issueCertificates(options: PkiOptions): ReadonlyMap<KeyName, Bytes> {
  const issued = new Map<KeyName, Bytes>();
  for (const [name, { template: what, issuer }] of templates(options)) issued.set(name, createCertificate(what, privateKey(issuer), (hash) => SIGNATURES.get(hash)));
  return issued;
}

/** What would have to be signed for these options, for the tool that writes signatures.ts. */
export function signingJobs(options: PkiOptions): { readonly issuer: KeyName; readonly tbs: Bytes }[] {
  return [...templates(options).values()].map(({ template: what, issuer }) => ({ issuer, tbs: tbsCertificate(what) }));
}
