/** ping of iputils, and BusyBox'. ICMP is not modelled: a host answers when a connection to it is refused or accepted, and is dead when it times out. */
import { errnoOf, type Errno } from '../../kernel/errno.ts';
import { checkpoint, close, connect, cpu, now, random, sigaction, sleep, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { appletUsage, busyboxHere } from '../../lib/busybox/index.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { GoError, lookupHost } from '../../lib/net/index.ts';

interface State { readonly host: string; readonly ip: string; readonly count: number | null; readonly intervalUs: number; readonly waitUs: number; readonly quiet: boolean; readonly busybox: boolean; readonly sent: number; readonly times: readonly number[]; readonly startedAt: number }

/** Round trip in µs, or why there was none. */
function* probe(ip: string, waitUs: number): Coroutine<number | Errno> {
  try {
    yield* close(yield* connect({ net: 'tcp', host: ip, port: 7 }, waitUs));
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    if (code !== 'ECONNREFUSED') return code;
  }
  const [noise = 0] = yield* random('ping');
  return (ip.startsWith('127.') ? 30 : 280) + (noise % 120);
}

const ms = (us: number): string => (us / 1000).toFixed(3);

function* summary(s: State, at: number): Coroutine<number> {
  const received = s.times.length;
  const loss = s.sent === 0 ? 0 : Math.floor(((s.sent - received) * 100) / s.sent);
  const mean = received === 0 ? 0 : s.times.reduce((a, b) => a + b, 0) / received;
  if (s.busybox) {
    yield* write(1, `\n--- ${s.host} ping statistics ---\n${s.sent} packets transmitted, ${received} packets received, ${loss}% packet loss\n${received > 0 ? `round-trip min/avg/max = ${ms(Math.min(...s.times))}/${ms(mean)}/${ms(Math.max(...s.times))} ms\n` : ''}`);
    return received > 0 ? 0 : 1;
  }
  const spread = received === 0 ? 0 : Math.sqrt(s.times.reduce((a, b) => a + (b - mean) * (b - mean), 0) / received);
  yield* write(1, `\n--- ${s.host} ping statistics ---\n${s.sent} packets transmitted, ${received} received, ${loss}% packet loss, time ${Math.floor((at - s.startedAt) / 1000)}ms\n`);
  yield* write(1, received > 0 ? `rtt min/avg/max/mdev = ${ms(Math.min(...s.times))}/${ms(mean)}/${ms(Math.max(...s.times))}/${ms(spread)} ms\n` : '\n');
  return received > 0 ? 0 : 1;
}

function* start(argv: readonly string[]): Coroutine<State | number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'c:i:W:w:qn46s:t:I:');
  const host = operands[0];
  const value = (name: string) => options.findLast((o) => o.name === name)?.value ?? null;
  const build = yield* busyboxHere();
  if (build !== null && (error !== null || host === undefined)) return yield* appletUsage(build, 'ping', error ?? '');
  if (error !== null || host === undefined) {
    yield* write(2, error === null ? 'ping: usage error: Destination address required\n' : `ping: ${error}\n\nUsage\n  ping [options] <destination>\n`);
    return error === null ? 1 : 2;
  }
  let ip: string | undefined;
  try {
    ip = (yield* lookupHost(host)).find((a) => !a.includes(':'));
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
  }
  if (ip === undefined) {
    yield* write(2, build === null ? `ping: ${host}: Name or service not known\n` : `ping: bad address '${host}'\n`);
    return build === null ? 2 : 1;
  }
  yield* sigaction('INT', 'catch');
  yield* write(1, build === null ? `PING ${host} (${ip}) 56(84) bytes of data.\n` : `PING ${host} (${ip}): 56 data bytes\n`);
  return { host, ip, count: value('c') === null ? null : Number(value('c')), intervalUs: Number(value('i') ?? 1) * 1e6, waitUs: Number(value('W') ?? 10) * 1e6, quiet: options.some((o) => o.name === 'q'), busybox: build !== null, sent: 0, times: [], startedAt: yield* now() };
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  const first = (saved as unknown as State | undefined) ?? (yield* start(argv));
  if (typeof first === 'number') return first;
  let s = first;
  for (;;) {
    yield* checkpoint(s);
    try {
      const got = yield* probe(s.ip, Math.min(s.waitUs, s.intervalUs));
      s = { ...s, sent: s.sent + 1, times: typeof got === 'number' ? [...s.times.slice(-999), got] : s.times };
      if (s.busybox) {
        if (typeof got === 'number' && !s.quiet) yield* write(1, `64 bytes from ${s.ip}: seq=${s.sent - 1} ttl=64 time=${ms(got)} ms\n`);
      } else if (got === 'EHOSTUNREACH' || got === 'ENETUNREACH') yield* write(1, `From 172.30.1.2 icmp_seq=${s.sent} Destination Host Unreachable\n`);
      else if (typeof got === 'number' && !s.quiet) yield* write(1, `64 bytes from ${s.host === s.ip ? s.ip : `${s.host} (${s.ip})`}: icmp_seq=${s.sent} ttl=64 time=${ms(got)} ms\n`);
      if (s.count !== null && s.sent >= s.count) return yield* summary(s, yield* now());
      if (typeof got === 'number') yield* sleep(s.intervalUs);
    } catch (caught) {
      if (errnoOf(caught) !== 'EINTR') throw caught;
      return yield* summary(s, yield* now());
    }
  }
}

export const program: Program = { name: 'ping', main };
