/**
 * klog: the log lines of every Kubernetes component, on standard error. `Lmmdd hh:mm:ss.uuuuuu PPPPPPP file:line] message`.
 * Line numbers are upstream's of 1.33, given by the caller as `reflector.go:200`. Models k8s.io/klog/v2. Local time is UTC.
 */
import { klogTime } from '../../base/time.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { self, stamp, write, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { goQuote } from '../../base/goquote.ts';

export type Severity = 'I' | 'W' | 'E' | 'F';
/** Key, value, key, value …: strings are quoted; numbers, booleans and raw values are not. */
export type KeyValue = string | number | boolean | null | RawValue;
/** A value already in its final form (JSON of a slice, say). */
export interface RawValue { readonly raw: string }

/** Marks a value as already formatted: `pods=["kube-system/x"]`. */
export const raw = (text: string): RawValue => ({ raw: text });

/** The header up to and including `] `. `nowUs` is the virtual time. */
export function klogHeader(severity: Severity, nowUs: number, pid: number, fileLine: string): string {
  return `${severity}${klogTime(nowUs)} ${String(pid).padStart(7)} ${fileLine}] `;
}

function formatValue(value: KeyValue): string {
  if (typeof value === 'object') return value === null ? '<nil>' : value.raw;
  if (typeof value !== 'string') return String(value);
  if (!value.includes('\n')) return goQuote(value);
  // klog writes multi-line strings as a block.
  return `<\n\t${value.replace(/\n$/, '').replace(/\n/g, '\n\t')}\n >`;
}

/** `"message" key="value" …`, as InfoS and ErrorS write it. */
export function klogStructured(message: string, pairs: readonly KeyValue[]): string {
  let text = goQuote(message);
  for (let i = 0; i < pairs.length; i += 2) text += ` ${typeof pairs[i] === 'string' ? pairs[i] : ''}=${formatValue(pairs[i + 1] ?? null)}`;
  return text;
}

/** Writes one line to standard error. */
export function* klogLine(severity: Severity, fileLine: string, message: string): Coroutine<void> {
  const at = yield* stamp();
  const { nspid } = yield* self();
  try {
    yield* write(2, encodeUtf8(`${klogHeader(severity, at, nspid, fileLine)}${message}\n`));
  } catch (caught) {
    // Nobody reads the log any more; a Go program would not notice either.
    if (errnoOf(caught) === null) throw caught;
  }
}

/** `klog.InfoS(message, pairs…)`. */
export const klogInfo = (fileLine: string, message: string, ...pairs: KeyValue[]) => klogLine('I', fileLine, klogStructured(message, pairs));
/** `klog.ErrorS(err, message, pairs…)`: `err` comes first; null leaves it out. */
export const klogError = (fileLine: string, error: string | null, message: string, ...pairs: KeyValue[]) =>
  klogLine('E', fileLine, klogStructured(message, error === null ? pairs : ['err', error, ...pairs]));
/** Structured warnings do not exist in klog; this is `klog.Warning(message)`. */
export const klogWarn = (fileLine: string, message: string) => klogLine('W', fileLine, message);
/** `klog.Infof`: the message as it is. */
export const klogInfof = (fileLine: string, message: string) => klogLine('I', fileLine, message);
/** `klog.Warningf`. */
export const klogWarnf = klogWarn;
/** `klog.Errorf`. */
export const klogErrorf = (fileLine: string, message: string) => klogLine('E', fileLine, message);
/** `klog.Fatalf`: the line only; the caller ends the process with exit code 255. */
export const klogFatalf = (fileLine: string, message: string) => klogLine('F', fileLine, message);
/** `utilruntime.HandleErrorWithContext(ctx, err, message, pairs…)`: `logger="UnhandledError"` behind err. */
export const klogUnhandled = (fileLine: string, error: string, message: string, ...pairs: KeyValue[]) =>
  klogLine('E', fileLine, klogStructured(message, ['err', error, 'logger', 'UnhandledError', ...pairs]));
