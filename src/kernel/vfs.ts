/**
 * Paths, mounts and permissions over filesystems: the file half of the system calls.
 * A process sees a tree of locations (filesystem, inode) through its root and mount table. Paths are always
 * walked from that root with a stack of locations, so `..` is right across symlinks and bind mounts.
 */
import { MissingPart, SysError } from './errno.ts';
import type { Errno } from './errno.ts';
import { allowed, inodeSize } from './fs.ts';
import type { Filesystem, Inode, NewInode } from './fs.ts';
import { components, keyOf as key, mountsByPlace, pathOf, placeOf } from './places.ts';
import type { Step } from './places.ts';
import type { KernelState, Location, MountTable } from './state.ts';
import type { Bytes, Document, Stat, VTime, WatchKind } from './sys.ts';

/** Who asks: credentials and view of the tree. */
export interface Viewer { readonly root: Location; readonly mounts: MountTable; readonly cwd: string; readonly uid: number; readonly gid: number; readonly umaskBits: number }

export interface Resolved {
  readonly at: Location; readonly inode: Inode; readonly path: string; readonly readOnly: boolean;
}
interface Parent { readonly dir: Location; readonly name: string; readonly path: string; readonly readOnly: boolean }

const MAX_LINKS = 40;
const fail = (code: Errno): never => { throw new SysError(code); };

export class Vfs {
  readonly #state: KernelState;
  readonly #notify: (at: string, kind: WatchKind, name: string) => void;
  constructor(state: KernelState, notify: (at: string, kind: WatchKind, name: string) => void) {
    this.#state = state;
    this.#notify = notify;
  }

  /** Errors: ENOENT; MissingPart. */
  fs(id: number): Filesystem {
    const fs = this.#state.filesystems.get(id);
    if (fs === undefined && this.#state.horizon !== undefined) throw new MissingPart('the file system');
    if (fs === undefined) return fail('ENOENT');   // dropped under a process that still stands in it
    return fs;
  }
  inode(at: Location): Inode { return this.fs(at.fs).get(at.ino); }
  get now(): VTime { return this.#state.now; }

  /** Walks `path`. With `parent`, stops before the last component, which may not exist. */
  #walk(who: Viewer, path: string, followLast: boolean): { found: Resolved | null; parent: Parent } {
    if (path === '') fail('ENOENT');
    if (path.length > 4096) fail('ENAMETOOLONG');
    const asked = components(path.startsWith('/') ? path : `${who.cwd}/${path}`);
    let { names } = asked;
    const mustBeDirectory = path.endsWith('/') || path.endsWith('/.');
    // `straight`: nothing has led elsewhere than the path says.
    let [links, straight] = [0, true];
    const stack: Step[] = [];
    let here: Step = this.#cross(who, { at: who.root, name: '', readOnly: false });
    let parent: Parent = { dir: here.at, name: '.', path: '/', readOnly: here.readOnly };
    let dir = this.inode(here.at);
    for (let next = 0; next < names.length;) {
      const name = names[next++]!;
      const isLast = next === names.length;
      if (dir.type !== 'dir') fail('ENOTDIR');
      if (who.uid !== 0 && !allowed(who, dir, 1)) fail('EACCES');
      if (name === '..') {
        straight = false;
        here = stack.pop() ?? here;
        dir = this.inode(here.at);
        parent = { dir: here.at, name: '.', path: pathOf(stack, here), readOnly: here.readOnly };
        continue;
      }
      if (name.length > 255) fail('ENAMETOOLONG');
      const ino = dir.entries!.get(name);
      if (isLast) parent = { dir: here.at, name, path: straight ? asked.path : pathOf(stack, here, name), readOnly: here.readOnly };
      if (ino === undefined) {
        if (!isLast) fail('ENOENT');
        return { found: null, parent };
      }
      const at = { fs: here.at.fs, ino };
      const inode = this.inode(at);
      if (inode.type === 'link' && (!isLast || followLast || mustBeDirectory)) {
        if (++links > MAX_LINKS) fail('ELOOP');
        straight = false;
        const target = inode.target!;
        if (target.startsWith('/')) {
          stack.length = 0;
          here = this.#cross(who, { at: who.root, name: '', readOnly: false });
          dir = this.inode(here.at);
        }
        names = [...components(target).names, ...names.slice(next)];
        next = 0;
        if (names.length === 0) parent = { dir: here.at, name: '.', path: pathOf(stack, here), readOnly: here.readOnly };
        continue;
      }
      stack.push(here);
      here = this.#cross(who, { at, name, readOnly: here.readOnly });
      dir = here.at === at ? inode : this.inode(here.at);
    }
    if (mustBeDirectory && dir.type !== 'dir') fail('ENOTDIR');
    return { found: { at: here.at, inode: dir, path: straight ? asked.path : pathOf(stack, here), readOnly: here.readOnly }, parent };
  }

  #cross(who: Viewer, step: Step): Step {
    if (who.mounts.size === 0) return step;
    const mount = mountsByPlace(who.mounts).get(step.at.fs)?.get(step.at.ino);
    return mount === undefined ? step : { at: { fs: mount.fs, ino: mount.ino }, name: step.name, readOnly: mount.readOnly };
  }

  resolve(who: Viewer, path: string, follow = true): Resolved {
    return this.#walk(who, path, follow).found ?? fail('ENOENT');
  }
  tryResolve(who: Viewer, path: string, follow = true): Resolved | null {
    return this.#walk(who, path, follow).found;
  }

  /** As `tryResolve`, but null also where a directory on the way is missing. */
  tryResolveDeep(who: Viewer, path: string): Resolved | null {
    try {
      return this.#walk(who, path, true).found;
    } catch (caught) {
      if (caught instanceof SysError && caught.code === 'ENOENT') return null;
      throw caught;
    }
  }

  /** Where a new entry `path` would stand. Errors: EEXIST when it does, EROFS, EACCES. */
  #place(who: Viewer, path: string, follow = false): Parent {
    const { found, parent } = this.#walk(who, path.replace(/\/+$/, '') || '/', follow);
    if (found !== null || parent.name === '.') fail('EEXIST');
    return this.#writableDir(who, parent);
  }
  #writableDir(who: Viewer, parent: Parent): Parent {
    if (parent.readOnly) fail('EROFS');
    if (who.uid !== 0 && !allowed(who, this.inode(parent.dir), 2)) fail('EACCES');
    return parent;
  }

  permit(who: Viewer, found: Resolved, want: 4 | 2 | 1): void {
    if (want === 2 && found.readOnly) fail('EROFS');
    if (who.uid === 0 ? want === 1 && found.inode.type === 'file' && (found.inode.mode & 0o111) === 0 : !allowed(who, found.inode, want)) fail('EACCES');
  }

  // ---- changing entries ------------------------------------------------------------------------------------
  #enter(parent: Parent, ino: number, kind: WatchKind): void {
    const fs = this.fs(parent.dir.fs);
    const dir = fs.get(parent.dir.ino);
    const entries = new Map(dir.entries!).set(parent.name, ino);
    const child = fs.get(ino);
    fs.set({ ...dir, entries, mtime: this.now, ctime: this.now, nlink: dir.nlink + (child.type === 'dir' ? 1 : 0) });
    this.#notify(key(parent.dir), kind, parent.name);
  }
  #leave(parent: Parent, kind: WatchKind): Inode {
    const fs = this.fs(parent.dir.fs);
    const dir = fs.get(parent.dir.ino);
    const child = fs.get(dir.entries!.get(parent.name)!);
    const entries = new Map(dir.entries!);
    entries.delete(parent.name);
    fs.set({ ...dir, entries, mtime: this.now, ctime: this.now, nlink: dir.nlink - (child.type === 'dir' ? 1 : 0) });
    this.#notify(key(parent.dir), kind, parent.name);
    return child;
  }

  create(who: Viewer, path: string, fields: Omit<NewInode, 'uid' | 'gid'>): Location {
    // Only open(O_CREAT) makes what a dangling link points to; for the others the link itself is in the way.
    const parent = this.#place(who, path, fields.type === 'file');
    const fs = this.fs(parent.dir.fs);
    const inode = fs.make({ uid: who.uid, gid: who.gid, ...fields, mode: fields.mode & ~who.umaskBits }, this.now);
    this.#enter(parent, inode.ino, 'create');
    return { fs: fs.id, ino: inode.ino };
  }

  unlink(who: Viewer, path: string): Inode {
    const { found, parent } = this.#walk(who, path, false);
    if (found === null) return fail('ENOENT');
    if (found.inode.type === 'dir') fail('EISDIR');
    if (who.mounts.has(key(this.#entry(parent)))) fail('EBUSY');
    this.#writableDir(who, parent);
    const child = this.#leave(parent, 'delete');
    this.#release({ fs: parent.dir.fs, ino: child.ino });
    return child;
  }
  #entry(parent: Parent): Location {
    return { fs: parent.dir.fs, ino: this.inode(parent.dir).entries!.get(parent.name) ?? -1 };
  }
  /** One name fewer; the inode itself stays while descriptors are open (it is dropped by `forget`). */
  #release(at: Location): void {
    const fs = this.fs(at.fs);
    const inode = fs.get(at.ino);
    fs.set({ ...inode, nlink: inode.type === 'dir' ? 0 : inode.nlink - 1, ctime: this.now });
    this.#notify(key(at), 'delete_self', '');
    this.forget(at);
  }
  /** Drops an inode without names that nothing holds open. */
  forget(at: Location): void {
    const inode = this.#state.filesystems.get(at.fs)?.find(at.ino);
    if (inode === undefined || inode.nlink > 0) return;
    for (const file of this.#state.open.values()) if ((file.kind === 'file' || file.kind === 'dir') && file.at.fs === at.fs && file.at.ino === at.ino) return;
    for (const p of this.#state.processes.values()) for (const mount of p.mounts.values()) if (mount.fs === at.fs && mount.ino === at.ino) return;
    this.fs(at.fs).drop(at.ino);
  }

  rmdir(who: Viewer, path: string): void {
    const { found, parent } = this.#walk(who, path.replace(/\/+$/, '') || '/', false);
    if (found === null) return fail('ENOENT');
    if (found.inode.type !== 'dir') fail('ENOTDIR');
    if (parent.name === '.') fail('EBUSY');
    if (found.inode.entries!.size > 0) fail('ENOTEMPTY');
    this.#writableDir(who, parent);
    this.#leave(parent, 'delete');
    this.#release(found.at);
  }

  link(who: Viewer, from: string, to: string): void {
    const source = this.resolve(who, from, false);
    if (source.inode.type === 'dir') fail('EPERM');
    const parent = this.#place(who, to);
    if (parent.dir.fs !== source.at.fs) fail('EXDEV');
    const fs = this.fs(source.at.fs);
    fs.set({ ...source.inode, nlink: source.inode.nlink + 1, ctime: this.now });
    this.#enter(parent, source.at.ino, 'create');
  }

  rename(who: Viewer, from: string, to: string): void {
    const source = this.#walk(who, from.replace(/\/+$/, '') || '/', false);
    const target = this.#walk(who, to.replace(/\/+$/, '') || '/', false);
    if (source.found === null) return fail('ENOENT');
    if (source.parent.dir.fs !== target.parent.dir.fs) fail('EXDEV');
    if (source.parent.name === '.' || target.parent.name === '.') fail('EBUSY');
    if (who.mounts.has(key(this.#entry(source.parent))) || who.mounts.has(key(this.#entry(target.parent)))) fail('EBUSY');
    this.#writableDir(who, source.parent);
    this.#writableDir(who, target.parent);
    const moved = source.found.inode;
    if (target.parent.path.startsWith(`${source.parent.path}/`)) fail('EINVAL');
    if (target.found !== null) {
      if (target.found.at.ino === moved.ino) return;
      if (target.found.inode.type === 'dir' && moved.type !== 'dir') fail('EISDIR');
      if (target.found.inode.type !== 'dir' && moved.type === 'dir') fail('ENOTDIR');
      if (target.found.inode.type === 'dir' && target.found.inode.entries!.size > 0) fail('ENOTEMPTY');
    }
    this.#leave(source.parent, 'moved_from');
    if (target.found !== null) {
      const fs = this.fs(target.parent.dir.fs);
      const dir = fs.get(target.parent.dir.ino);
      const entries = new Map(dir.entries!);
      entries.delete(target.parent.name);
      fs.set({ ...dir, entries, nlink: dir.nlink - (target.found.inode.type === 'dir' ? 1 : 0) });
      this.#release(target.found.at);
    }
    this.#enter(target.parent, moved.ino, 'moved_to');
  }

  // ---- contents --------------------------------------------------------------------------------------------
  readBytes(inode: Inode): Bytes {
    if (inode.doc !== undefined) return inode.doc.text ?? '';
    if (inode.program !== undefined) return `\x7fELF\x02\x01\x01\x00${inode.program}\x00`;
    return inode.data ?? '';
  }

  setContent(at: Location, path: string, content: { data: Bytes } | { doc: Document }, closed: boolean): void {
    const fs = this.fs(at.fs);
    const { ino, type, mode, uid, gid, atime, nlink } = fs.get(at.ino);
    fs.set({ ino, type, mode, uid, gid, mtime: this.now, ctime: this.now, atime, nlink, ...content });
    this.changed(at, path, closed ? ['modify', 'close_write'] : ['modify']);
  }

  /** Tells watchers of the file and of its directory. */
  changed(at: Location, path: string, kinds: readonly WatchKind[]): void {
    if (this.#state.watches.size === 0) return;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const dir = this.#parentOf(at, name);
    for (const kind of kinds) {
      this.#notify(key(at), kind, '');
      if (dir !== null) this.#notify(dir, kind, name);
    }
  }
  /** The watched directory that holds `name` → `at`, if any: only watched directories matter. */
  #parentOf(at: Location, name: string): string | null {
    for (const watch of this.#state.watches.values()) {
      const { fs, ino } = placeOf(watch.at);
      if (fs === at.fs && this.#state.filesystems.get(fs)?.find(ino)?.entries?.get(name) === at.ino) return watch.at;
    }
    return null;
  }

  setAttributes(found: Resolved, fields: Partial<Pick<Inode, 'mode' | 'uid' | 'gid' | 'mtime' | 'atime'>>): void {
    if (found.readOnly) fail('EROFS');
    this.fs(found.at.fs).set({ ...found.inode, ...fields, ctime: this.now });
    this.changed(found.at, found.path, ['attrib']);
  }

  stat(at: Location): Stat { return this.fs(at.fs).stat(at.ino); }
  size(at: Location): number { return inodeSize(this.inode(at)); }
}
