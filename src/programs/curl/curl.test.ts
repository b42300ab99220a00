import { describe, expect, test } from 'vitest';
import { bootControlPlane } from '../../testing/controlplane.ts';
import { program } from './index.ts';

describe('curl', () => {
  const plane = bootControlPlane([program]);
  const curl = (...argv: string[]) => plane.m.run(['curl', ...argv], { limitUs: 60e6 });
  const PKI = '/etc/kubernetes/pki';
  test('fetches', () => {
    expect(curl('-sk', 'https://localhost:6443/healthz')).toMatchObject({ stdout: 'ok', stderr: '', code: 0 });
    expect(curl('-s', '--cacert', `${PKI}/ca.crt`, 'https://controlplane:6443/livez').stdout).toBe('ok');
    expect(curl('-sk', 'https://localhost:6443/version').stdout).toMatch(/^\{\n {2}"major": "1",\n/);
    expect(curl('-sk', '-o', '/dev/null', '-w', '%{http_code}\\n', 'https://localhost:6443/api').stdout).toBe('403\n');
    expect(curl('-sk', '-i', 'https://localhost:6443/healthz').stdout).toMatch(/^HTTP\/2 200 \r\n(?:.*\r\n)*\r\nok$/);
    expect(curl('-s', '--cacert', `${PKI}/etcd/ca.crt`, '--cert', `${PKI}/apiserver-etcd-client.crt`, '--key', `${PKI}/apiserver-etcd-client.key`, 'https://127.0.0.1:2379/health').code).toBe(0);
    expect(curl('-s', '--cacert', `${PKI}/ca.crt`, '--cert', `${PKI}/apiserver-kubelet-client.crt`, '--key', `${PKI}/apiserver-kubelet-client.key`, '-w', '%{http_code}', 'https://controlplane:6443/api/v1/nodes').stdout).toMatch(/403$/);
  });
  test('tells with -v', () => {
    const { stderr } = curl('-v', '--cacert', `${PKI}/ca.crt`, 'https://controlplane:6443/livez');
    const lines = stderr.split('\n');
    expect(lines.slice(0, 8)).toEqual([
      '*   Trying 172.30.1.2:6443...', '* Connected to controlplane (172.30.1.2) port 6443 (#0)', '* ALPN: offers h2,http/1.1', '* TLSv1.3 (OUT), TLS handshake, Client hello (1):',
      `*  CAfile: ${PKI}/ca.crt`, '*  CApath: /etc/ssl/certs', '* TLSv1.3 (IN), TLS handshake, Server hello (2):', '* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):',
    ]);
    expect(stderr).toContain('*  subjectAltName: host "controlplane" matched cert\'s "controlplane"\n*  issuer: CN=kubernetes\n*  SSL certificate verify ok.\n* using HTTP/2\n* h2h3 [:method: GET]\n');
    expect(curl('-v', '-s', 'http://127.0.0.1:9').stderr).toBe('*   Trying 127.0.0.1:9...\n* connect to 127.0.0.1 port 9 failed: Connection refused\n* Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn\'t connect to server\n* Closing connection 0\n');
  });
  test('heads: Go’s servers sort theirs and add two', () => {
    const names = (...argv: string[]) => curl('-sk', '-I', ...argv).stdout.split('\r\n').slice(1).map((line) => line.split(':')[0]).filter((name) => name !== '');
    expect(names('https://localhost:6443/healthz')).toEqual(['audit-id', 'cache-control', 'content-type', 'x-content-type-options', 'content-length', 'date']);
    expect(names('http://127.0.0.1:2381/health')).toEqual(['Content-Type', 'Date', 'Content-Length']);
    expect(curl('-s', 'http://127.0.0.1:2381/health').stdout).toBe('{"health":"true","reason":""}');
  });
  test('telnet reaches a port, or does not', () => {
    expect(curl('-v', 'telnet://127.0.0.1:2381').stderr).toBe('*   Trying 127.0.0.1:2381...\n* Connected to 127.0.0.1 (127.0.0.1) port 2381 (#0)\n* Closing connection 0\n');
    expect(curl('telnet://127.0.0.1:9')).toMatchObject({ code: 7, stderr: "curl: (7) Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server\n" });
  });
  test('fails with its own codes and words', () => {
    const fail = (...argv: string[]) => { const { code, stderr } = curl(...argv); return `${code} ${stderr.split('\n')[0]}`; };
    expect(fail('-s', '-S', 'https://localhost:6443/healthz')).toBe('60 curl: (60) SSL certificate problem: unable to get local issuer certificate');
    expect(fail('-sS', '--cacert', `${PKI}/ca.crt`, 'https://localhost:6443/healthz')).toBe("60 curl: (60) SSL: no alternative certificate subject name matches target host name 'localhost'");
    expect(fail('-sS', 'http://localhost:9999')).toBe("7 curl: (7) Failed to connect to localhost port 9999 after 0 ms: Couldn't connect to server");
    expect(fail('-sS', 'http://nosuch/')).toBe('6 curl: (6) Could not resolve host: nosuch');
    expect(fail('-sS', 'https://127.0.0.1:2381/health')).toBe('35 curl: (35) error:0A00010B:SSL routines::wrong version number');
    expect(fail('-sSkf', 'https://localhost:6443/api')).toBe('22 curl: (22) The requested URL returned error: 403');
    expect(fail('-sSk', 'https://127.0.0.1:2379/health')).toBe('56 curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0');
    expect(fail('-sSk', '--cert', '/nope', 'https://127.0.0.1:2379/health')).toMatch(/^58 /);
    expect(fail('-sS', '--http2', 'http://127.0.0.1:2381/health')).toBe('1 curl: (1) --http2 without TLS is not available in this lab');
    expect(curl('--no-progress-meter', '-o', '/dev/null', '--compressed', '-v', 'http://127.0.0.1:2381/health').stderr).toMatch(/^> Accept-Encoding: deflate, gzip, br, zstd$/m);
    expect(fail('--foo', 'x')).toBe('2 curl: option --foo: is unknown');
    expect(fail()).toBe('2 curl: (2) no URL specified');
    expect(curl('-s', 'http://localhost:9999')).toMatchObject({ stderr: '', code: 7 });
  });
});
