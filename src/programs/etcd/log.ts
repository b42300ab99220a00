/** etcd's log: zap's JSON lines on standard error. */
import { formatDuration } from '../../base/duration.ts';
import { now, random, sleep, stamp, write, type Coroutine, type VTime } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { nanosOf } from '../../lib/cri/index.ts';
import { rfc3339Seconds } from '../../lib/x509/index.ts';

export type Fields = Readonly<Record<string, unknown>>;
/** `2025-08-19T00:19:02.967756Z` */
export const zapTime = (at: VTime): string => `${rfc3339Seconds(Math.floor(at / 1e6)).slice(0, -1)}.${String(at % 1e6).padStart(6, '0')}Z`;
export const zapLine = (level: string, at: VTime, caller: string, msg: string, fields: Fields = {}, logger?: string): string =>
  `${JSON.stringify({ level, ts: zapTime(at), ...(logger === undefined ? {} : { logger }), caller, msg, ...fields })}\n`;

export function* zap(level: 'info' | 'warn' | 'error' | 'panic' | 'fatal', caller: string, msg: string, fields: Fields = {}, logger?: string): Coroutine<void> {
  try {
    yield* write(2, zapLine(level, yield* stamp(), caller, msg, fields, logger));
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
}
export const info = (caller: string, msg: string, fields: Fields = {}) => zap('info', caller, msg, fields);
export const warn = (caller: string, msg: string, fields: Fields = {}) => zap('warn', caller, msg, fields);
export const raft = (msg: string) => zap('info', 'etcdserver/zap_raft.go:77', msg, {}, 'raft');

/** Works on the disk for `least` to three times as long (µs); says how long that was, as a field `took` has it. */
export function* diskWork(least: number): Coroutine<string> {
  const began = yield* now();
  const [draw = 0] = yield* random('etcd/disk');
  yield* sleep(least + (draw % (2 * least)));
  const us = (yield* now()) - began;
  return formatDuration(us + nanosOf(us, draw) / 1000);
}

/** The last line of a start that failed; the caller exits 1. */
export const discoveryFailed = (error: string) => zap('fatal', 'etcdmain/etcd.go:204', 'discovery failed', {
  error,
  stacktrace: 'go.etcd.io/etcd/server/v3/etcdmain.startEtcdOrProxyV2\n\tgo.etcd.io/etcd/server/v3/etcdmain/etcd.go:204\ngo.etcd.io/etcd/server/v3/etcdmain.Main\n\tgo.etcd.io/etcd/server/v3/etcdmain/main.go:40\nmain.main\n\tgo.etcd.io/etcd/server/v3/main.go:31\nruntime.main\n\truntime/proc.go:272',
});
