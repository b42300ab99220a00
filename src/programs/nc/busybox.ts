/**
 * BusyBox' nc: whether a port can be reached (-z), or standard input to it and what comes back. Models busybox networking/nc_bloaty.c.
 * Not modelled: UDP, -e, telnet answers, delays.
 */
import { accept, close, connect, listen, poll, read, recv, send, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { appletUsage } from '../../lib/busybox/index.ts';
import type { Build } from '../../lib/busybox/index.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { goErrorOf, isIp, lookupHost } from '../../lib/net/index.ts';

function* addressOf(host: string): Coroutine<string | null> {
  if (isIp(host)) return host;
  try {
    return (yield* lookupHost(host))[0] ?? null;
  } catch (caught) {
    if (goErrorOf(caught) === null) throw caught;
    return null;
  }
}

/** Both ways until the other side closes. `waitUs` of silence ends it, too. */
function* talk(fd: number, waitUs: number | null): Coroutine<number> {
  let reading = true;
  for (;;) {
    const { fds, timedOut } = yield* poll({ fds: reading ? [0, fd] : [fd], ...(waitUs === null ? {} : { timeout: waitUs }) });
    if (timedOut) return 0;
    if (fds.includes(fd)) {
      const frame = yield* recv(fd);
      if (frame === null) return 0;
      yield* write(1, typeof frame === 'string' ? frame : `${JSON.stringify(frame)}\n`);
    } else if (reading && fds.includes(0)) {
      const text = yield* read(0);
      if (text === '') reading = false;
      else yield* send(fd, text);
    }
  }
}

function* serve(port: number, verbose: boolean): Coroutine<number> {
  const listener = yield* listen({ net: 'tcp', host: '0.0.0.0', port });
  if (verbose) yield* write(2, `listening on [::]:${port} ...\n`);
  const { fd } = yield* accept(listener);
  yield* close(listener);
  return yield* talk(fd, null);
}

/** `nc [-vz] [-w SEC] HOST PORT` or `nc -l -p PORT` → the status. */
export function* busyboxNc(build: Build, words: readonly string[]): Coroutine<number> {
  const { options, operands, error } = getopt(words, 'nvzluw:p:i:s:e:');
  if (error !== null) return yield* appletUsage(build, 'nc', error);
  const on = (letter: string): boolean => options.some((it) => it.name === letter);
  const last = (letter: string): string | null => options.findLast((it) => it.name === letter)?.value ?? null;
  const refused = ['u', 'e', 'i', 's'].find(on);
  if (refused !== undefined) {
    yield* write(2, `nc: -${refused} is not available in this lab\n`);
    return 1;
  }
  const [host, service] = operands;
  const port = Number(on('l') ? last('p') ?? operands.at(-1) : service);
  if (!on('l') && (host === undefined || service === undefined)) return yield* appletUsage(build, 'nc', '');
  if (!(port >= 1 && port <= 65_535)) {
    yield* write(2, `nc: bad port '${service ?? last('p') ?? ''}'\n`);
    return 1;
  }
  try {
    return on('l') ? yield* serve(port, on('v')) : yield* call(host!, port, on('v'), on('z'), last('w'));
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null || code === 'EPIPE') throw caught;
    yield* write(2, `nc: ${strerror(code)}\n`);
    return 1;
  }
}

function* call(host: string, port: number, verbose: boolean, probe: boolean, wait: string | null): Coroutine<number> {
  const ip = yield* addressOf(host);
  if (ip === null) {
    yield* write(2, `nc: bad address '${host}'\n`);
    return 1;
  }
  const waitUs = wait === null ? null : Number(wait) * 1e6;
  let fd: number;
  try {
    fd = yield* connect({ net: 'tcp', host: ip, port }, waitUs);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    if (verbose || !probe) yield* write(2, code === 'ETIMEDOUT' && waitUs !== null ? 'nc: timed out\n' : `nc: ${host} (${ip}:${port}): ${strerror(code)}\n`);
    return 1;
  }
  if (verbose) yield* write(2, `${host} (${ip}:${port}) open\n`);
  const status = probe ? 0 : yield* talk(fd, waitUs);
  yield* close(fd);
  return status;
}
