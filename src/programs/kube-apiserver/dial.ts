/** The first connection to etcd: three gRPC channels that try and back off until one works or 20 seconds are over. */
import { now, random, sleep, type Coroutine, type VTime } from '../../kernel/sys.ts';
import { etcdDial, transportError, type EtcdConfig } from '../../lib/etcd/client.ts';
import { closeConn } from '../../lib/http/index.ts';
import { klogWarn } from '../../lib/klog/index.ts';
import { GoError, joinHostPort, parseUrl } from '../../lib/net/index.ts';

/** gRPC's connection back-off: 1 s, then 1.6 times more each time up to 120 s, jittered by a fifth. */
export function backoffUs(failures: number, word: number): number {
  let us = 1_000_000;
  for (let i = 0; i < failures; i++) us = Math.min(us * 1.6, 120_000_000);
  return failures === 0 ? us : Math.round(us * (0.8 + (0.4 * (word % 1000)) / 1000));
}

const TIMEOUT_US = 20_000_000;

const address = (endpoint: string): string => {
  const { host, port } = parseUrl(endpoint);
  return joinHostPort(host, port);
};

/** gRPC's warning about a connection that failed; `why` is the error's text with or without its gRPC wrapping. */
export function* dialWarning(endpoint: string, channel: string, why: string): Coroutine<void> {
  const at = address(endpoint);
  const desc = /desc = connection error: (desc = .*)$/.exec(why)?.[1] ?? (why.startsWith('desc = ') ? why : `desc = ${JSON.stringify(why)}`);
  yield* klogWarn('logging.go:55', `[core] [Channel ${channel}]grpc: addrConn.createTransport failed to connect to {Addr: ${JSON.stringify(at)}, ServerName: ${JSON.stringify(at)}, }. Err: connection error: ${desc}`);
}

interface Channel { readonly name: string; readonly failures: number; readonly at: VTime }

function* tryOnce(etcd: EtcdConfig, { name }: Channel): Coroutine<boolean> {
  try {
    yield* closeConn(yield* etcdDial(etcd, TIMEOUT_US));
    return true;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* dialWarning(etcd.endpoint, name, `desc = ${transportError(caught)}`);
    return false;
  }
}

/** True when etcd answered; `between` runs once all channels made their first attempt but the last. */
export function* dialEtcd(etcd: EtcdConfig, between: () => Coroutine<void>): Coroutine<boolean> {
  const start = yield* now();
  let channels: readonly Channel[] = [{ name: '#3 SubChannel #4', failures: 0, at: start }, { name: '#1 SubChannel #2', failures: 0, at: start + 50 }, { name: '#5 SubChannel #6', failures: 0, at: start + 19_000 }];
  let deadline = start + 19_000 + TIMEOUT_US;
  let introduced = false;
  for (;;) {
    const [next] = [...channels].sort((a, b) => a.at - b.at);
    const at = yield* now();
    if (next!.failures === 0 && next!.name.startsWith('#5') && !introduced) {
      yield* between();
      introduced = true;
      deadline = (yield* now()) + TIMEOUT_US;
    }
    if (next!.at >= deadline) {
      yield* sleep(deadline - at);
      return false;
    }
    if (next!.at > at) yield* sleep(next!.at - at);
    if (yield* tryOnce(etcd, next!)) {
      if (!introduced) yield* between();
      return true;
    }
    const [word = 0] = yield* random('apiserver/grpc');
    const again = { ...next!, failures: next!.failures + 1, at: (yield* now()) + backoffUs(next!.failures, word) };
    channels = channels.map((channel) => (channel.name === again.name ? again : channel));
  }
}
