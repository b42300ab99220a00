/** Where unit files, drop-ins and links are looked for. */
import { errnoOf } from '../../kernel/errno.ts';
import { lstat, readDir, readFile, readLink, stat } from '../../kernel/sys.ts';
import type { Coroutine, VTime } from '../../kernel/sys.ts';
import type { UnitSource } from '../unitfile/index.ts';

/** In order of priority. /lib is a link to usr/lib: fragments are shown under the one, drop-ins under the other, as on Debian 12. */
export const UNIT_DIRS = ['/etc/systemd/system', '/run/systemd/system', '/usr/local/lib/systemd/system', '/lib/systemd/system'] as const;
const DROPIN_DIRS = ['/etc/systemd/system', '/run/systemd/system', '/usr/local/lib/systemd/system', '/usr/lib/systemd/system'] as const;

/** `kubelet` → `kubelet.service`. */
export const unitName = (name: string): string => (/\.(service|target|socket|mount|slice|timer|path|scope|device|swap|automount)$/.test(name) ? name : `${name}.service`);

/** `getty@tty1.service` → `getty@.service`; null for a name without an instance. */
export function templateOf(name: string): string | null {
  const match = /^([^@]+@)[^@]+(\.\w+)$/.exec(name);
  return match === null ? null : match[1]! + match[2]!;
}

export interface FoundUnit {
  readonly fragment: UnitSource | null; readonly dropIns: readonly UnitSource[];
  readonly masked: boolean;
  readonly files: readonly { readonly path: string; readonly mtime: VTime }[];
  /** Units named by links in .wants and .requires directories. */ readonly wants: readonly string[]; readonly requires: readonly string[];
  /** The name the link stood for, when the file is an alias. */ readonly realName: string;
}

/** Names in a directory, sorted; empty when there is none. */
export function* namesIn(dir: string): Coroutine<string[]> {
  try {
    return (yield* readDir(dir)).map((e) => e.name).sort();
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return [];
  }
}

/** The target of a link; null when the path is no link or is not there. */
export function* linkTarget(path: string): Coroutine<string | null> {
  try {
    return (yield* lstat(path)).type === 'link' ? yield* readLink(path) : null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

function* readSource(path: string): Coroutine<{ source: UnitSource; mtime: VTime } | null> {
  try {
    const { mtime } = yield* stat(path);
    return { source: { path, text: yield* readFile(path) }, mtime };
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

function* findFragment(name: string): Coroutine<{ source: UnitSource; mtime: VTime; realName: string } | 'masked' | null> {
  for (const dir of UNIT_DIRS) {
    const path = `${dir}/${name}`;
    const target = yield* linkTarget(path);
    if (target === '/dev/null') return 'masked';
    const found = yield* readSource(path);
    if (found === null) continue;
    const linked = target === null ? name : target.slice(target.lastIndexOf('/') + 1);
    if (linked !== name && /\.\w+$/.test(linked)) {
      const real = yield* findFragment(linked);
      if (real !== null && real !== 'masked') return { ...real, realName: linked };
    }
    if (found.source.text === '' && dir === UNIT_DIRS[0]) return 'masked';
    return { ...found, realName: name };
  }
  return null;
}

/** Reads all that makes up a unit. */
export function* findUnit(name: string): Coroutine<FoundUnit> {
  const template = templateOf(name);
  let fragment = yield* findFragment(name);
  if (fragment === null && template !== null) fragment = yield* findFragment(template);
  if (fragment === 'masked') return { fragment: null, dropIns: [], masked: true, files: [], wants: [], requires: [], realName: name };
  const realName = fragment === null || fragment.realName === template ? name : fragment.realName;
  const suffix = name.slice(name.lastIndexOf('.') + 1);
  const byFile = new Map<string, string>();
  for (const unit of [`${suffix}`, ...(template === null ? [] : [template]), realName]) {
    for (const dir of [...DROPIN_DIRS].reverse()) {
      for (const file of yield* namesIn(`${dir}/${unit}.d`)) if (file.endsWith('.conf')) byFile.set(file, `${dir}/${unit}.d/${file}`);
    }
  }
  const dropIns: UnitSource[] = [];
  const files = fragment === null ? [] : [{ path: fragment.source.path, mtime: fragment.mtime }];
  for (const [, path] of [...byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if ((yield* linkTarget(path)) === '/dev/null') continue;
    const found = yield* readSource(path);
    if (found === null) continue;
    dropIns.push(found.source);
    files.push({ path, mtime: found.mtime });
  }
  const linked = new Map<string, Set<string>>([['wants', new Set()], ['requires', new Set()]]);
  for (const [kind, names] of linked) for (const dir of UNIT_DIRS) for (const link of yield* namesIn(`${dir}/${realName}.${kind}`)) names.add(link);
  return { fragment: fragment?.source ?? null, dropIns, masked: false, files, wants: [...linked.get('wants')!], requires: [...linked.get('requires')!], realName };
}
