/** etcd and kube-apiserver on a bare machine, and a program that asks the server as any of kubeadm's identities: for tests. */
import { APISERVER, ETCD, pkiFiles } from './controlplane.ts';
import { bootMachine, type Machine } from './machine.ts';
import { sleep, write, type Program } from '../kernel/sys.ts';
import { request } from '../lib/kube/index.ts';
import { loadRestConfig } from '../lib/kubeconfig/index.ts';
import { GoError } from '../lib/net/index.ts';
import { program as etcd } from '../programs/etcd/index.ts';
import { program as apiserver } from '../programs/kube-apiserver/index.ts';

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
  const m = bootMachine({ programs: [etcd, apiserver, ask, init, ...more], files: pkiFiles });
  m.start(['init']);
  const etcdId = m.start(ETCD);
  m.pass(2e6);
  const id = m.start(APISERVER);
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
