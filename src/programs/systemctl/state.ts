/** The state of unit files on disk (enabled, masked …) and the links that enabling makes. */
import { errnoOf } from '../../kernel/errno.ts';
import { lstat, mkdir, symlink, unlink } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { defineUnit, type UnitDefinition } from '../../lib/unitfile/index.ts';
import { findUnit, linkTarget, namesIn, UNIT_DIRS } from '../../lib/systemd/index.ts';

export type FileState = 'enabled' | 'enabled-runtime' | 'linked' | 'masked' | 'static' | 'disabled' | 'alias' | 'bad';
const ETC = '/etc/systemd/system';
const SPECIFIERS = { hostname: 'controlplane', machineId: '', bootId: '', release: '' };

export interface UnitFile { readonly path: string | null; readonly def: UnitDefinition; readonly masked: boolean }

/** The unit's file as it is now; null when there is none. */
export function* unitFile(name: string): Coroutine<UnitFile | null> {
  const found = yield* findUnit(name);
  if (found.fragment === null && !found.masked) return null;
  return { path: found.fragment?.path ?? null, masked: found.masked, def: defineUnit(found.realName, found.fragment, found.dropIns, { ...SPECIFIERS, unit: name }).unit };
}

/** Links in /etc (or /run) that enable the unit. */
export function* enablingLinks(name: string, root: string = ETC): Coroutine<string[]> {
  const links: string[] = [];
  for (const entry of yield* namesIn(root)) {
    if (/\.(wants|requires)$/.test(entry)) {
      if ((yield* namesIn(`${root}/${entry}`)).includes(name)) links.push(`${root}/${entry}/${name}`);
      continue;
    }
    const target = yield* linkTarget(`${root}/${entry}`);
    if (entry !== name && target !== null && target.endsWith(`/${name}`)) links.push(`${root}/${entry}`);
  }
  return links;
}

export function* fileState(name: string): Coroutine<FileState | null> {
  const file = yield* unitFile(name);
  if (file === null) return null;
  if (file.masked) return 'masked';
  if (file.def.name !== name && !name.includes('@')) return 'alias';
  if ((yield* enablingLinks(name)).length > 0) return 'enabled';
  if ((yield* enablingLinks(name, '/run/systemd/system')).length > 0) return 'enabled-runtime';
  const { wantedBy, requiredBy, alias, also } = file.def;
  return wantedBy.length + requiredBy.length + alias.length + also.length === 0 ? 'static' : 'disabled';
}

/** Debian's presets enable everything. */
export const preset = (state: FileState | null): string => (state === 'static' || state === 'alias' || state === 'masked' || state === null ? '' : 'enabled');

function* dirs(path: string): Coroutine<void> {
  try {
    yield* mkdir(path, 0o755);
  } catch (caught) {
    if (errnoOf(caught) !== 'EEXIST') throw caught;
  }
}
function* there(path: string): Coroutine<boolean> {
  try {
    yield* lstat(path);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** Makes the links [Install] asks for; → those that were new, as `path → target`. */
export function* enableUnit(file: UnitFile, root: string = ETC): Coroutine<{ readonly path: string; readonly target: string }[]> {
  const made = [];
  const wanted = [...file.def.wantedBy.map((t) => `${t}.wants/${file.def.name}`), ...file.def.requiredBy.map((t) => `${t}.requires/${file.def.name}`), ...file.def.alias];
  for (const rel of wanted) {
    const path = `${root}/${rel}`;
    if (rel.includes('/')) yield* dirs(path.slice(0, path.lastIndexOf('/')));
    if (yield* there(path)) continue;
    yield* symlink(file.path!, path);
    made.push({ path, target: file.path! });
  }
  return made;
}

export function* disableUnit(name: string, root: string = ETC): Coroutine<string[]> {
  const links = yield* enablingLinks(name, root);
  for (const link of links) yield* unlink(link);
  return links;
}

/** `mask`: the link to /dev/null, or why it cannot be made. */
export function* maskUnit(name: string, root: string = ETC): Coroutine<'made' | 'is' | 'file'> {
  const path = `${root}/${name}`;
  if ((yield* linkTarget(path)) === '/dev/null') return 'is';
  if (yield* there(path)) return 'file';
  yield* symlink('/dev/null', path);
  return 'made';
}
export function* unmaskUnit(name: string): Coroutine<string[]> {
  const gone = [];
  for (const root of [ETC, '/run/systemd/system']) {
    const path = `${root}/${name}`;
    if ((yield* linkTarget(path)) !== '/dev/null') continue;
    yield* unlink(path);
    gone.push(path);
  }
  return gone;
}

/** Every unit file name in the search path. */
export function* allUnitFiles(): Coroutine<string[]> {
  const names = new Set<string>();
  for (const dir of UNIT_DIRS) for (const name of yield* namesIn(dir)) if (/\.(service|target|socket|mount|slice|timer|path)$/.test(name)) names.add(name);
  return [...names].sort();
}
