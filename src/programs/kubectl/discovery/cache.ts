/**
 * The discovery cache under ~/.kube/cache/discovery/HOST_PORT, good for six hours. It is why kubectl says only one line when a
 * server it knows is down. Models client-go discovery/cached/disk. Not modelled: the http cache beside it.
 */
import { mkdir, now, readFile, stat, writeFile, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf } from '../../../kernel/errno.ts';
import { decodeUtf8, encodeUtf8 } from '../../../base/utf8.ts';
import { cacheFiles, decodeGroups, decodeResources } from './decode.ts';
import type { Resource } from './resource.ts';

const TTL_US = 6 * 3600 * 1_000_000;

/** `CACHE/discovery/controlplane_6443`. */
export const cacheDir = (cache: string, server: string) => `${cache}/discovery/${server.replace(/^https?:\/\//, '').replace(/[^(\w/.)]/g, '_')}`;

function* readJson(path: string): Coroutine<Json | undefined> {
  try {
    return JSON.parse(decodeUtf8(yield* readFile(path))) as Json;
  } catch (caught) {
    // A missing, unreadable or garbled file is as good as none.
    if (errnoOf(caught) === null && !(caught instanceof SyntaxError)) throw caught;
    return undefined;
  }
}

/** What the cache knows; null when it is missing, incomplete or too old. */
export function* readCache(dir: string): Coroutine<Resource[] | null> {
  let age: number;
  try {
    age = (yield* now()) - (yield* stat(`${dir}/servergroups.json`)).mtime;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
  if (age > TTL_US) return null;
  const groups = yield* readJson(`${dir}/servergroups.json`);
  if (groups === undefined) return null;
  const all: Resource[] = [];
  for (const gv of decodeGroups(groups)) {
    const resources = yield* readJson(`${dir}/${gv}/serverresources.json`);
    if (resources === undefined) return null;
    all.push(...decodeResources(resources));
  }
  return all;
}

function* makeDirs(path: string): Coroutine<void> {
  let at = '';
  for (const part of path.split('/').slice(1)) {
    at += `/${part}`;
    try {
      yield* mkdir(at, 0o750);
    } catch (caught) {
      if (errnoOf(caught) !== 'EEXIST') throw caught;
    }
  }
}

/** Stores what the server said. A cache that cannot be written is no error. */
export function* writeCache(dir: string, resources: readonly Resource[]): Coroutine<void> {
  try {
    for (const [name, json] of cacheFiles(resources)) {
      const path = `${dir}/${name}`;
      yield* makeDirs(path.slice(0, path.lastIndexOf('/')));
      yield* writeFile(path, encodeUtf8(`${JSON.stringify(json)}\n`), 0o660);
    }
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
}
