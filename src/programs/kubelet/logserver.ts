/** /containerLogs: which container is meant, its log file, and following it. Models kubelet_pods.go validateContainerLogStatus and kuberuntime/logs. */
import { attempt, checkpoint, close, get, now, open, poll, read, readFile, readWatch, seek, view, watch } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { parseRfc3339 } from '../../base/time.ts';
import { CriError, readLog, tailOffset } from '../../lib/cri/index.ts';
import type { LogLine, LogOptions } from '../../lib/cri/index.ts';
import { endChunks, respond, sendChunk, textResponse } from '../../lib/http/index.ts';
import type { HttpConn } from '../../lib/http/index.ts';
import { quietCall } from './bus.ts';
import type { Pod, PodStatus, StatusRecord } from './types.ts';

export interface LogQuery { readonly follow: boolean; readonly previous: boolean; readonly options: LogOptions }
export interface Following { readonly conn: HttpConn; readonly fd: number; readonly watch: number; readonly id: string; readonly options: LogOptions; readonly held: string }

/** The container's id (without scheme), or the text of the refusal. */
export function logContainer(podName: string, status: PodStatus, container: string, previous: boolean): { readonly id: string } | { readonly refusal: string } {
  const found = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].find((it) => it.name === container);
  const named = `container ${JSON.stringify(container)} in pod ${JSON.stringify(podName)}`;
  if (found === undefined) return { refusal: `${named} is not available` };
  const last = found.lastState?.terminated?.containerID ?? '';
  const id = (text: string): { readonly id: string } => ({ id: text.replace('containerd://', '') });
  if (previous) return last === '' ? { refusal: `previous terminated ${named} not found` } : id(last);
  if (found.state?.running !== undefined) return id(found.containerID ?? '');
  const terminated = found.state?.terminated;
  if (terminated !== undefined && (terminated.containerID ?? '') !== '') return id(terminated.containerID!);
  if (terminated !== undefined && last === '') return { refusal: `${named} is terminated` };
  if (last !== '') return id(last);
  const reason = found.state?.waiting?.reason ?? '';
  if (reason === 'ErrImagePull') return { refusal: `${named} is waiting to start: image can't be pulled` };
  if (reason === 'ImagePullBackOff') return { refusal: `${named} is waiting to start: trying and failing to pull image` };
  return { refusal: `${named} is waiting to start: ${reason}` };
}

export function* logQuery(query: ReadonlyMap<string, string>): Coroutine<LogQuery> {
  const number = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null);
  const seconds = number('sinceSeconds');
  const since = seconds !== null ? (yield* now()) - seconds * 1_000_000 : parseRfc3339(query.get('sinceTime') ?? '') ?? 0;
  return { follow: query.get('follow') === 'true', previous: query.get('previous') === 'true', options: { tail: number('tailLines') ?? -1, since, timestamps: query.get('timestamps') === 'true', limitBytes: number('limitBytes') ?? -1 } };
}

/** Sends lines as chunks, one for each run of the same stream. */
function* sendLines(conn: HttpConn, lines: readonly LogLine[], limit: number): Coroutine<boolean> {
  let [stream, data, left]: [LogLine['stream'] | null, string, number] = [null, '', limit < 0 ? Infinity : limit];
  for (const line of [...lines, null]) {
    if (line !== null && line.stream === stream) {
      data += line.text;
      continue;
    }
    if (stream !== null && data !== '') {
      const part = data.slice(0, left);
      left -= part.length;
      if (part !== '' && !(yield* sendChunk(conn, { json: { stream, data: part } }))) return false;
    }
    [stream, data] = line === null ? [null, ''] : [line.stream, line.text];
  }
  return true;
}

/** Sends what is added until the container has ended or the client is gone. */
export function* followLog(from: Following): Coroutine<void> {
  let { held } = from;
  for (;;) {
    yield* checkpoint({ following: { ...from, held } });
    const added = yield* read(from.fd, 1_000_000);
    if (added !== '') {
      const { lines, consumed } = readLog(held + added, from.options);
      held = (held + added).slice(consumed);
      if (!(yield* sendLines(from.conn, lines, -1))) break;
      continue;
    }
    if (!(yield* stillRunning(from.id))) {
      yield* endChunks(from.conn);
      break;
    }
    const { fds } = yield* poll({ fds: [from.watch, from.conn.fd], timeout: 1_000_000 });
    if (fds.includes(from.conn.fd)) break;
    if (fds.includes(from.watch)) yield* readWatch(from.watch);
  }
  yield* close(from.fd);
  yield* close(from.watch);
}

function* stillRunning(id: string): Coroutine<boolean> {
  try {
    return (yield* quietCall('ContainerStatus', id)).state === 'CONTAINER_RUNNING';
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    return false;
  }
}

function* podStatus(namespace: string, name: string): Coroutine<PodStatus | null> {
  for (const pod of (yield* view<Pod>('pods')).values()) {
    if (pod.metadata.namespace !== namespace || pod.metadata.name !== name) continue;
    const record = yield* get<StatusRecord>('statuses', pod.metadata.uid);
    // A new version of a static pod that has not begun yet: the mirror still shows the one before.
    return record?.status ?? (yield* get<Pod>('mirrors', `${namespace}/${name}`))?.status ?? pod.status ?? {};
  }
  return null;
}

function* refuse(conn: HttpConn, status: number, text: string): Coroutine<null> {
  yield* respond(conn, textResponse(status, `${text}\n`));
  return null;
}

/** Answers a request for a log. → what remains to be followed, or null. */
export function* serveLog(conn: HttpConn, namespace: string, name: string, container: string, query: ReadonlyMap<string, string>): Coroutine<Following | null> {
  const asked = yield* logQuery(query);
  const status = yield* podStatus(namespace, name);
  if (status === null) return yield* refuse(conn, 404, `pod ${JSON.stringify(name)} does not exist`);
  const found = logContainer(name, status, container, asked.previous);
  if ('refusal' in found) return yield* refuse(conn, 400, found.refusal);
  let path = '';
  try {
    path = (yield* quietCall('ContainerStatus', found.id)).logPath;
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    return yield* refuse(conn, 500, `unable to retrieve container logs for containerd://${found.id}`);
  }
  const data = yield* attempt(readFile(path), 'ENOENT', 'ENOTDIR');
  if (typeof data !== 'string') return yield* refuse(conn, 500, `failed to try resolving symlinks in path ${JSON.stringify(path)}: lstat ${path}: no such file or directory`);
  const begin = tailOffset(data, asked.options.tail);
  const { lines, consumed } = readLog(data.slice(begin), asked.options);
  yield* respond(conn, { status: 200, headers: { 'content-type': 'text/plain' }, body: null, stream: true });
  const alive = yield* sendLines(conn, lines, asked.options.limitBytes);
  if (!asked.follow || !alive) {
    yield* endChunks(conn);
    return null;
  }
  const fd = yield* open(path, 'r');
  yield* seek(fd, begin + consumed);
  return { conn, fd, watch: yield* watch(path), id: found.id, options: asked.options, held: '' };
}
