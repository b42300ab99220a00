/** etcd and kube-apiserver on a bare machine, and a program that asks the server as any of kubeadm's identities: for tests. */
import { bootMachine, type Machine } from './machine.ts';
import type { FileSpec } from '../kernel/world.ts';
import { sleep, write, type Program } from '../kernel/sys.ts';
import { kubeadmPki, PKI_NOT_BEFORE } from '../distro/pki/index.ts';
import { request } from '../lib/kube/index.ts';
import { loadRestConfig } from '../lib/kubeconfig/index.ts';
import { GoError } from '../lib/net/index.ts';
import { program as etcd } from '../programs/etcd/index.ts';
import { program as apiserver } from '../programs/kube-apiserver/index.ts';

const pki = kubeadmPki({ nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE });
/** Certificates, keys and kubeconfigs: absolute path → file. */
export const files: Record<string, FileSpec> = Object.fromEntries(Object.entries(pki).map(([path, file]) => [path, 'link' in file ? { type: 'link', target: file.link } : { type: 'file', data: file.data, mode: file.mode }]));
const PKI = '/etc/kubernetes/pki';
/** kubeadm's command lines. */
export const ETCD = ['etcd', '--advertise-client-urls=https://172.30.1.2:2379', `--cert-file=${PKI}/etcd/server.crt`, '--client-cert-auth=true', '--data-dir=/var/lib/etcd', '--initial-advertise-peer-urls=https://172.30.1.2:2380', '--initial-cluster=controlplane=https://172.30.1.2:2380',
  `--key-file=${PKI}/etcd/server.key`, '--listen-client-urls=https://127.0.0.1:2379,https://172.30.1.2:2379', '--listen-metrics-urls=http://127.0.0.1:2381', '--listen-peer-urls=https://172.30.1.2:2380', '--name=controlplane', `--peer-cert-file=${PKI}/etcd/peer.crt`, `--peer-key-file=${PKI}/etcd/peer.key`,
  `--peer-trusted-ca-file=${PKI}/etcd/ca.crt`, `--trusted-ca-file=${PKI}/etcd/ca.crt`];
export const SERVER = ['kube-apiserver', '--advertise-address=172.30.1.2', '--allow-privileged=true', '--authorization-mode=Node,RBAC', `--client-ca-file=${PKI}/ca.crt`, '--enable-admission-plugins=NodeRestriction', '--enable-bootstrap-token-auth=true', `--etcd-cafile=${PKI}/etcd/ca.crt`,
  `--etcd-certfile=${PKI}/apiserver-etcd-client.crt`, `--etcd-keyfile=${PKI}/apiserver-etcd-client.key`, '--etcd-servers=https://127.0.0.1:2379', `--kubelet-client-certificate=${PKI}/apiserver-kubelet-client.crt`, `--kubelet-client-key=${PKI}/apiserver-kubelet-client.key`,
  '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname', `--proxy-client-cert-file=${PKI}/front-proxy-client.crt`, `--proxy-client-key-file=${PKI}/front-proxy-client.key`, '--requestheader-allowed-names=front-proxy-client', `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
  '--requestheader-extra-headers-prefix=X-Remote-Extra-', '--requestheader-group-headers=X-Remote-Group', '--requestheader-username-headers=X-Remote-User', '--secure-port=6443', '--service-account-issuer=https://kubernetes.default.svc.cluster.local', `--service-account-key-file=${PKI}/sa.pub`,
  `--service-account-signing-key-file=${PKI}/sa.key`, '--service-cluster-ip-range=10.96.0.0/12', `--tls-cert-file=${PKI}/apiserver.crt`, `--tls-private-key-file=${PKI}/apiserver.key`];

/** `ask KUBECONFIG METHOD PATH [BODY [CONTENT-TYPE]]` prints status and body. */
const ask: Program = { name: 'ask', *main([, kubeconfig = '', method = '', path = '', body, contentType]) {
  try {
    const config = yield* loadRestConfig(kubeconfig);
    const response = yield* request(config, { method: method as 'GET', path, ...(body === undefined ? {} : { body: JSON.parse(body) }), ...(contentType === undefined ? {} : { contentType }) });
    yield* write(1, JSON.stringify({ status: response.status, headers: response.headers, ...response.body }));
    return 0;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* write(2, caught.message);
    return 1;
  }
} };

/** The first process of a machine takes all others with it: not etcd, please. */
const init: Program = { name: 'init', *main() {
  yield* sleep(1e12);
  return 0;
} };

/** Boots both and gives them time to be ready. */
export function boot(more: readonly Program[] = []): { m: Machine; etcdId: number; id: number } {
  const m = bootMachine({ programs: [etcd, apiserver, ask, init, ...more], files });
  m.start(['init']);
  const etcdId = m.start(ETCD);
  m.pass(2e6);
  const id = m.start(SERVER);
  m.pass(6e6);
  return { m, etcdId, id };
}
/** JSON of any shape. */
export type Loose = { readonly [key: string]: Loose };
export interface Reply { readonly status?: number; readonly error?: string; readonly text?: string; readonly headers: Readonly<Record<string, string>>; readonly json: Loose }
/** One request with the credentials of `/etc/kubernetes/WHO.conf`. */
export function call(m: Machine, who: string, method: string, path: string, body?: unknown, contentType?: string): Reply {
  const argv = ['ask', `/etc/kubernetes/${who}.conf`, method, path, ...(body === undefined ? [] : [JSON.stringify(body), ...(contentType === undefined ? [] : [contentType])])];
  const { stdout, stderr } = m.run(argv);
  if (stderr !== '') return { error: stderr, headers: {}, json: {} };
  return JSON.parse(stdout);
}
