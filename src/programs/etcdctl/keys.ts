/** etcdctl get, put and del. Objects of the API server are shown as its storage prefix and their JSON, for want of protobuf. */
import { write, type Coroutine } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { base64Encode } from '../../lib/x509/index.ts';
import type { KeyValue } from '../../lib/etcd/db.ts';
import { call } from './call.ts';
import { CtlError, type Ctl } from '../../lib/etcdtool/output.ts';

const shown = ({ value }: KeyValue): string => (typeof value === 'string' ? value : value === null ? '' : encodeUtf8(`k8s\0\n${JSON.stringify(value)}`));

export function* get({ flags, args, endpoints, format, timeoutUs }: Ctl): Coroutine<number> {
  const [key] = args;
  if (key === undefined && !flags.bool('from-key')) throw new CtlError('get command needs one argument as key and an optional argument as range_end', 128);
  const fromKey = flags.bool('from-key');
  if (fromKey && flags.bool('prefix')) throw new CtlError('`--prefix` and `--from-key` cannot be set at the same time, choose one', 128);
  const [rev, limit] = [flags.number('rev'), flags.number('limit')];
  const range = fromKey ? { key: '', prefix: true, from: key ?? '' } : { key: key!, prefix: flags.bool('prefix') };
  const found = yield* call(endpoints[0]!, '/etcdserverpb.KV/Range', { ...range, ...(rev === 0 ? {} : { revision: rev }), ...(limit === 0 ? {} : { limit }), keysOnly: flags.bool('keys-only'), countOnly: flags.bool('count-only') }, timeoutUs);
  if (format === 'json') {
    const kvs = found.kvs.map((kv) => ({ key: base64Encode(kv.key), create_revision: kv.createRevision, mod_revision: kv.modRevision, version: kv.version, ...(kv.value === null ? {} : { value: base64Encode(shown(kv)) }) }));
    yield* write(1, `${JSON.stringify({ header: { revision: found.revision }, ...(kvs.length === 0 ? {} : { kvs }), count: found.count })}\n`);
  } else if (format === 'fields') {
    for (const kv of found.kvs) yield* write(1, `"Key" : ${JSON.stringify(kv.key)}\n"CreateRevision" : ${kv.createRevision}\n"ModRevision" : ${kv.modRevision}\n"Version" : ${kv.version}\n"Value" : ${JSON.stringify(shown(kv))}\n"Lease" : ${kv.lease}\n`);
  } else if (!flags.bool('count-only')) {
    for (const kv of found.kvs) yield* write(1, `${flags.bool('print-value-only') ? '' : `${kv.key}\n`}${shown(kv)}\n`);
  }
  return 0;
}

export function* put({ args, endpoints, timeoutUs }: Ctl): Coroutine<number> {
  const [key, value] = args;
  if (key === undefined || value === undefined) throw new CtlError('put command needs 1 argument and input from stdin or 2 arguments', 128);
  yield* call(endpoints[0]!, '/etcdserverpb.KV/Txn', { compare: [], success: [{ put: key, value }], failure: [] }, timeoutUs);
  yield* write(1, 'OK\n');
  return 0;
}

export function* del({ flags, args, endpoints, timeoutUs }: Ctl): Coroutine<number> {
  const [key] = args;
  if (key === undefined) throw new CtlError('del command needs one argument as key and an optional argument as range_end', 128);
  const prefix = flags.bool('prefix');
  const { count } = yield* call(endpoints[0]!, '/etcdserverpb.KV/Range', { key, prefix, countOnly: true }, timeoutUs);
  yield* call(endpoints[0]!, '/etcdserverpb.KV/Txn', { compare: [], success: [{ delete: key, prefix }], failure: [] }, timeoutUs);
  yield* write(1, `${count}\n`);
  return 0;
}
