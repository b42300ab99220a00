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
    expect(fail('--foo', 'x')).toBe('2 curl: option --foo: is unknown');
    expect(fail()).toBe('2 curl: (2) no URL specified');
    expect(curl('-s', 'http://localhost:9999')).toMatchObject({ stderr: '', code: 7 });
  });
});
