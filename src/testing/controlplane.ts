/**
 * A machine with etcd and kube-apiserver running, for tests of the components that talk to them; and `ask`, a client that prints
 * what the server answered.
 */
import { bootMachine, type Machine } from './machine.ts';
import { kubeadmPki, PKI_NOT_BEFORE } from '../distro/pki/index.ts';
import type { FileSpec } from '../kernel/world.ts';
import { sleep, write, type Program } from '../kernel/sys.ts';
import { request } from '../lib/kube/index.ts';
import { loadRestConfig } from '../lib/kubeconfig/index.ts';
import { GoError } from '../lib/net/index.ts';
import { program as etcd } from '../programs/etcd/index.ts';
import { program as apiserver } from '../programs/kube-apiserver/index.ts';

const PKI = '/etc/kubernetes/pki';
const pki = kubeadmPki({ nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE });

/** /etc/kubernetes and /var/lib/kubelet/pki as a machine takes them. */
export const pkiFiles: Readonly<Record<string, FileSpec>> = Object.fromEntries(Object.entries(pki).map(([path, file]) => [path, 'link' in file ? { type: 'link', target: file.link } : { type: 'file', data: file.data, mode: file.mode }]));

export const ETCD = ['etcd', '--advertise-client-urls=https://172.30.1.2:2379', `--cert-file=${PKI}/etcd/server.crt`, '--client-cert-auth=true', '--data-dir=/var/lib/etcd', '--initial-advertise-peer-urls=https://172.30.1.2:2380', '--initial-cluster=controlplane=https://172.30.1.2:2380',
  `--key-file=${PKI}/etcd/server.key`, '--listen-client-urls=https://127.0.0.1:2379,https://172.30.1.2:2379', '--listen-metrics-urls=http://127.0.0.1:2381', '--listen-peer-urls=https://172.30.1.2:2380', '--name=controlplane', `--peer-cert-file=${PKI}/etcd/peer.crt`, `--peer-key-file=${PKI}/etcd/peer.key`,
  `--peer-trusted-ca-file=${PKI}/etcd/ca.crt`, `--trusted-ca-file=${PKI}/etcd/ca.crt`];
export const APISERVER = ['kube-apiserver', '--advertise-address=172.30.1.2', '--allow-privileged=true', '--authorization-mode=Node,RBAC', `--client-ca-file=${PKI}/ca.crt`, '--enable-admission-plugins=NodeRestriction', '--enable-bootstrap-token-auth=true', `--etcd-cafile=${PKI}/etcd/ca.crt`,
  `--etcd-certfile=${PKI}/apiserver-etcd-client.crt`, `--etcd-keyfile=${PKI}/apiserver-etcd-client.key`, '--etcd-servers=https://127.0.0.1:2379', `--kubelet-client-certificate=${PKI}/apiserver-kubelet-client.crt`, `--kubelet-client-key=${PKI}/apiserver-kubelet-client.key`,
  '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname', `--proxy-client-cert-file=${PKI}/front-proxy-client.crt`, `--proxy-client-key-file=${PKI}/front-proxy-client.key`, '--requestheader-allowed-names=front-proxy-client', `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
  '--requestheader-extra-headers-prefix=X-Remote-Extra-', '--requestheader-group-headers=X-Remote-Group', '--requestheader-username-headers=X-Remote-User', '--secure-port=6443', '--service-account-issuer=https://kubernetes.default.svc.cluster.local', `--service-account-key-file=${PKI}/sa.pub`,
  `--service-account-signing-key-file=${PKI}/sa.key`, '--service-cluster-ip-range=10.96.0.0/12', `--tls-cert-file=${PKI}/apiserver.crt`, `--tls-private-key-file=${PKI}/apiserver.key`];
export const CONTROLLER_MANAGER = ['kube-controller-manager', '--allocate-node-cidrs=true', '--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf', '--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf', '--bind-address=127.0.0.1', `--client-ca-file=${PKI}/ca.crt`, '--cluster-cidr=172.17.0.0/16', '--cluster-name=kubernetes',
  `--cluster-signing-cert-file=${PKI}/ca.crt`, `--cluster-signing-key-file=${PKI}/ca.key`, '--controllers=*,bootstrapsigner,tokencleaner', '--kubeconfig=/etc/kubernetes/controller-manager.conf', '--leader-elect=true', `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`, `--root-ca-file=${PKI}/ca.crt`,
  `--service-account-private-key-file=${PKI}/sa.key`, '--service-cluster-ip-range=10.96.0.0/12', '--use-service-account-credentials=true'];
export const SCHEDULER = ['kube-scheduler', '--authentication-kubeconfig=/etc/kubernetes/scheduler.conf', '--authorization-kubeconfig=/etc/kubernetes/scheduler.conf', '--bind-address=127.0.0.1', '--kubeconfig=/etc/kubernetes/scheduler.conf', '--leader-elect=true'];

/** `ask METHOD PATH [BODY [CONTENT-TYPE]]` as super-admin: prints status and body as JSON. */
const ask: Program = { name: 'ask', *main([, method = '', path = '', body, contentType]) {
  try {
    const config = yield* loadRestConfig('/etc/kubernetes/super-admin.conf');
    const response = yield* request(config, { method: method as 'GET', path, ...(body === undefined ? {} : { body: JSON.parse(body) }), ...(contentType === undefined ? {} : { contentType }) });
    yield* write(1, JSON.stringify({ status: response.status, ...response.body }));
    return 0;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* write(2, caught.message);
    return 1;
  }
} };

/** The first process of a machine takes all others with it: it had better last. */
const init: Program = { name: 'init', *main() {
  yield* sleep(1e15);
  return 0;
} };

export type Loose = { readonly [key: string]: Loose };

/** A running API server and what one does with it. */
export interface ControlPlane {
  readonly m: Machine; readonly etcdId: number; readonly apiserverId: number;
  /** One request as super-admin; the body. Fails the test when there is no answer. */ ask(method: string, path: string, body?: unknown, contentType?: string): Loose;
  /** Items of a list. */ list(path: string): readonly Loose[];
}

/** Boots etcd and the API server beside the given programs. */
export function bootControlPlane(more: readonly Program[], files: Readonly<Record<string, FileSpec | string>> = {}): ControlPlane {
  const m = bootMachine({ programs: [etcd, apiserver, ask, init, ...more], files: { ...pkiFiles, ...files } });
  m.start(['init']);
  const etcdId = m.start(ETCD);
  m.pass(2e6);
  const apiserverId = m.start(APISERVER);
  m.pass(6e6);
  const call = (method: string, path: string, body?: unknown, contentType?: string): Loose => {
    const { stdout, stderr } = m.run(['ask', method, path, ...(body === undefined ? [] : [JSON.stringify(body), ...(contentType === undefined ? [] : [contentType])])]);
    if (stderr !== '') throw new Error(stderr);
    const reply = JSON.parse(stdout) as { json?: Loose; text?: unknown };
    return reply.json ?? (reply.text as Loose);
  };
  return { m, etcdId, apiserverId, ask: call, list: (path) => (call('GET', path).items ?? []) as unknown as readonly Loose[] };
}
