/** One probe of one container: HTTP, TCP or a command. Models pkg/kubelet/prober/prober.go and pkg/probe. */
import { close } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { formatDuration } from '../../base/duration.ts';
import { memoOf } from '../../base/memo.ts';
import { CriError } from '../../lib/cri/index.ts';
import { closeConn, httpConnect, roundTrip } from '../../lib/http/index.ts';
import type { HttpConn } from '../../lib/http/index.ts';
import { dialTcp, GoError, joinHostPort } from '../../lib/net/index.ts';
import type { Handler, HttpGetAction, IntOrString, Probe } from '../../api/types.ts';
import { quietCall } from './bus.ts';
import type { Container } from './types.ts';

/** `conn` is kept for the next probe of the same place. */
export interface Probed { readonly result: 'success' | 'failure' | 'error'; readonly output: string; readonly conn: HttpConn | null }

function portOf(container: Container, port: IntOrString): number | null {
  if (typeof port === 'number') return port;
  if (/^\d+$/.test(port)) return Number(port);
  return container.ports?.find((it) => it.name === port)?.containerPort ?? null;
}

const TLS = { serverName: '', caPem: null, insecure: true, certPem: null, keyPem: null };

const pathOf = ({ path = '/' }: HttpGetAction): string => (path.startsWith('/') ? path : `/${path}`);
const requestOf = memoOf((action: HttpGetAction) => ({
  method: 'GET', path: pathOf(action), body: null,
  headers: { 'user-agent': 'kube-probe/1.33', accept: '*/*', ...Object.fromEntries((action.httpHeaders ?? []).map((it) => [it.name.toLowerCase(), it.value])) },
}));

/** A request on a connection that may have died while it rested: then on a fresh one. */
function* get(url: string, action: HttpGetAction, timeoutUs: number, kept: HttpConn | null): Coroutine<{ readonly status: number; readonly conn: HttpConn }> {
  const request = requestOf(action);
  if (kept !== null) {
    try {
      return { status: (yield* roundTrip(kept, request, timeoutUs)).status, conn: kept };
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* closeConn(kept);
      if (caught.kind === 'timeout') throw caught;
    }
  }
  const conn = yield* httpConnect({ url, tls: TLS, timeoutUs });
  try {
    return { status: (yield* roundTrip(conn, request, timeoutUs)).status, conn };
  } catch (caught) {
    yield* closeConn(conn);
    throw caught;
  }
}

function* http(container: Container, action: HttpGetAction, podIp: string, timeoutUs: number, kept: HttpConn | null): Coroutine<Probed> {
  const port = portOf(container, action.port);
  if (port === null) return { result: 'error', output: `couldn't find port: ${action.port} in container ${container.name}`, conn: kept };
  const url = `${(action.scheme ?? 'HTTP').toLowerCase()}://${joinHostPort(action.host === undefined || action.host === '' ? podIp : action.host, port)}${pathOf(action)}`;
  try {
    const { status, conn } = yield* get(url, action, timeoutUs, kept);
    return status >= 200 && status < 400 ? { result: 'success', output: '', conn } : { result: 'failure', output: `HTTP probe failed with statuscode: ${status}`, conn };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return { result: 'failure', output: `Get "${url}": ${caught.message}`, conn: null };
  }
}

function* tcp(container: Container, action: NonNullable<Handler['tcpSocket']>, podIp: string, timeoutUs: number): Coroutine<Probed> {
  const port = portOf(container, action.port);
  if (port === null) return { result: 'error', output: `couldn't find port: ${action.port}`, conn: null };
  try {
    yield* close(yield* dialTcp(joinHostPort(action.host === undefined || action.host === '' ? podIp : action.host, port), timeoutUs));
    return { result: 'success', output: '', conn: null };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return { result: 'failure', output: caught.message, conn: null };
  }
}

function* command(id: string, cmd: readonly string[], timeoutSeconds: number): Coroutine<Probed> {
  try {
    const { stdout, stderr, exitCode } = yield* quietCall('ExecSync', { id, cmd, timeout: timeoutSeconds });
    return { result: exitCode === 0 ? 'success' : 'failure', output: `${stdout}${stderr}`, conn: null };
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    if (caught.code === 'DeadlineExceeded') return { result: 'failure', output: `command timed out: ${JSON.stringify(cmd.join(' '))} timed out after ${formatDuration(timeoutSeconds * 1_000_000)}`, conn: null };
    return { result: 'error', output: caught.message, conn: null };
  }
}

/** Runs the probe's handler once. */
export function* runProbe(container: Container, probe: Probe, id: string, podIp: string, kept: HttpConn | null): Coroutine<Probed> {
  const timeoutSeconds = Math.max(1, probe.timeoutSeconds ?? 1);
  const timeoutUs = timeoutSeconds * 1_000_000;
  if (probe.exec !== undefined) return yield* command(id, probe.exec.command ?? [], timeoutSeconds);
  if (probe.httpGet !== undefined) return yield* http(container, probe.httpGet, podIp, timeoutUs, kept);
  if (probe.tcpSocket !== undefined) return yield* tcp(container, probe.tcpSocket, podIp, timeoutUs);
  if (probe.grpc !== undefined) return yield* tcp(container, { port: probe.grpc.port }, podIp, timeoutUs);
  return { result: 'error', output: `missing probe handler for ${container.name}`, conn: null };
}
