// Which room of src/ may know which. A room imports only from rooms below it, never up; a program never imports another program.
// A `:type` suffix allows type-only imports.

export interface Floor {
  /** Folder below src/; the longest that fits a file wins. */
  readonly room: string;
  readonly may: readonly string[];
  readonly packages: readonly string[];
}

/** What a program may see of the kernel: the system calls and the errors they throw. */
const systemCalls = ['kernel/sys.ts', 'kernel/errno.ts'];

export const floors: readonly Floor[] = [
  { room: 'base', may: [], packages: ['sorted-btree', 're2js'] },
  { room: 'kernel', may: ['base'], packages: ['sorted-btree'] },
  { room: 'api', may: ['base'], packages: ['kubernetes-types'] },
  { room: 'lib', may: ['api', 'base', ...systemCalls], packages: ['asn1js', 'fflate', 're2js', 'kubernetes-types'] },
  { room: 'programs', may: ['lib', 'api', 'base', ...systemCalls], packages: ['unbash', 're2js', 'kubernetes-types'] },
  { room: 'distro', may: ['programs', 'lib', 'api', 'base', ...systemCalls, 'kernel:type'], packages: [] },
  { room: 'labs', may: ['base'], packages: [] },
  { room: 'session/core', may: ['distro', 'labs', 'api', 'kernel', 'base'], packages: ['re2js'] },
  { room: 'session/host', may: ['session/core', 'base'], packages: ['fflate', 'idb-keyval'] },
  {
    room: 'ui',
    may: ['session/host', 'session/core', 'labs', 'api'],
    packages: ['react', 'react-dom', 'zustand', '@xterm/xterm', '@xterm/addon-fit', '@xterm/addon-search', 'monaco-editor', 'monaco-vim', 'micromark', 'react-resizable-panels'],
  },
  { room: 'embed', may: ['ui', 'session/host', 'labs'], packages: ['react', 'react-dom'] },
];

/** The rooms whose code must be pure: no clock, no randomness, nothing an engine may do its own way. */
export const core = ['base', 'kernel', 'api', 'lib', 'programs', 'distro', 'labs', 'session/core'];

/** Rooms that may import everything; only tests, tools and e2e import `testing`. */
export const free = ['tools', 'testing', 'main.tsx'];

const within = (path: string, room: string) => path === room || path.startsWith(`${room}/`);

/** The floor a file stands on; undefined for the free rooms and for files in no room. */
export function floorOf(path: string): Floor | undefined {
  return floors.find(({ room }) => within(path, room));
}

export const isIn = (path: string, rooms: readonly string[]) => rooms.some((room) => within(path, room));

/** Why `from` must not import `to` (both relative to src/), or undefined when it may. */
export function forbidden(from: string, to: string, typeOnly: boolean): string | undefined {
  if (isIn(from, free)) return undefined;
  const floor = floorOf(from);
  if (!floor) return 'lies in no room of testing/tidy/floors.ts';
  if (within(to, floor.room)) {
    const [mine, theirs] = [from, to].map((path) => path.split('/')[1]);
    const sideways = floor.room === 'programs' && from !== 'programs/index.ts' && mine !== theirs;
    return sideways ? `a program imports another program: ${to}` : undefined;
  }
  const allowed = floor.may.some((room) => within(to, room.replace(':type', '')) && (typeOnly || !room.endsWith(':type')));
  return allowed ? undefined : `${floor.room} may not import ${to}`;
}
