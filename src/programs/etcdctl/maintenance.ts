/** etcdctl alarm, compaction and defrag: how room is made in a store that is full. */
import { write, type Coroutine } from '../../kernel/sys.ts';
import { alarmText } from '../../lib/etcd/space.ts';
import { CtlError, type Ctl } from '../../lib/etcdtool/output.ts';
import { call } from './call.ts';

const alarm = (verb: 'list' | 'disarm', action: 'get' | 'deactivate') => function* ({ args, endpoints, timeoutUs }: Ctl): Coroutine<number> {
  if (args.length !== 0) throw new CtlError(`alarm ${verb} command accepts no arguments`, 128);
  const { alarms } = yield* call(endpoints[0]!, '/etcdserverpb.Maintenance/Alarm', { action }, timeoutUs);
  for (const raised of alarms) yield* write(1, `${alarmText(raised)}\n`);
  return 0;
};
export const alarmList = alarm('list', 'get');
export const alarmDisarm = alarm('disarm', 'deactivate');

export function* compaction({ args: [given, ...more], endpoints, timeoutUs }: Ctl): Coroutine<number> {
  if (given === undefined || more.length > 0) throw new CtlError('compaction command needs 1 argument', 128);
  if (!/^[+-]?\d+$/.test(given)) throw new CtlError(`strconv.ParseInt: parsing ${JSON.stringify(given)}: invalid syntax`);
  const revision = Number(given);
  yield* call(endpoints[0]!, '/etcdserverpb.KV/Compact', { revision }, timeoutUs);
  yield* write(1, `compacted revision ${revision}\n`);
  return 0;
}

export function* defrag({ endpoints, timeoutUs }: Ctl): Coroutine<number> {
  let failures = 0;
  for (const config of endpoints) {
    try {
      yield* call(config, '/etcdserverpb.Maintenance/Defragment', {}, timeoutUs);
      yield* write(1, `Finished defragmenting etcd member[${config.shown}]\n`);
    } catch (caught) {
      if (!(caught instanceof CtlError)) throw caught;
      failures++;
      yield* write(2, `Failed to defragment etcd member[${config.shown}] (${caught.message})\n`);
    }
  }
  return failures === 0 ? 0 : 1;
}
