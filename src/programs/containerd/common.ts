/** Small things all of containerd uses: ids, directories, its configuration file. */
import { attempt, get, mkdir, put, random, readFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';

/** 64 hexadecimal digits. */
export function* newId(what: string): Coroutine<string> {
  const words = yield* random(`containerd/${what}`, 8);
  return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** mkdir -p. */
export function* dirs(path: string, perm: number): Coroutine<void> {
  const parts = path.split('/').filter((part) => part !== '');
  let at = '';
  for (const part of parts) {
    at += `/${part}`;
    yield* attempt(mkdir(at, perm), 'EEXIST', 'EROFS');
  }
}

export interface ContainerdConfig { readonly sandboxImage: string; readonly criDisabled: boolean; readonly systemdCgroup: boolean }

/** What we read of config.toml. Not modelled: all other settings. */
export function parseConfig(text: string): ContainerdConfig {
  const rows = text.split('\n').filter((row) => !/^\s*#/.test(row));
  const setting = (name: string): string | undefined => rows.map((row) => new Map([[row.split('=')[0]!.trim(), row.slice(row.indexOf('=') + 1).trim()]]).get(name)).find((it) => it !== undefined);
  return {
    sandboxImage: /^["'](.+)["']$/.exec(setting('sandbox_image') ?? '')?.[1] ?? 'registry.k8s.io/pause:3.8',
    criDisabled: /["'](?:cri|io\.containerd\.grpc\.v1\.cri)["']/.test(setting('disabled_plugins') ?? ''),
    systemdCgroup: setting('SystemdCgroup') === 'true',
  };
}

/** Reads the file, once, at the start: a change counts after a restart. */
export function* loadConfig(): Coroutine<void> {
  const text = yield* attempt(readFile('/etc/containerd/config.toml'), 'ENOENT', 'ENOTDIR');
  yield* put('server', 'config', parseConfig(typeof text === 'string' ? text : ''));
}

export function* readConfig(): Coroutine<ContainerdConfig> {
  return (yield* get<ContainerdConfig>('server', 'config'))!;
}
