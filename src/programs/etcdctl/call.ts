/** One call with etcdctl's patience: it tries again until the command's time is over, and says why it could not. */
import { now, sleep, type Coroutine } from '../../kernel/sys.ts';
import { etcdCall, type EtcdConfig } from '../../lib/etcd/client.ts';
import { EtcdError } from '../../lib/etcd/db.ts';
import type { Method, Rpcs } from '../../lib/etcd/rpc.ts';
import { CtlError, log } from '../../lib/etcdtool/output.ts';

const hostPort = (endpoint: string): string => endpoint.replace(/^[a-z]+:\/\//, '');

/** Throws CtlError: etcd's own words, or `context deadline exceeded` after the line that says what stood in the way. */
export function* call<M extends Method>(config: EtcdConfig, method: M, body: Rpcs[M][0], timeoutUs: number): Coroutine<Rpcs[M][1]> {
  const deadline = (yield* now()) + timeoutUs;
  let pause = 1_000_000;
  for (;;) {
    try {
      return yield* etcdCall(config, method, body, timeoutUs);
    } catch (caught) {
      if (!(caught instanceof EtcdError)) throw caught;
      if (caught.code !== 'Unavailable') throw new CtlError(caught.message);
      const left = deadline - (yield* now());
      if (left > pause) {
        yield* sleep(pause);
        pause = Math.round(pause * 1.6);
        continue;
      }
      yield* sleep(Math.max(left, 0));
      const why = caught.message.replace(/^rpc error: code = Unavailable desc = /, '');
      yield* log('warn', 'v3/retry_interceptor.go:63', 'retrying of unary invoker failed', { target: `etcd-endpoints://0xc00037e1e0/${hostPort(config.endpoint)}`, attempt: 0, error: `rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: ${why}` }, 'client');
      throw new CtlError('context deadline exceeded');
    }
  }
}
