/**
 * What a world is made from: hosts with file trees, and static data (the rom). Plain literals, written by
 * `distro` and by tests. Nothing here is state: a `World` copies what it needs at birth.
 */
import type { Bytes, Document, NetInterface, Route, VTime } from './sys.ts';

interface Owned { readonly mode?: number; readonly uid?: number; readonly gid?: number; /** Default: the world's birth. */ readonly mtime?: VTime }

/** A file tree literal. Default modes: directories 0755, files 0644, binaries 0755; owner root. */
export type FileSpec =
  | (Owned & { readonly type: 'dir'; readonly entries: Readonly<Record<string, FileSpec>> })
  | (Owned & { readonly type: 'file'; readonly data: Bytes })
  | (Owned & { readonly type: 'binary'; readonly program: string; readonly size: number })
  | (Owned & { readonly type: 'link'; readonly target: string })
  | (Owned & { readonly type: 'doc'; readonly doc: Document })
  | (Owned & { readonly type: 'chr'; readonly device: 'null' | 'zero' | 'full' | 'urandom' | 'tty' | 'stdin' | 'stdout' | 'stderr' });

export interface HostSpec {
  readonly name: string;
  readonly hostname: string;
  readonly uname: { readonly release: string; readonly version: string; readonly machine: string; readonly cpus: number; readonly memKb: number };
  readonly interfaces: readonly NetInterface[];
  readonly routes: readonly Route[];
  readonly root: FileSpec;
  /** Started as pid 1 when the host is powered on (at birth). */
  readonly init: { readonly path: string; readonly argv: readonly string[]; readonly env?: Readonly<Record<string, string>> } | null;
}

export interface WorldSpec {
  readonly seed: number;
  readonly birth: VTime;
  readonly hosts: readonly HostSpec[];
}

/** Static data of the build by key; image `i`'s file tree stands under `image/<i>` as `{files: FileSpec}`. */
export type Rom = ReadonlyMap<string, unknown>;
