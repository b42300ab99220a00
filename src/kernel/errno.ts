/**
 * Error numbers a system call may end with, and their two usual spellings.
 *
 * The kernel throws `SysError` into the calling coroutine; programs put it into their own words at their
 * edge: C programs with `strerror` ("No such file or directory"), Go programs with `goErrno` ("no such
 * file or directory").
 */

const STRERROR = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  E2BIG: 'Argument list too long',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
  ECHILD: 'No child processes',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENOTTY: 'Inappropriate ioctl for device',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
  ESPIPE: 'Illegal seek',
  EROFS: 'Read-only file system',
  EMLINK: 'Too many links',
  EPIPE: 'Broken pipe',
  ENAMETOOLONG: 'File name too long',
  ENOSYS: 'Function not implemented',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  ENOTSOCK: 'Socket operation on non-socket',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENETUNREACH: 'Network is unreachable',
  ECONNRESET: 'Connection reset by peer',
  ENOTCONN: 'Transport endpoint is not connected',
  ETIMEDOUT: 'Connection timed out',
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
} as const;

/** Symbolic error number, e.g. `'ENOENT'`. */
export type Errno = keyof typeof STRERROR;

/** What a failed system call throws inside the program. `code` says it all; no Error, whose stack would cost more than the call. */
export class SysError {
  readonly code: Errno;
  constructor(code: Errno) {
    this.code = code;
  }
}

/** The world cannot go on until more of it is here: a program's code (law T6), or what lies beyond a front (T7). */
export class MissingPart extends Error {
  override readonly name = 'MissingPart';
  constructor(part: string) { super(`${part} is not here yet`); }
}

/** glibc's spelling, as C programs print it. */
export function strerror(code: Errno): string {
  return STRERROR[code];
}

/** Go's spelling (`syscall.Errno.Error()`): glibc's in lower case. */
export function goErrno(code: Errno): string {
  return code === 'EIO' ? 'input/output error' : STRERROR[code].toLowerCase();
}

/** The errno of a caught value, or null when it is something else (then rethrow it: it is our bug). */
export function errnoOf(caught: unknown): Errno | null {
  return caught instanceof SysError ? caught.code : null;
}
