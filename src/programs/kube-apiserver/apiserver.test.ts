import { describe, expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { boot, call } from '../../testing/apiserver.ts';
import { APISERVER as SERVER, ETCD, pkiFiles as files } from '../../testing/controlplane.ts';
import { kill as killCall, processes as processesCall, sleep, write, type Coroutine, type Program } from '../../kernel/sys.ts';
import { httpConnect, nextChunk, roundTrip, type HttpConn } from '../../lib/http/index.ts';
import { request } from '../../lib/kube/index.ts';
import { loadRestConfig } from '../../lib/kubeconfig/index.ts';
import { program as etcd } from '../etcd/index.ts';
import { program } from './index.ts';

describe('kube-apiserver', () => {
  test('boots over etcd, writes its own objects and says that it is well', () => {
    const { m, id } = boot();
    const log = m.result(id).stderr;
    expect(log).toContain('secure_serving.go:211] Serving securely on [::]:6443');
    expect(log).toContain('created PriorityClass system-node-critical with value 2000001000');
    expect(call(m, 'super-admin', 'GET', '/readyz')).toMatchObject({ status: 200, text: 'ok' });
    expect(call(m, 'super-admin', 'GET', '/livez?verbose').text).toContain('[+]poststarthook/rbac/bootstrap-roles ok\n');
    expect(call(m, 'super-admin', 'GET', '/api/v1/namespaces').json).toMatchObject({ items: ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => ({ metadata: { name } })) });
    expect(call(m, 'super-admin', 'GET', '/api/v1/namespaces/default/services/kubernetes').json.spec).toMatchObject({ clusterIP: '10.96.0.1', ports: [{ port: 443, targetPort: 6443 }] });
    const endpoints = call(m, 'super-admin', 'GET', '/api/v1/namespaces/default/endpoints/kubernetes');
    expect(endpoints.json.subsets).toEqual([{ addresses: [{ ip: '172.30.1.2' }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }]);
    expect(endpoints.headers.warning).toBe('299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"');
    expect(call(m, 'super-admin', 'GET', '/apis/rbac.authorization.k8s.io/v1/clusterroles').json.items).toHaveLength(67);
    expect(call(m, 'super-admin', 'GET', '/apis/apps/v1').json.groupVersion).toBe('apps/v1');
  });

  test('knows who asks and what they may', () => {
    const { m } = boot();
    expect(call(m, 'admin', 'GET', '/api/v1/pods').json.message).toBe('pods is forbidden: User "kubernetes-admin" cannot list resource "pods" in API group "" at the cluster scope');
    call(m, 'super-admin', 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', { metadata: { name: 'kubeadm:cluster-admins' }, roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'Group', name: 'kubeadm:cluster-admins' }] });
    expect(call(m, 'admin', 'GET', '/api/v1/pods').status).toBe(200);
    expect(call(m, 'kubelet', 'GET', '/api/v1/namespaces/default/secrets/x').json.message).toBe(`secrets "x" is forbidden: User "system:node:controlplane" cannot get resource "secrets" in API group "" in the namespace "default": no relationship found between node 'controlplane' and this object`);
    expect(call(m, 'kubelet', 'POST', '/api/v1/namespaces/default/pods', { metadata: { name: 'x' }, spec: { nodeName: 'controlplane', containers: [{ name: 'c', image: 'i' }] } }).json.message).toContain('is forbidden: error looking up service account default/default');
    const mirror = { metadata: { name: 'etcd-controlplane', annotations: { 'kubernetes.io/config.mirror': 'x' } }, spec: { nodeName: 'controlplane', priorityClassName: 'system-node-critical', containers: [{ name: 'c', image: 'i' }] } };
    expect(call(m, 'kubelet', 'POST', '/api/v1/namespaces/kube-system/pods', mirror).json.spec!.priority).toBe(2000001000);
    expect(call(m, 'scheduler', 'GET', '/api/v1/pods').status).toBe(200);
    expect(call(m, 'scheduler', 'GET', '/api/v1/secrets').json.reason).toBe('Forbidden');
    expect(call(m, 'scheduler', 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { spec: { resourceAttributes: { verb: 'list', resource: 'pods' } } }).json.status).toEqual({ allowed: true });
  });

  test('makes tokens and believes them while their account lives', () => {
    const whoami: Program = { name: 'whoami', *main([, token = '']) {
      const config = { ...(yield* loadRestConfig('/etc/kubernetes/super-admin.conf')), certPem: null, keyPem: null, token } as never;
      const response = yield* request(config, { method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body: {} });
      yield* write(1, JSON.stringify(response.body));
      return 0;
    } };
    const { m, id } = boot([whoami]);
    call(m, 'super-admin', 'POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'robot' } });
    const { json } = call(m, 'super-admin', 'POST', '/api/v1/namespaces/default/serviceaccounts/robot/token', { spec: { expirationSeconds: 3600 } });
    const token = String(json.status!.token);
    expect(token.split('.')).toHaveLength(3);
    expect(JSON.parse(m.run(['whoami', token]).stdout).json.status.userInfo).toMatchObject({ username: 'system:serviceaccount:default:robot', groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'] });
    call(m, 'super-admin', 'DELETE', '/api/v1/namespaces/default/serviceaccounts/robot');
    expect(JSON.parse(m.run(['whoami', token]).stdout).json).toMatchObject({ code: 401, message: 'Unauthorized' });
    expect(m.result(id).stderr).toContain('"Unable to authenticate the request"');
  });

});

describe('kube-apiserver, over time', () => {
  test('a watch sees what happens, for as long as it wants', () => {
    const watcher: Program = { name: 'watcher', *main(): Coroutine<number> {
      const { watch, nextEvent } = yield* watchOf('/etc/kubernetes/super-admin.conf', '/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=100&allowWatchBookmarks=true&labelSelector=a%3Db');
      for (;;) {
        const event = yield* nextEvent(watch);
        if (event === null) return 0;
        yield* write(1, `${event}\n`);
      }
    } };
    const { m } = boot([watcher]);
    const id = m.start(['watcher']);
    m.pass(1e6);
    const at = '/api/v1/namespaces/default/configmaps';
    call(m, 'super-admin', 'POST', at, { metadata: { name: 'x', labels: { a: 'b' } } });
    call(m, 'super-admin', 'POST', at, { metadata: { name: 'y' } });
    call(m, 'super-admin', 'PATCH', `${at}/x`, { data: { k: 'v' } }, 'application/merge-patch+json');
    call(m, 'super-admin', 'PATCH', `${at}/x`, { metadata: { labels: null } }, 'application/merge-patch+json');
    m.pass(130e6);
    expect(m.result(id)).toMatchObject({ code: 0, stdout: 'ADDED x\nMODIFIED x\nDELETED x\nBOOKMARK \n' });
  });

  test('can be kept and restored at any instant', () => {
    const straight = boot();
    const kept = boot();
    for (let n = 0; n < 40; n++) {
      kept.m.restore();
      kept.m.pass(n % 3 === 0 ? 333_333 : 77_777);
      straight.m.pass(n % 3 === 0 ? 333_333 : 77_777);
    }
    call(straight.m, 'super-admin', 'POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'x' } });
    call(kept.m, 'super-admin', 'POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'x' } });
    expect(call(kept.m, 'super-admin', 'GET', '/api/v1/namespaces/default/configmaps/x')).toEqual(call(straight.m, 'super-admin', 'GET', '/api/v1/namespaces/default/configmaps/x'));
  });

  test('ends as upstream does', () => {
    const run = (...argv: string[]) => { const m = bootMachine({ programs: [etcd, program], files }); return m.run(['kube-apiserver', ...argv]); };
    const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)!.replace(/^(.)\d{4} \S+ +\d+ /, '$1 ');
    const without = (flag: string, ...more: string[]) => [...SERVER.slice(1).filter((arg) => !arg.startsWith(`--${flag}=`)), ...more];
    expect(run('--authorization-modus=Node')).toMatchObject({ code: 1, stderr: 'Error: unknown flag: --authorization-modus\n' });
    expect(run('--secure-port=abc').stderr).toBe('Error: invalid argument "abc" for "--secure-port" flag: strconv.ParseInt: parsing "abc": invalid syntax\n');
    expect(lastLine(run(...without('service-cluster-ip-range', '--service-cluster-ip-range=10.96.0.0/33')).stderr)).toBe('E run.go:72] "command failed" err="service-cluster-ip-range[0] is not a valid cidr"');
    expect(lastLine(run(...without('service-account-issuer')).stderr)).toBe('E run.go:72] "command failed" err="[service-account-issuer is a required flag, --service-account-signing-key-file and --service-account-issuer are required flags]"');
    expect(lastLine(run(...without('tls-cert-file', '--tls-cert-file=/pki/nope.crt')).stderr)).toBe('E run.go:72] "command failed" err="open /pki/nope.crt: no such file or directory"');
    expect(lastLine(run(...without('service-account-signing-key-file', '--service-account-signing-key-file=/x')).stderr)).toBe('E run.go:72] "command failed" err="failed to parse service-account-issuer-key-file: open /x: no such file or directory"');
    const etcdDown = run(...SERVER.slice(1));
    expect(etcdDown.code).toBe(255);
    expect(etcdDown.tookUs).toBeGreaterThan(20e6);
    expect(etcdDown.tookUs).toBeLessThan(22e6);
    expect(etcdDown.stderr.split('\n').filter((line) => line.includes('grpc: addrConn.createTransport failed to connect to {Addr: "127.0.0.1:2379", ServerName: "127.0.0.1:2379", }. Err: connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused"')).length).toBeGreaterThan(14);
    expect(lastLine(etcdDown.stderr)).toBe('F instance.go:226] Error creating leases: error creating storage factory: context deadline exceeded');
  });

  test('outlives a restart with its data, and is not live without etcd', () => {
    const killer: Program = { name: 'killer', *main([, name = '']) {
      const { processes, kill } = yield* procs();
      for (const p of processes) if (p.program === name) yield* kill(p.pid);
      yield* sleep(1000);
      return 0;
    } };
    const { m } = boot([killer]);
    call(m, 'super-admin', 'POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'kept' } });
    m.run(['killer', 'etcd']);
    expect(call(m, 'super-admin', 'GET', '/livez')).toMatchObject({ status: 500 });
// etcd's client waits for its connection as long as the request may last.
    const down = call(m, 'super-admin', 'GET', '/api/v1/namespaces/default/configmaps/kept?timeout=5s');
    expect(down.status).toBe(504);
    expect(call(m, 'super-admin', 'POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'lost' } })).toMatchObject({ status: 504, json: { message: 'Timeout: request did not complete within requested timeout - context deadline exceeded' } });
    m.start(ETCD);
    m.pass(10e6);
    expect(call(m, 'super-admin', 'GET', '/livez')).toMatchObject({ status: 200 });
    expect(call(m, 'super-admin', 'GET', '/api/v1/namespaces/default/configmaps/kept').status).toBe(200);
  });
});

// ---- small pieces the programs above are made of ---------------------------------------------------------------

function* procs() {
  return { processes: yield* processesCall(), kill: (pid: number) => killCall(pid, 'KILL') };
}
function* watchOf(kubeconfig: string, path: string) {
  const config = yield* loadRestConfig(kubeconfig);
  const watch = yield* httpConnect({ url: config.server, tls: { serverName: '', caPem: config.caPem, insecure: false, certPem: config.certPem, keyPem: config.keyPem } });
  yield* roundTrip(watch, { method: 'GET', path, headers: { accept: 'application/json' }, body: null });
  function* nextEvent(conn: HttpConn): Coroutine<string | null> {
    const chunk = yield* nextChunk(conn);
    if (chunk === null) return null;
    const { type, object } = (chunk as { json: { type: string; object: { metadata: { name?: string } } } }).json;
    return `${type} ${object.metadata.name ?? ''}`;
  }
  return { watch, nextEvent };
}
