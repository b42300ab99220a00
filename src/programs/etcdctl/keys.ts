/** etcdctl get, put and del. Objects of the API server are shown as its storage prefix and their JSON, for want of protobuf. */
import { read, write, type Coroutine } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { base64Encode } from '../../lib/x509/index.ts';
import type { KeyValue, RangeRequest, RangeResponse } from '../../lib/etcd/db.ts';
import { call } from './call.ts';
import { CtlError, type Ctl } from '../../lib/etcdtool/output.ts';

const shown = ({ value }: KeyValue): string => (typeof value === 'string' ? value : value === null ? '' : encodeUtf8(`k8s\0\n${JSON.stringify(value)}`));

/** What `--sort-by` and `--order` ask for; null: as stored. Throws CtlError. */
function sorting(by: string, order: string): ((a: KeyValue, b: KeyValue) => number) | null {
  const keys: Readonly<Record<string, (kv: KeyValue) => number | string>> = { CREATE: (kv) => kv.createRevision, KEY: (kv) => kv.key, MODIFY: (kv) => kv.modRevision, VALUE: shown, VERSION: (kv) => kv.version };
  const up = order.toUpperCase();
  const target = keys[by === '' ? 'KEY' : by.toUpperCase()];
  if (!['', 'ASCEND', 'DESCEND'].includes(up)) throw new CtlError(`bad sort order ${order}`, 128);
  if (target === undefined) throw new CtlError(`bad sort target ${by}`, 128);
  if (up === '' && by === '') return null;
  const sign = up === 'DESCEND' ? -1 : 1;
  return (a, b) => { const [x, y] = [target(a), target(b)]; return sign * (x < y ? -1 : x > y ? 1 : 0); };
}

/** The keys that the arguments name: one, those with a prefix, from one on, or from one up to another. Throws CtlError. */
function* chosen({ flags, args, endpoints, timeoutUs }: Ctl, verb: 'get' | 'del', options: Pick<RangeRequest, 'revision' | 'keysOnly' | 'countOnly' | 'limit'>): Coroutine<RangeResponse> {
  const [key, end] = args;
  const [prefix, fromKey] = [flags.bool('prefix'), flags.bool('from-key')];
  if (prefix && fromKey) throw new CtlError('`--prefix` and `--from-key` cannot be set at the same time, choose one', 128);
  if ((key === undefined && !fromKey && !prefix) || args.length > 2) throw new CtlError(`${verb} command needs one argument as key and an optional argument as range_end`, 128);
  if (end !== undefined && (prefix || fromKey)) throw new CtlError('too many arguments, only accept one argument when `--prefix` or `--from-key` is set', 128);
  const range = fromKey || end !== undefined ? { key: '', prefix: true, from: key ?? '' } : { key: key ?? '', prefix };
  const found = yield* call(endpoints[0]!, '/etcdserverpb.KV/Range', { ...range, ...options, ...(end === undefined ? {} : { limit: 0, countOnly: false }) }, timeoutUs);
  if (end === undefined) return found;
  const kvs = found.kvs.filter((kv) => kv.key < end);
  const most = options.limit ?? 0;
  return { ...found, kvs: options.countOnly === true ? [] : most === 0 ? kvs : kvs.slice(0, most), count: kvs.length };
}

const simple = (kv: KeyValue, valueOnly = false): string => `${valueOnly ? '' : `${kv.key}\n`}${shown(kv)}\n`;

export function* get(ctl: Ctl): Coroutine<number> {
  const { flags, format } = ctl;
  const [rev, limit] = [flags.number('rev'), flags.number('limit')];
  const [keysOnly, countOnly] = [flags.bool('keys-only'), flags.bool('count-only')];
  if (keysOnly && countOnly) throw new CtlError('`--keys-only` and `--count-only` cannot be set at the same time, choose one', 128);
  if (!['l', 's'].includes(flags.string('consistency'))) throw new CtlError(`unknown consistency flag ${JSON.stringify(flags.string('consistency'))}`, 32);
  if (flags.bool('print-value-only') && format !== 'simple') throw new CtlError('print-value-only is only for `--write-out=simple`', 128);
  const order = sorting(flags.string('sort-by'), flags.string('order'));
  const all = yield* chosen(ctl, 'get', { ...(rev === 0 ? {} : { revision: rev }), ...(limit === 0 || order !== null ? {} : { limit }), keysOnly: keysOnly && order === null, countOnly });
  const sorted = order === null ? all.kvs : [...all.kvs].sort(order).slice(0, limit === 0 ? undefined : limit).map((kv) => (keysOnly ? { ...kv, value: null } : kv));
  const found = { ...all, kvs: sorted };
  if (format === 'json') {
    const kvs = found.kvs.map((kv) => ({ key: base64Encode(kv.key), create_revision: kv.createRevision, mod_revision: kv.modRevision, version: kv.version, ...(kv.value === null ? {} : { value: base64Encode(shown(kv)) }) }));
    yield* write(1, `${JSON.stringify({ header: { revision: found.revision }, ...(kvs.length === 0 ? {} : { kvs }), count: found.count })}\n`);
  } else if (format === 'fields') {
    for (const kv of found.kvs) yield* write(1, `"Key" : ${JSON.stringify(kv.key)}\n"CreateRevision" : ${kv.createRevision}\n"ModRevision" : ${kv.modRevision}\n"Version" : ${kv.version}\n"Value" : ${JSON.stringify(shown(kv))}\n"Lease" : ${kv.lease}\n`);
    yield* write(1, `"More" : ${found.more}\n"Count" : ${found.count}\n`);
  } else if (!countOnly) {
    for (const kv of found.kvs) yield* write(1, simple(kv, flags.bool('print-value-only')));
  }
  return 0;
}

/** Standard input to its end. */
function* input(): Coroutine<string> {
  let text = '';
  for (let part = yield* read(0); part !== ''; part = yield* read(0)) text += part;
  return text;
}

export function* put({ flags, args, endpoints, timeoutUs }: Ctl): Coroutine<number> {
  const [key, given] = args;
  if (key === undefined || args.length > 2) throw new CtlError('put command needs 1 argument and input from stdin or 2 arguments', 128);
  const value = given ?? (yield* input());
  const { kvs: [before] } = yield* call(endpoints[0]!, '/etcdserverpb.KV/Range', { key }, timeoutUs);
  yield* call(endpoints[0]!, '/etcdserverpb.KV/Txn', { compare: [], success: [{ put: key, value }], failure: [] }, timeoutUs);
  yield* write(1, `OK\n${flags.bool('prev-kv') && before !== undefined ? simple(before) : ''}`);
  return 0;
}

export function* del(ctl: Ctl): Coroutine<number> {
  const { kvs } = yield* chosen(ctl, 'del', {});
  if (kvs.length > 0) yield* call(ctl.endpoints[0]!, '/etcdserverpb.KV/Txn', { compare: [], success: kvs.map(({ key }) => ({ delete: key })), failure: [] }, ctl.timeoutUs);
  yield* write(1, `${kvs.length}\n${ctl.flags.bool('prev-kv') ? kvs.map((kv) => simple(kv)).join('') : ''}`);
  return 0;
}
