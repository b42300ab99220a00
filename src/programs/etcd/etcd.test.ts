import { describe, expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { write } from '../../kernel/sys.ts';
import { etcdCall, etcdWatch, etcdWatchNext, type EtcdConfig } from '../../lib/etcd/client.ts';
import { EtcdError } from '../../lib/etcd/db.ts';
import { program } from './index.ts';
import { parseFlags } from './flags.ts';

const http = ['etcd', '--name=controlplane', '--data-dir=/var/lib/etcd', '--listen-client-urls=http://127.0.0.1:2379', '--advertise-client-urls=http://127.0.0.1:2379',
  '--listen-peer-urls=http://127.0.0.1:2380', '--initial-advertise-peer-urls=http://127.0.0.1:2380', '--initial-cluster=controlplane=http://127.0.0.1:2380', '--listen-metrics-urls=http://127.0.0.1:2381'];
const config: EtcdConfig = { endpoint: 'http://127.0.0.1:2379', caPem: null, certPem: null, keyPem: null };

/** A program that runs one coroutine and prints what it gives. */
const client = (body: () => Coroutine<unknown>): Program => ({ name: 'client', *main() {
  try {
    yield* write(1, JSON.stringify(yield* body() as Coroutine<Json>));
    return 0;
  } catch (caught) {
    if (!(caught instanceof EtcdError)) throw caught;
    yield* write(2, caught.message);
    return 1;
  }
} });

describe('etcd', () => {
  test('keeps what a client puts, over a restart', () => {
    const put = client(function* () {
      const watch = yield* etcdWatch(config, { prefix: '/a', from: 2 });
      const { id } = yield* etcdCall(config, '/etcdserverpb.Lease/LeaseGrant', { ttlSeconds: 5 });
      yield* etcdCall(config, '/etcdserverpb.KV/Txn', { compare: [], success: [{ put: '/a/x', value: { n: 1 } }, { put: '/b', value: 1, lease: id }], failure: [] });
      return yield* etcdWatchNext(watch);
    });
    const m = bootMachine({ programs: [program, put] });
    m.start(http);
    m.pass(3e6);
    expect(JSON.parse(m.run(['client']).stdout)).toMatchObject({ revision: 2, events: [{ key: '/a/x', revision: 2, kv: { value: { n: 1 }, modRevision: 2 } }] });
    const db = m.world.readFile('controlplane', '/var/lib/etcd/member/snap/db');
    expect(db).toBeDefined();
  });
  test('refuses what it does not know, and says so as Go does', () => {
    const m = bootMachine({ programs: [program] });
    const unknown = m.run(['etcd', '--data-dirr=/x']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr.split('\n')[0]).toBe('flag provided but not defined: -data-dirr');
    expect(unknown.stderr).toContain('Usage:\n\n  etcd [flags]\n    Start an etcd server.');
    expect(parseFlags(['--client-cert-auth=maybe'])).toEqual({ error: 'invalid boolean value "maybe" for -client-cert-auth: parse error', usage: true });
    expect(parseFlags(['--snapshot-count', 'x'])).toEqual({ error: 'invalid value "x" for flag -snapshot-count: parse error', usage: true });
    expect(m.run(['etcd', '--auto-compaction-retention=1h'])).toMatchObject({ code: 1, stderr: 'etcd: --auto-compaction-retention is not available in this lab\n' });
    expect(parseFlags(['--auto-tls=false', '--heartbeat-interval=200'])).not.toHaveProperty('error');
    expect(parseFlags(['--name'])).toEqual({ error: 'flag needs an argument: -name', usage: true });
  });
  test('a certificate that is not there, a foreign address and a port in use end it', () => {
    const m = bootMachine({ programs: [program] });
    const missing = m.run(http.map((arg) => arg.replace('listen-client-urls=http', 'listen-client-urls=https')).concat('--cert-file=/pki/server.crtt', '--key-file=/pki/server.key'));
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('"msg":"discovery failed","error":"open /pki/server.crtt: no such file or directory"');
    expect(m.run(http.map((arg) => arg.replace('listen-peer-urls=http://127.0.0.1', 'listen-peer-urls=http://172.30.1.99'))).stderr).toContain('"error":"listen tcp 172.30.1.99:2380: bind: cannot assign requested address"');
    expect(m.run([...http, '--name=other', '--data-dir=/var/lib/new']).stderr).toContain(`couldn't find local name \\"other\\" in the initial cluster configuration`);
    m.start(http);
    m.pass(2e6);
    expect(m.run(http).stderr).toContain('"error":"listen tcp 127.0.0.1:2380: bind: address already in use"');
  });
  test('a client without etcd hears that nobody is there', () => {
    const m = bootMachine({ programs: [program, client(() => etcdCall(config, '/etcdserverpb.KV/Range', { key: '/' }))] });
    expect(m.run(['client'])).toMatchObject({ code: 1, stderr: 'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused"' });
  });
});
