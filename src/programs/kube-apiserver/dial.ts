/** The first connection to etcd: three gRPC channels, each a thread, that try and back off until one works or 20 seconds are over. */
import { checkpoint, endThread, now, poll, put, random, sleep, thread, threads, view, type Coroutine, type Json } from '../../kernel/sys.ts';
import { etcdDial, interpret, transportError, type EtcdConfig } from '../../lib/etcd/client.ts';
import { closeConn } from '../../lib/http/index.ts';
import { klogWarn } from '../../lib/klog/index.ts';
import { GoError } from '../../lib/net/index.ts';

/** gRPC's connection back-off: 1 s, then 1.6 times more each time up to 120 s, jittered by a fifth. */
export function backoffUs(failures: number, word: number): number {
  let us = 1_000_000;
  for (let i = 0; i < failures; i++) us = Math.min(us * 1.6, 120_000_000);
  return failures === 0 ? us : Math.round(us * (0.8 + (0.4 * (word % 1000)) / 1000));
}

const TIMEOUT_US = 20_000_000;

/** gRPC's warning about a connection that failed; `why` is the error's text with or without its gRPC wrapping. */
export function* dialWarning(endpoint: string, channel: string, why: string): Coroutine<void> {
  const { address, serverName } = interpret(endpoint);
  const desc = /desc = connection error: (desc = .*)$/.exec(why)?.[1] ?? (why.startsWith('desc = ') ? why : `desc = ${JSON.stringify(why)}`);
  yield* klogWarn('logging.go:55', `[core] [Channel ${channel}]grpc: addrConn.createTransport failed to connect to {Addr: ${JSON.stringify(address)}, ServerName: ${JSON.stringify(serverName)}, }. Err: connection error: ${desc}`);
}

interface Channel { readonly name: string; readonly failures: number; readonly etcd: EtcdConfig }

/** Thread `dial`: one channel, which tries until it is connected. A table tells that it is; who waits ends it. */
export function* dial(arg: Json, saved?: Json): Coroutine<void> {
  let channel = (saved ?? arg) as unknown as Channel;
  for (;;) {
    yield* checkpoint(channel as unknown as Json);
    try {
      yield* closeConn(yield* etcdDial(channel.etcd, TIMEOUT_US));
      yield* put('dial', 'connected', true);
      return;
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* dialWarning(channel.etcd.endpoint, channel.name, `desc = ${transportError(caught)}`);
    }
    const [word = 0] = yield* random('apiserver/grpc');
    const pause = backoffUs(channel.failures, word);
    channel = { ...channel, failures: channel.failures + 1 };
    yield* sleep(pause);
  }
}

function* open(name: string, etcd: EtcdConfig): Coroutine<number> {
  return yield* thread('dial', { name, failures: 0, etcd } satisfies Channel as unknown as Json);
}

/** True when etcd answered; `between` runs when the first two channels made their first attempt. */
export function* dialEtcd(etcd: EtcdConfig, between: () => Coroutine<void>): Coroutine<boolean> {
  const tids = [yield* open('#3 SubChannel #4', etcd)];
  yield* sleep(50);
  tids.push(yield* open('#1 SubChannel #2', etcd));
  yield* sleep(18_950);
  yield* between();
  const deadline = (yield* now()) + TIMEOUT_US;
  tids.push(yield* open('#5 SubChannel #6', etcd));
  for (;;) {
    const table = yield* view('dial');
    const left = deadline - (yield* now());
    const connected = table.has('connected');
    if (!connected && left > 0) {
      yield* poll({ tables: [{ table: 'dial', since: table.version }], timeout: left });
      continue;
    }
    for (const { tid, name } of yield* threads()) if (name === 'dial' && tids.includes(tid)) yield* endThread(tid);
    return connected;
  }
}
