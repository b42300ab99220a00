/** nc(1) of OpenBSD, and BusyBox' where that is here: -z, whether a TCP port can be reached. Talking through it, listening (-l) and UDP (-u) are not modelled. */
import { close, connect, cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { busyboxHere } from '../../lib/busybox/index.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { goErrorOf, isIp, lookupHost } from '../../lib/net/index.ts';
import { quietly } from '../../lib/tool/index.ts';
import { busyboxNc } from './busybox.ts';

const USAGE = 'usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]\n\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]\n\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]\n\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]\n\t  [destination] [port]\n';
const SERVICES: Readonly<Record<number, string>> = { 22: 'ssh', 53: 'domain', 80: 'http', 443: 'https' };

function* ports(spec: string): Coroutine<readonly number[] | null> {
  const m = /^(\d+)(?:-(\d+))?$/.exec(spec);
  const [from, to] = m === null ? [0, 0] : [Number(m[1]), Number(m[2] ?? m[1])];
  if (m === null || from < 1 || to > 65_535 || to < from) {
    yield* write(2, `nc: port number ${m === null ? 'invalid' : 'too large'}: ${spec}\n`);
    return null;
  }
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
function* addressOf(host: string, service: string): Coroutine<string | null> {
  if (isIp(host)) return host;
  try {
    const found = (yield* lookupHost(host))[0];
    if (found !== undefined) return found;
  } catch (caught) {
    if (goErrorOf(caught) === null) throw caught;
  }
  yield* write(2, `nc: getaddrinfo for host "${host}" port ${service}: Name or service not known\n`);
  return null;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const build = yield* busyboxHere();
  if (build !== null) return yield* busyboxNc(build, argv.slice(1));
  const { options, operands, error } = getopt(argv.slice(1), '46dhklNnrtUuvzw:q:i:p:s:', {});
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  if (error !== null || on('h') || operands.length !== 2) {
    yield* write(2, error === null ? USAGE : `nc: ${error}\n${USAGE}`);
    return 1;
  }
  const refused = ['l', 'k', 'u', 'U'].find(on) ?? (on('z') ? undefined : 'z');
  if (refused !== undefined) {
    yield* write(2, refused === 'z' ? 'nc: talking through a connection is not available in this lab; use -z\n' : `nc: -${refused} is not available in this lab\n`);
    return 1;
  }
  const [host, service] = operands as [string, string];
  const all = yield* ports(service);
  const address = all === null ? null : yield* addressOf(host, service);
  if (all === null || address === null) return 1;
  const wait = options.findLast((o) => o.name === 'w')?.value ?? null;
  let status = 1;
  for (const port of all) {
    try {
      yield* close(yield* connect({ net: 'tcp', host: address, port }, wait === null ? null : Number(wait) * 1e6));
      status = 0;
      if (on('v')) yield* write(2, `Connection to ${host}${address === host ? '' : ` (${address})`} ${port} port [tcp/${on('n') ? '*' : SERVICES[port] ?? '*'}] succeeded!\n`);
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      if (on('v')) yield* write(2, `nc: connect to ${host}${address === host ? '' : ` (${address})`} port ${port} (tcp) ${code === 'ETIMEDOUT' && wait !== null ? 'timed out: Operation now in progress' : `failed: ${strerror(code)}`}\n`);
    }
  }
  return status;
}

export const program: Program = { name: 'nc', main: (argv) => quietly(body(argv)) };
