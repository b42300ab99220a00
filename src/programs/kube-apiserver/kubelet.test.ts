import { describe, expect, test } from 'vitest';
import { accept, kill, listen, processes, recv, send, sleep, thread, write, type Coroutine, type Json, type Program } from '../../kernel/sys.ts';
import { acceptHttp, endChunks, httpConnect, nextChunk, readRequest, respond, roundTrip, sendChunk, textResponse } from '../../lib/http/index.ts';
import { loadRestConfig } from '../../lib/kubeconfig/index.ts';
import { boot, call } from '../../testing/apiserver.ts';
import { pkiFiles as files } from '../../testing/controlplane.ts';

const pem = (path: string): string => { const file = files[path]; return file?.type === 'file' ? file.data : ''; };
/** A kubelet of a few lines: logs that say what was asked, and an exec that echoes. */
const kubelet: Program = {
  name: 'kubelet',
  *main() {
    const fd = yield* listen({ net: 'tcp', host: '0.0.0.0', port: 10250 });
    for (;;) yield* thread('connection', (yield* accept(fd)).fd);
  },
  threads: { *connection(fd: Json): Coroutine<void> {
    const conn = yield* acceptHttp(fd as number, { certPem: pem('/var/lib/kubelet/pki/kubelet.crt'), keyPem: pem('/var/lib/kubelet/pki/kubelet.key'), clientCaPem: pem('/etc/kubernetes/pki/ca.crt'), require: true });
    if (conn === null) return;
    const request = (yield* readRequest(conn))!;
    if (request.path.includes('waiting')) {
      yield* respond(conn, textResponse(400, 'container "c" in pod "waiting" is waiting to start: ContainerCreating'));
    } else if (request.path.startsWith('/containerLogs/')) {
      yield* respond(conn, { status: 200, headers: {}, body: null, stream: true });
      yield* sendChunk(conn, { text: `${request.path}\n` });
      yield* endChunks(conn);
    } else {
      yield* respond(conn, { status: 101, headers: {}, body: null, stream: false });
      yield* send(conn.fd, { stdout: `${request.path}\n` });
      yield* send(conn.fd, yield* recv(conn.fd));
      yield* send(conn.fd, { exit: 3 });
    }
  } },
};

/** Reads a stream of the API: a followed log's chunks, or an exec's frames after sending one. */
const stream: Program = { name: 'stream', *main([, path = '', input]) {
  const config = yield* loadRestConfig('/etc/kubernetes/super-admin.conf');
  const conn = yield* httpConnect({ url: config.server, tls: { serverName: '', caPem: config.caPem, insecure: false, certPem: config.certPem, keyPem: config.keyPem } });
  const { status, body } = yield* roundTrip(conn, { method: 'GET', path, headers: {}, body: null });
  yield* write(1, `${status}\n`);
  if (body !== null) yield* write(1, 'text' in body ? body.text : `${(body.json as { message: string }).message}\n`);
  if (status === 200) for (let chunk = yield* nextChunk(conn); chunk !== null; chunk = yield* nextChunk(conn)) yield* write(1, (chunk as { text: string }).text);
  if (status !== 101) return 0;
  yield* send(conn.fd, { stdin: input ?? '' });
  for (let frame = yield* recv(conn.fd); frame !== null; frame = yield* recv(conn.fd)) yield* write(1, `${JSON.stringify(frame)}\n`);
  return 0;
} };

describe('the way to the kubelet', () => {
  const pod = (name: string, nodeName?: string) => ({ metadata: { name }, spec: { ...(nodeName === undefined ? {} : { nodeName }), automountServiceAccountToken: false, containers: [{ name: 'c', image: 'i' }, ...(name === 'two' ? [{ name: 'd', image: 'i' }] : [])] } });
  const at = '/api/v1/namespaces/default/pods';
  function cluster() {
    const { m } = boot([kubelet, stream]);
    call(m, 'super-admin', 'POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } });
    call(m, 'super-admin', 'POST', '/api/v1/nodes', { metadata: { name: 'controlplane' }, status: { addresses: [{ type: 'Hostname', address: 'controlplane' }, { type: 'InternalIP', address: '172.30.1.2' }] } });
    for (const [name, node] of [['one', 'controlplane'], ['two', 'controlplane'], ['waiting', 'controlplane'], ['pending', undefined]] as const) call(m, 'super-admin', 'POST', at, pod(name, node));
    return m;
  }

  test('logs and execs pass through, with the kubelet’s refusals in the server’s words', () => {
    const m = cluster();
    expect(m.run(['stream', `${at}/one/log`]).stdout).toBe('500\nGet "https://172.30.1.2:10250/containerLogs/default/one/c": dial tcp 172.30.1.2:10250: connect: connection refused\n');
    expect(m.run(['stream', `${at}/one/exec?command=ls&stdout=true`]).stdout).toBe('500\nerror dialing backend: dial tcp 172.30.1.2:10250: connect: connection refused\n');
    m.start(['kubelet']);
    m.pass(1000);
    expect(m.run(['stream', `${at}/one/log?tailLines=5&container=c`]).stdout).toBe('200\n/containerLogs/default/one/c?tailLines=5\n');
    expect(m.run(['stream', `${at}/two/log`]).stdout).toBe('400\na container name must be specified for pod two, choose one of: [c d]\n');
    expect(m.run(['stream', `${at}/two/log?container=x`]).stdout).toBe('400\ncontainer x is not valid for pod two\n');
    expect(m.run(['stream', `${at}/waiting/log`]).stdout).toBe('400\ncontainer "c" in pod "waiting" is waiting to start: ContainerCreating\n');
    expect(m.run(['stream', `${at}/pending/log`]).stdout).toBe('200\n');
    expect(m.run(['stream', `${at}/one/exec?command=sh&command=-c&stdin=true&stdout=true`, 'hello']).stdout).toBe('101\n{"stdout":"/exec/default/one/c?command=sh&command=-c&input=1&output=1\\n"}\n{"stdin":"hello"}\n{"exit":3}\n');
  });

  test('a server that is told to go takes no more, and goes when its watches do', () => {
    const killer: Program = { name: 'killer', *main([, name = '', signal = 'TERM']) {
      for (const p of yield* processes()) if (p.program === name) yield* kill(p.pid, signal as 'TERM');
      yield* sleep(1000);
      return 0;
    } };
    const { m, id } = boot([stream, killer]);
    const watch = m.start(['stream', '/api/v1/namespaces?watch=true&timeoutSeconds=20']);
    m.pass(1e6);
    m.run(['killer', 'kube-apiserver']);
    m.pass(50_000);
    expect(m.result(id).stderr).toContain('Resetting endpoints for master service "kubernetes" to []');
    expect(m.result(id).stderr).toContain('Stopped listening on [::]:6443');
    expect(call(m, 'super-admin', 'GET', '/livez').error).toContain('connect: connection refused');
    m.pass(10e6);
    expect(m.result(id).code).toBe(-1);
    m.pass(15e6);
    expect(m.result(watch).code).toBe(0);
    expect(m.result(id).code).toBe(0);
  });
});
