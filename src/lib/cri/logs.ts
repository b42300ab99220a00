/**
 * Reading container logs: from CRI-format files back to what the process printed. Pure; the followers in
 * crictl and the kubelet feed it. Models kubernetes pkg/kubelet/kuberuntime/logs (cri-client logs.go).
 */
import { parseRfc3339 } from '../../base/time.ts';
import type { Bytes } from '../../kernel/sys.ts';

export interface LogOptions {
  /** Lines from the end; −1 = all. */ readonly tail: number;
  /** µs; 0 = from the beginning. */ readonly since: number;
  readonly timestamps: boolean;
  /** −1 = no limit. */ readonly limitBytes: number;
}
export interface LogLine { readonly time: string; readonly stream: 'stdout' | 'stderr'; readonly text: Bytes }

/** One line of a log file; null when it is none. The text carries its newline unless it is a partial line. */
export function parseLogLine(row: Bytes): LogLine | null {
  const match = /^(\S+) (stdout|stderr) ([FP])(?::\S+)? ?/.exec(row);
  if (match === null) return null;
  const text = row.slice(match[0].length);
  return { time: match[1]!, stream: match[2] as LogLine['stream'], text: match[3] === 'F' ? `${text}\n` : text };
}

/** Where the last `tail` lines begin. */
export function tailOffset(data: Bytes, tail: number): number {
  if (tail < 0) return 0;
  let at = data.endsWith('\n') ? data.length - 1 : data.length;
  for (let left = tail; left > 0; left--) {
    at = data.lastIndexOf('\n', at - 1);
    if (at < 0) return 0;
  }
  return tail === 0 ? data.length : at + 1;
}

/** The whole lines of `data` as they are to be shown, and how many bytes were read. */
export function readLog(data: Bytes, options: LogOptions): { readonly lines: readonly LogLine[]; readonly consumed: number } {
  const end = data.lastIndexOf('\n') + 1;
  const lines: LogLine[] = [];
  for (const row of data.slice(0, end).split('\n')) {
    const line = row === '' ? null : parseLogLine(row);
    if (line === null) continue;
    if (options.since > 0 && (parseRfc3339(line.time) ?? 0) < options.since) continue;
    lines.push(options.timestamps ? { ...line, text: `${line.time} ${line.text}` } : line);
  }
  return { lines, consumed: end };
}
