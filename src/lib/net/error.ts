/**
 * Errors in the words of Go's standard library and of client-go. They live inside one program: thrown by the libraries below,
 * caught at the program's edge and printed there. `kind` is for callers that decide by the cause; the text is for people.
 */

/** What went wrong, coarsely: enough to decide about a retry or an exit code. */
export type GoErrorKind =
  | 'refused' | 'reset' | 'eof' | 'timeout' | 'unreachable' | 'dns' | 'tls' | 'x509' | 'http' | 'config' | 'file' | 'status' | 'other';

/** A Go-worded error. `message` is `err.Error()`. */
export class GoError extends Error {
  readonly kind: GoErrorKind;
  /** What `errors.Unwrap` would give: the inner error of `Get "https://…": dial tcp …`. */
  readonly inner: GoError | null;
  constructor(message: string, kind: GoErrorKind = 'other', inner: GoError | null = null) {
    super(message);
    this.kind = kind;
    this.inner = inner;
  }
}

/** The GoError a caught value is, or null when it is something else (then rethrow it: it is our bug). */
export function goErrorOf(caught: unknown): GoError | null {
  return caught instanceof GoError ? caught : null;
}
