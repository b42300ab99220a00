/**
 * The certificates kubeadm can make anew: names, files, subjects and who signs them. Models cmd/kubeadm/app/phases/certs/certlist.go
 * and the kubeconfigs of phases/kubeconfig; the names they are renewed under are of phases/certs/renewal/manager.go.
 */
import type { ClusterConfig } from './config.ts';

export const PKI = '/etc/kubernetes/pki';
export type Authority = 'ca' | 'etcd/ca' | 'front-proxy-ca';

interface Shape { readonly commonName: string; readonly organizations?: readonly string[]; readonly usages: readonly ('serverAuth' | 'clientAuth')[]; readonly authority: Authority }
export interface AltNames { readonly dnsNames: readonly string[]; readonly ips: readonly string[] }
/** `name`: the phase and what `certs renew` calls it. `base`: the files without their ends. */
export interface Leaf extends Shape { readonly name: string; readonly base: string; readonly longName: string; readonly altNames: AltNames | null }
/** A kubeconfig with a certificate inside. */
export interface Login extends Shape { readonly name: string; readonly file: string; readonly longName: string; /** Whether it talks to this machine's own server. */ readonly local: boolean }

const CLIENT = ['clientAuth'] as const;
const BOTH = ['serverAuth', 'clientAuth'] as const;

/** The first address of the services' network: the server's own. */
const firstAddress = (cidr: string): string => { const parts = cidr.split('/')[0]!.split('.').map(Number); return [...parts.slice(0, 3), parts[3]! + 1].join('.'); };
const isAddress = (host: string) => /^[0-9.]+$/.test(host);

/** The leaf certificates of a cluster's configuration, in kubeadm's order. */
export function leavesOf(c: ClusterConfig): readonly Leaf[] {
  const endpoint = c.endpoint.replace(/:\d+$/, '');
  const services = [c.nodeName, 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local', ...(endpoint === '' || isAddress(endpoint) ? [] : [endpoint])];
  const server: AltNames = { dnsNames: [...new Set(services)].sort(), ips: [...new Set([firstAddress(c.serviceSubnet), c.address, ...(isAddress(endpoint) ? [endpoint] : [])])] };
  const member: AltNames = { dnsNames: [...new Set([c.nodeName, 'localhost'])].sort(), ips: [c.address, '127.0.0.1', '::1'] };
  return [
    { name: 'apiserver', base: 'apiserver', longName: 'certificate for serving the Kubernetes API', authority: 'ca', commonName: 'kube-apiserver', usages: ['serverAuth'], altNames: server },
    { name: 'apiserver-kubelet-client', base: 'apiserver-kubelet-client', longName: 'certificate for the API server to connect to kubelet', authority: 'ca', commonName: 'kube-apiserver-kubelet-client', usages: CLIENT, altNames: null },
    { name: 'front-proxy-client', base: 'front-proxy-client', longName: 'certificate for the front proxy client', authority: 'front-proxy-ca', commonName: 'front-proxy-client', usages: CLIENT, altNames: null },
    { name: 'etcd-server', base: 'etcd/server', longName: 'certificate for serving etcd', authority: 'etcd/ca', commonName: c.nodeName, usages: BOTH, altNames: member },
    { name: 'etcd-peer', base: 'etcd/peer', longName: 'certificate for etcd nodes to communicate with each other', authority: 'etcd/ca', commonName: c.nodeName, usages: BOTH, altNames: member },
    { name: 'etcd-healthcheck-client', base: 'etcd/healthcheck-client', longName: 'certificate for liveness probes to healthcheck etcd', authority: 'etcd/ca', commonName: 'kube-etcd-healthcheck-client', usages: CLIENT, altNames: null },
    { name: 'apiserver-etcd-client', base: 'apiserver-etcd-client', longName: 'certificate the apiserver uses to access etcd', authority: 'etcd/ca', commonName: 'kube-apiserver-etcd-client', usages: CLIENT, altNames: null },
  ];
}

/** The authorities, in kubeadm's order: the phase's name, the files, the name they bear. */
export const AUTHORITIES: readonly { readonly name: string; readonly base: Authority; readonly commonName: string }[] = [
  { name: 'ca', base: 'ca', commonName: 'kubernetes' }, { name: 'front-proxy-ca', base: 'front-proxy-ca', commonName: 'front-proxy-ca' }, { name: 'etcd-ca', base: 'etcd/ca', commonName: 'etcd-ca' },
];

/** The kubelet's first kubeconfig, which the kubelet renews by itself afterwards. */
export const kubeletLogin = (nodeName: string): Login =>
  ({ name: `system:node:${nodeName}`, file: 'kubelet.conf', longName: '', authority: 'ca', commonName: `system:node:${nodeName}`, organizations: ['system:nodes'], usages: CLIENT, local: false });

/** The other kubeconfigs, in kubeadm's order. */
export const LOGINS: readonly Login[] = [
  { name: 'kubernetes-admin', file: 'admin.conf', longName: 'certificate embedded in the kubeconfig file for the admin to use and for kubeadm itself', authority: 'ca', commonName: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'], usages: CLIENT, local: false },
  { name: 'kubernetes-super-admin', file: 'super-admin.conf', longName: 'certificate embedded in the kubeconfig file for the super-admin', authority: 'ca', commonName: 'kubernetes-super-admin', organizations: ['system:masters'], usages: CLIENT, local: false },
  { name: 'system:kube-controller-manager', file: 'controller-manager.conf', longName: 'certificate embedded in the kubeconfig file for the controller manager to use', authority: 'ca', commonName: 'system:kube-controller-manager', usages: CLIENT, local: true },
  { name: 'system:kube-scheduler', file: 'scheduler.conf', longName: 'certificate embedded in the kubeconfig file for the scheduler manager to use', authority: 'ca', commonName: 'system:kube-scheduler', usages: CLIENT, local: true },
];
