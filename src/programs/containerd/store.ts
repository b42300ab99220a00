/**
 * containerd's state: three tables its threads share, kept as a document in its root directory, so that it
 * survives a restart of containerd (and of the node). Lookups take unambiguous id prefixes, as the real ones do.
 */
import { del, get, put, readDoc, view, writeDoc } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { CriError } from '../../lib/cri/index.ts';
import type { ContainerRecord, ImageRecord, SandboxRecord } from './records.ts';

export const STATE_FILE = '/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db';

/** The document's value. Also written by the node's installer, with the images pulled so far. */
export interface Metadata { readonly sandboxes: readonly SandboxRecord[]; readonly containers: readonly ContainerRecord[]; readonly images: readonly ImageRecord[] }

/** Reads the document into the tables. A file that is no such document is an empty state. */
export function* load(): Coroutine<Metadata> {
  let value: Metadata = { sandboxes: [], containers: [], images: [] };
  try {
    const doc = yield* readDoc(STATE_FILE);
    if (doc !== null && doc.kind === 'containerd-metadata') value = doc.value as Metadata;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  for (const it of value.sandboxes) yield* put('sandboxes', it.id, it);
  for (const it of value.containers) yield* put('containers', it.id, it);
  for (const it of value.images) yield* put('images', it.id, it);
  return value;
}

function* save(): Coroutine<void> {
  const [sandboxes, containers, images] = [yield* view<SandboxRecord>('sandboxes'), yield* view<ContainerRecord>('containers'), yield* view<ImageRecord>('images')];
  const value: Metadata = { sandboxes: [...sandboxes.values()], containers: [...containers.values()], images: [...images.values()] };
  const size = 262_144 + 4096 * (sandboxes.size + containers.size + images.size);
  try {
    yield* writeDoc(STATE_FILE, { kind: 'containerd-metadata', value, size }, 0o644);
  } catch (caught) {
    // The real one holds its database open: where somebody has removed the directory, it goes on with what has no name any more.
    if (errnoOf(caught) !== 'ENOENT') throw caught;
  }
}

export function* putSandbox(record: SandboxRecord): Coroutine<void> { yield* put('sandboxes', record.id, record); yield* save(); }
export function* putContainer(record: ContainerRecord): Coroutine<void> { yield* put('containers', record.id, record); yield* save(); }
export function* putImage(record: ImageRecord): Coroutine<void> { yield* put('images', record.id, record); yield* save(); }
export function* dropSandbox(id: string): Coroutine<void> { yield* del('sandboxes', id); yield* save(); }
export function* dropContainer(id: string): Coroutine<void> { yield* del('containers', id); yield* save(); }
export function* dropImage(id: string): Coroutine<void> { yield* del('images', id); yield* save(); }

function* byPrefix<T>(table: string, id: string): Coroutine<T | undefined> {
  const exact = yield* get<T>(table, id);
  if (exact !== undefined || id === '') return exact;
  const all = yield* view<T>(table);
  for (const [key, value] of all.entries(id)) return key.startsWith(id) ? value : undefined;
  return undefined;
}

export const findSandbox = (id: string): Coroutine<SandboxRecord | undefined> => byPrefix<SandboxRecord>('sandboxes', id);
export const findContainer = (id: string): Coroutine<ContainerRecord | undefined> => byPrefix<ContainerRecord>('containers', id);

export function* sandbox(id: string): Coroutine<SandboxRecord> {
  const found = yield* findSandbox(id);
  if (found === undefined) throw new CriError('NotFound', `an error occurred when try to find sandbox "${id}": not found`);
  return found;
}
export function* container(id: string): Coroutine<ContainerRecord> {
  const found = yield* findContainer(id);
  if (found === undefined) throw new CriError('NotFound', `an error occurred when try to find container "${id}": not found`);
  return found;
}
