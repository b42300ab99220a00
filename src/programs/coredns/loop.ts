/**
 * CoreDNS's loop plugin: at the start it asks itself for a name nobody else can know. A query that was forwarded and came back
 * is seen again, and a server that forwards to itself had better end. Models coredns plugin/loop.
 */
import { exit, get, now, put, random, sleep, write, type Coroutine, type Json } from '../../kernel/sys.ts';
import { joinHostPort, queryServer, type DnsQuery } from '../../lib/net/index.ts';

const TABLE = 'loop';
const TRY_US = 30_000_000;
/** How often the question may come by: once asked, once forwarded by a neighbour. */
const MOST_SEEN = 2;
interface Loop { readonly name: string; readonly port: number; readonly seen: number; readonly over: boolean }

/** A number of up to 19 digits, as Go's rand.Int() has. */
const digits = ([high = 0, low = 0]: readonly number[]): string => ((BigInt(high) << 31n) | BigInt(low)).toString();

/** The thread: asks until somebody answers or half a minute has passed; then the question means nothing more. */
export function* askItself(arg: Json): Coroutine<void> {
  const { port } = arg as { port: number };
  const until = (yield* now()) + TRY_US;
  const loop: Loop = { name: `${digits(yield* random('coredns/loop', 2))}.${digits(yield* random('coredns/loop', 2))}`, port, seen: 0, over: false };
  while ((yield* now()) < until) {
    yield* put(TABLE, 'loop', loop);
    const [id = 0] = yield* random('coredns/loop');
    const answer = yield* queryServer('127.0.0.1', { dns: 'query', id: id % 65536, name: loop.name, type: 'HINFO' }, 2_000_000, port);
    if (!('errno' in answer)) break;
    yield* sleep(1_000_000);
  }
  if ((yield* now()) < until) yield* sleep(2_000_000);
  yield* put(TABLE, 'loop', { ...loop, over: true });
}

/** Counts the question when this is it, and ends the server when it came round. */
export function* watchLoop(query: DnsQuery, from: { readonly host: string; readonly port: number }): Coroutine<void> {
  if (query.type !== 'HINFO') return;
  const loop = yield* get<Loop>(TABLE, 'loop');
  if (loop === undefined || loop.over || loop.name !== query.name) return;
  const seen = loop.seen + 1;
  yield* put(TABLE, 'loop', { ...loop, seen });
  if (seen <= MOST_SEEN) return;
  yield* write(1, `[FATAL] plugin/loop: Loop (${joinHostPort(from.host, from.port)} -> :${loop.port}) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO ${loop.name}."\n`);
  yield* exit(1);
}
