/**
 * One filesystem: immutable inodes in a copy-on-write tree, so cloning it (snapshot, container layer) is O(1).
 * Knows nothing of paths, mounts or processes (vfs.ts does). Directory entries keep creation order.
 */
import { byNumber } from './btree.ts';
import type BTree from './btree.ts';
import type { Bytes, Document, FileType, Stat, VTime } from './sys.ts';
import type { FileSpec } from './spec.ts';

export interface Inode {
  readonly ino: number; readonly type: FileType; readonly mode: number; readonly uid: number; readonly gid: number;
  readonly mtime: VTime; readonly ctime: VTime; readonly atime: VTime; readonly nlink: number;
  /** dir */ readonly entries?: ReadonlyMap<string, number>;
  /** file */ readonly data?: Bytes; readonly doc?: Document; readonly program?: string; readonly size?: number;
  /** link */ readonly target?: string;
  /** chr */ readonly device?: string;
}

export type NewInode = Pick<Inode, 'type' | 'mode' | 'uid' | 'gid'> & Partial<Inode>;

/** A directory's size as ext4 shows it: whole 4 KiB blocks of entries. */
function directorySize(entries: ReadonlyMap<string, number>): number {
  let bytes = 24;
  for (const name of entries.keys()) bytes += 8 + ((name.length + 3) & ~3);
  return Math.max(4096, Math.ceil(bytes / 4096) * 4096);
}

export function inodeSize(inode: Inode): number {
  switch (inode.type) {
    case 'dir': return directorySize(inode.entries!);
    case 'link': return inode.target!.length;
    case 'file': return inode.doc !== undefined ? inode.doc.size : inode.program !== undefined ? inode.size! : inode.data!.length;
    default: return 0;
  }
}

/** Classic owner/group/other check for one of r=4, w=2, x=1. */
export function allowed(who: { uid: number; gid: number }, inode: Inode, want: number): boolean {
  const shift = inode.uid === who.uid ? 6 : inode.gid === who.gid ? 3 : 0;
  return ((inode.mode >> shift) & want) === want;
}

export class Filesystem {
  readonly id: number;
  #inodes: BTree<number, Inode>;
  #next: number;
  constructor(id: number, inodes: BTree<number, Inode>, next: number) {
    this.id = id;
    this.#inodes = inodes;
    this.#next = next;
  }

  static empty(id: number, at: VTime): Filesystem {
    const fs = new Filesystem(id, byNumber(), 2);
    fs.make({ type: 'dir', mode: 0o755, uid: 0, gid: 0, entries: new Map() }, at);
    return fs;
  }

  static from(id: number, spec: FileSpec, at: VTime): Filesystem {
    const fs = new Filesystem(id, byNumber(), 2);
    fs.build(spec, at);
    return fs;
  }

  get next(): number { return this.#next; }
  get inodes(): BTree<number, Inode> { return this.#inodes; }
  clone(id = this.id): Filesystem { return new Filesystem(id, this.#inodes.clone(), this.#next); }

  /** Root is inode 2, as on ext4. */
  get(ino: number): Inode {
    const inode = this.#inodes.get(ino);
    if (inode === undefined) throw new Error(`no inode ${ino} in filesystem ${this.id}`);
    return inode;
  }
  find(ino: number): Inode | undefined { return this.#inodes.get(ino); }
  set(inode: Inode): void { this.#inodes.set(inode.ino, inode); }
  drop(ino: number): void { this.#inodes.delete(ino); }

  make(fields: NewInode, at: VTime): Inode {
    const inode: Inode = { mtime: at, ctime: at, atime: at, nlink: fields.type === 'dir' ? 2 : 1, ...fields, ino: this.#next++ };
    this.#inodes.set(inode.ino, inode);
    return inode;
  }

  stat(ino: number): Stat {
    const i = this.get(ino);
    return { type: i.type, mode: i.mode, uid: i.uid, gid: i.gid, size: inodeSize(i), mtime: i.mtime, ctime: i.ctime, atime: i.atime,
      nlink: i.nlink, ino: i.ino, dev: this.id, program: i.program ?? null };
  }

  private build(spec: FileSpec, birth: VTime): Inode {
    const at = spec.mtime ?? birth;
    const owner = { uid: spec.uid ?? 0, gid: spec.gid ?? 0 };
    switch (spec.type) {
      case 'dir': {
        const names = Object.keys(spec.entries);
        const dir = this.make({ type: 'dir', mode: spec.mode ?? 0o755, ...owner, entries: new Map() }, at);
        const entries = new Map<string, number>();
        let subdirectories = 0;
        for (const name of names) {
          const child = this.build(spec.entries[name]!, birth);
          entries.set(name, child.ino);
          if (child.type === 'dir') subdirectories++;
        }
        const whole: Inode = { ...dir, entries, nlink: 2 + subdirectories };
        this.set(whole);
        return whole;
      }
      case 'file': return this.make({ type: 'file', mode: spec.mode ?? 0o644, ...owner, data: spec.data }, at);
      case 'binary': return this.make({ type: 'file', mode: spec.mode ?? 0o755, ...owner, program: spec.program, size: spec.size }, at);
      case 'link': return this.make({ type: 'link', mode: 0o777, ...owner, target: spec.target }, at);
      case 'doc': return this.make({ type: 'file', mode: spec.mode ?? 0o644, ...owner, doc: spec.doc }, at);
      case 'chr': return this.make({ type: 'chr', mode: spec.mode ?? 0o666, ...owner, device: spec.device }, at);
    }
  }
}
