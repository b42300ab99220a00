/** The builds of BusyBox in the images. A build is known by the size of its file, which is all that a binary has here. */
export interface Build {
  readonly version: string; readonly built: string;
  /** Whose words the C library has for options and names. */ readonly libc: 'glibc' | 'musl' | 'uclibc';
  /** Bytes of /bin/busybox. */ readonly size: number;
}

export const BUILDS = {
  '1.28': { version: '1.28.4', built: '2018-05-22 17:00:17 UTC', libc: 'uclibc', size: 1_114_880 },
  '1.31': { version: '1.31.1', built: '2019-10-28 18:40:01 UTC', libc: 'uclibc', size: 1_122_304 },
  '1.32': { version: '1.32.1', built: '2021-01-01 10:52:27 UTC', libc: 'uclibc', size: 1_124_352 },
  '1.33': { version: '1.33.1', built: '2021-05-03 10:16:53 UTC', libc: 'uclibc', size: 1_126_400 },
  '1.34': { version: '1.34.1', built: '2021-09-30 13:37:16 UTC', libc: 'uclibc', size: 1_128_448 },
  '1.35': { version: '1.35.0', built: '2022-01-20 21:37:02 UTC', libc: 'uclibc', size: 1_131_168 },
  '1.36': { version: '1.36.1', built: '2023-05-18 22:34:17 UTC', libc: 'glibc', size: 1_148_504 },
  '1.37': { version: '1.37.0', built: '2024-09-26 21:31:42 UTC', libc: 'glibc', size: 1_165_640 },
  '1.36-musl': { version: '1.36.1', built: '2023-05-18 22:34:17 UTC', libc: 'musl', size: 1_148_032 },
  '1.37-musl': { version: '1.37.0', built: '2024-09-26 21:31:42 UTC', libc: 'musl', size: 1_164_880 },
  /** Alpine's own, of its 3.19 and 3.22. */
  'alpine-1.36': { version: '1.36.1', built: '2023-11-06 11:32:24 UTC', libc: 'musl', size: 808_664 },
  'alpine-1.37': { version: '1.37.0', built: '2025-05-26 20:04:45 UTC', libc: 'musl', size: 808_712 },
} as const satisfies Readonly<Record<string, Build>>;

/** Null for a file that is none of them. */
export const buildOfSize = (size: number): Build | null => Object.values(BUILDS).find((it) => it.size === size) ?? null;
