/**
 * Static pods from a directory: everything anew each 20 seconds, single files as inotify reports them.
 * Models pkg/kubelet/config/file.go and file_linux.go. The thread `files` keeps what it last read, by namespace/name.
 */
import { attempt, checkpoint, close, now, poll, readDir, readFile, readWatch, stat, watch } from '../../kernel/sys.ts';
import type { Coroutine, Json, WatchEvent } from '../../kernel/sys.ts';
import { goErrno, SysError } from '../../kernel/errno.ts';
import { rfc3339Fixed } from '../../lib/cri/index.ts';
import { klogError } from '../../lib/klog/index.ts';
import { post, settings } from './bus.ts';
import { parseManifest } from './manifest.ts';
import type { Parsed } from './manifest.ts';
import { CONFIG_SEEN, fullName } from './types.ts';
import type { Pod } from './types.ts';

interface State {
  /** Descriptor of the watch; −1: none (the directory is missing). */ readonly watch: number;
  readonly relistAt: number; readonly retryAt: number;
  readonly pods: Readonly<Record<string, Pod>>; readonly keyOfFile: Readonly<Record<string, string>>;
}

function* read(path: string): Coroutine<Parsed> {
  const { nodeName } = yield* settings();
  try {
    return parseManifest(yield* readFile(path), path, nodeName, rfc3339Fixed(yield* now()));
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    return { error: `${caught.code === 'EISDIR' ? 'read' : 'open'} ${path}: ${goErrno(caught.code)}` };
  }
}

/** The first sight of a pod that is still the same keeps its time. */
function keepSeen(pod: Pod, known: Pod | undefined): Pod {
  const seen = known?.metadata.uid === pod.metadata.uid ? known.metadata.annotations?.[CONFIG_SEEN] : undefined;
  return seen === undefined ? pod : known!;
}

/** One entry of the directory at a relist: its pod, or null with the reason logged. */
function* entry(path: string): Coroutine<Pod | null> {
  const found = yield* attempt(stat(path), 'ENOENT', 'ELOOP');
  if ('errno' in found) {
    yield* klogError('file.go:177', `stat ${path}: ${goErrno(found.errno)}`, 'Could not get metadata', 'path', path);
    return null;
  }
  if (found.type === 'dir') {
    yield* klogError('file.go:183', null, 'Provided manifest path is a directory, not recursing into manifest path', 'path', path);
    return null;
  }
  if (found.type !== 'file') {
    yield* klogError('file.go:194', null, 'Manifest path is not a directory or file', 'path', path, 'mode', found.type);
    return null;
  }
  const parsed = yield* read(path);
  if ('pod' in parsed) return parsed.pod;
  yield* klogError('file.go:188', parsed.error, 'Could not process manifest file', 'path', path);
  return null;
}

/** Reads the whole directory; of two files with one pod the later name wins. */
function* relist(state: State, dir: string): Coroutine<State> {
  const pods: Record<string, Pod> = {};
  const keyOfFile: Record<string, string> = {};
  const at = yield* now();
  const next = { ...state, relistAt: at + (yield* settings()).fileCheckUs };
  const found = yield* attempt(stat(dir), 'ENOENT', 'ENOTDIR');
  if ('errno' in found) {
    yield* klogError('file.go:105', 'path does not exist, ignoring', 'Unable to read config path', 'path', dir);
    return yield* publish({ ...next, pods, keyOfFile });
  }
  const names = found.type === 'dir' ? (yield* readDir(dir)).map(({ name }) => name).filter((name) => !name.startsWith('.')).sort() : [''];
  for (const name of names) {
    const path = name === '' ? dir : `${dir}/${name}`;
    const pod = yield* entry(path);
    if (pod === null) continue;
    const key = fullName(pod);
    keyOfFile[path] = key;
    pods[key] = keepSeen(pod, state.pods[key]);
  }
  return yield* publish({ ...next, pods, keyOfFile });
}

function* publish(state: State): Coroutine<State> {
  yield* post('files', { kind: 'pods', pods: Object.values(state.pods) });
  return state;
}

function* fileEvent(state: State, dir: string, event: WatchEvent): Coroutine<State> {
  if (event.name === '' || event.name.startsWith('.')) return state;
  const path = `${dir}/${event.name}`;
  if (event.kind === 'delete' || event.kind === 'moved_from') {
    const key = state.keyOfFile[path];
    if (key === undefined) return state;
    const { [path]: _file, ...keyOfFile } = state.keyOfFile;
    const { [key]: _pod, ...pods } = state.pods;
    return yield* publish({ ...state, pods, keyOfFile });
  }
  // fsnotify has no close_write; a rename into the directory is a create.
  if (!['create', 'modify', 'moved_to', 'attrib'].includes(event.kind)) return state;
  const parsed = yield* read(path);
  if ('error' in parsed) {
    yield* klogError('file.go:109', `can't process config file ${JSON.stringify(path)}: ${parsed.error}`, 'Unable to process watch event');
    return state;
  }
  const key = fullName(parsed.pod);
  const pod = keepSeen(parsed.pod, state.pods[key]);
  const next = { ...state, keyOfFile: { ...state.keyOfFile, [path]: key }, pods: { ...state.pods, [key]: pod } };
  return pod === state.pods[key] ? next : yield* publish(next);
}

/** Begins to watch; without a directory says so and tries again a second later. */
function* openWatch(state: State, dir: string): Coroutine<State> {
  const fd = yield* attempt(watch(dir), 'ENOENT', 'ENOTDIR');
  if (typeof fd === 'number') return { ...state, watch: fd };
  yield* klogError('file_linux.go:61', 'path does not exist, ignoring', 'Unable to read config path', 'path', dir);
  return { ...state, retryAt: (yield* now()) + 1_000_000 };
}

/** Thread `files`. */
export function* files(_arg: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as State | undefined) ?? { watch: -1, relistAt: 0, retryAt: 0, pods: {}, keyOfFile: {} };
  for (;;) {
    yield* checkpoint(state);
    const dir = (yield* settings()).staticPodPath.replace(/\/+$/, '');
    const at = yield* now();
    if (state.watch < 0 && at >= state.retryAt) state = yield* openWatch(state, dir);
    if (at >= state.relistAt) {
      state = yield* relist(state, dir);
      continue;
    }
    const until = state.watch < 0 ? Math.min(state.relistAt, state.retryAt) : state.relistAt;
    const ready = yield* poll({ fds: state.watch < 0 ? [] : [state.watch], timeout: Math.max(0, until - at) });
    if (ready.fds.length === 0) continue;
    for (const event of yield* readWatch(state.watch)) {
      if (event.kind === 'delete_self') {
        yield* close(state.watch);
        state = { ...state, watch: -1, retryAt: 0 };
        break;
      }
      state = yield* fileEvent(state, dir, event);
    }
  }
}
