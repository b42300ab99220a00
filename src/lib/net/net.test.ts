import { describe, expect, test } from 'vitest';
import { accept, listen, thread, type Program } from '../../kernel/sys.ts';
import { bootMachine } from '../../testing/machine.ts';
import { write } from '../../kernel/sys.ts';
import { acceptHttp, httpConnect, jsonResponse, readRequest, respond, roundTrip, textResponse, type HttpConn } from '../http/index.ts';
import { kubeadmPki, PKI_NOT_BEFORE } from '../../distro/pki/index.ts';
import { goErrorOf, hostsLookup, parseResolvConf, searchNames, splitHostPort } from './index.ts';
import type { TlsClientOptions, TlsServerOptions } from '../tls/index.ts';

const pki = kubeadmPki({ nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE });
const pem = (path: string) => { const file = pki[`/etc/kubernetes/pki/${path}`]; return file && 'data' in file ? file.data : ''; };

/** Listens on the ports of its argument and answers every request with what it knows of the client. */
const server: Program = {
  name: 'server',
  *main() {
    const apiserver: TlsServerOptions = { certPem: pem('apiserver.crt'), keyPem: pem('apiserver.key'), clientCaPem: pem('ca.crt'), require: false };
    const etcd: TlsServerOptions = { certPem: pem('etcd/server.crt'), keyPem: pem('etcd/server.key'), clientCaPem: pem('etcd/ca.crt'), require: true };
    yield* thread('serve', { port: 6443, tls: apiserver as never });
    yield* thread('serve', { port: 2379, tls: etcd as never });
    yield* thread('serve', { port: 80, tls: null });
    const silent = yield* listen({ net: 'tcp', host: '0.0.0.0', port: 81 });
    for (;;) yield* accept(silent);
  },
  threads: {
    *serve(arg) {
      const { port, tls } = arg as unknown as { port: number; tls: TlsServerOptions | null };
      const fd = yield* listen({ net: 'tcp', host: '0.0.0.0', port });
      for (;;) yield* thread('conn', { fd: (yield* accept(fd)).fd, tls: tls as never });
    },
    *conn(arg) {
      const { fd, tls } = arg as unknown as { fd: number; tls: TlsServerOptions | null };
      const conn: HttpConn | null = yield* acceptHttp(fd, tls);
      for (let request = conn && (yield* readRequest(conn)); conn && request; request = yield* readRequest(conn)) {
        yield* respond(conn, request.path === '/text' ? textResponse(200, 'ok') : jsonResponse(200, { path: request.path, cert: conn.peerCertPem !== null }));
      }
    },
  },
};

const client: Program = {
  name: 'client',
  *main(argv) {
    const [, url, mode = ''] = argv;
    const tls: TlsClientOptions = {
      serverName: '', insecure: mode === 'insecure', caPem: mode === 'rogue' ? pem('front-proxy-ca.crt') : mode === 'etcd' || mode === 'etcd-wrong' ? pem('etcd/ca.crt') : mode === 'none' ? null : pem('ca.crt'),
      certPem: mode === 'etcd' ? pem('apiserver-etcd-client.crt') : mode === 'etcd-wrong' ? pem('apiserver-kubelet-client.crt') : null, keyPem: null,
    };
    try {
      const conn = yield* httpConnect({ url: url!, tls });
      const response = yield* roundTrip(conn, { method: 'GET', path: '/x', headers: {}, body: null });
      yield* write(1, `${response.status} ${JSON.stringify(response.body)}`);
      return 0;
    } catch (caught) {
      yield* write(1, goErrorOf(caught)?.message ?? String(caught));
      return 1;
    }
  },
};

describe('connections fail in the words of Go', () => {
  const m = bootMachine({ programs: [server, client] });
  m.start(['server']);
  m.pass(1_000);
  const ask = (...argv: string[]) => m.run(['client', ...argv]).stdout;
  test('as each cause has it', () => {
    expect(ask('https://controlplane:6443/')).toBe('200 {"json":{"path":"/x","cert":false}}');
    expect(ask('https://controlplane:6444/')).toBe('dial tcp 172.30.1.2:6444: connect: connection refused');
    expect(ask('https://localhost:6443/')).toBe('tls: failed to verify certificate: x509: certificate is valid for controlplane, kubernetes, kubernetes.default, kubernetes.default.svc, kubernetes.default.svc.cluster.local, not localhost');
    expect(ask('https://127.0.0.1:6443/')).toBe('tls: failed to verify certificate: x509: certificate is valid for 10.96.0.1, 172.30.1.2, not 127.0.0.1');
    expect(ask('https://127.0.0.1:6443/', 'insecure')).toContain('200 ');
    expect(ask('https://controlplane:6443/', 'rogue')).toBe('tls: failed to verify certificate: x509: certificate signed by unknown authority');
    expect(ask('http://controlplane:6443/')).toBe('400 {"text":"Client sent an HTTP request to an HTTPS server.\\n"}');
    expect(ask('https://controlplane:80/')).toBe('http: server gave HTTP response to HTTPS client');
    expect(ask('https://controlplane:81/')).toBe('net/http: TLS handshake timeout');
    expect(ask('https://127.0.0.1:2379/', 'etcd')).toBe('200 {"json":{"path":"/x","cert":true}}');
    expect(ask('https://127.0.0.1:2379/', 'etcd-wrong')).toBe('remote error: tls: unknown certificate authority');
    expect(ask('https://nosuch:6443/')).toMatch(/^dial tcp: lookup nosuch on 127\.0\.0\.1:53: no such host$/);
  });
});

describe('names and addresses', () => {
  test('hosts, resolv.conf, search lists', () => {
    expect(hostsLookup('127.0.0.1 localhost\n172.30.1.2 controlplane cp # c\n', 'cp')).toEqual(['172.30.1.2']);
    const conf = parseResolvConf('search default.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n');
    expect(searchNames('kubernetes', conf)).toEqual(['kubernetes.default.svc.cluster.local', 'kubernetes.svc.cluster.local', 'kubernetes']);
    expect(splitHostPort('[::1]:53')).toEqual({ host: '::1', port: 53 });
    expect(() => splitHostPort('x')).toThrow('address x: missing port in address');
  });
});
