/** Entries as journalctl prints them (`-o short`, `cat`, `json` …). Text is a byte string and may hold UTF-8. */
import { syslogTime } from '../../base/time.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import type { Bytes } from '../../kernel/sys.ts';
import type { Entry, Journal } from './entry.ts';
import { fullTime, isoTime } from './time.ts';

export const OUTPUTS = ['short', 'short-full', 'short-iso', 'short-iso-precise', 'short-precise', 'short-monotonic', 'short-unix', 'verbose', 'export', 'json', 'json-pretty', 'json-sse', 'json-seq', 'cat', 'with-unit'] as const;
export type Output = (typeof OUTPUTS)[number];

const bootId = (journal: Journal, entry: Entry) => journal.boots[entry.boot]?.id ?? '0'.repeat(32);
const bootStart = (journal: Journal, entry: Entry) => journal.boots[entry.boot]?.startedAt ?? entry.at;
const micros = (us: number) => String(us % 1e6).padStart(6, '0');

function stamp(journal: Journal, entry: Entry, output: Output): string {
  switch (output) {
    case 'short-iso': return isoTime(entry.at);
    case 'short-iso-precise': return isoTime(entry.at, true);
    case 'short-full': case 'with-unit': return fullTime(entry.at);
    case 'short-precise': return `${syslogTime(entry.at)}.${micros(entry.at)}`;
    case 'short-unix': return `${Math.floor(entry.at / 1e6)}.${micros(entry.at)}`;
    case 'short-monotonic': {
      const us = entry.at - bootStart(journal, entry);
      return `[${String(Math.floor(us / 1e6)).padStart(5)}.${micros(us)}]`;
    }
    default: return syslogTime(entry.at);
  }
}

/** `Aug 19 00:19:03 host kubelet[412]: message`; further lines of a message stand under its first. */
function shortLine(journal: Journal, entry: Entry, output: Output, hostname: string): Bytes {
  const who = output === 'with-unit' && (entry.systemdUnit ?? entry.unit) !== null ? `${entry.systemdUnit ?? entry.unit}[${entry.pid ?? ''}]`
    : entry.pid === null ? entry.identifier : `${entry.identifier}[${entry.pid}]`;
  const head = `${stamp(journal, entry, output)} ${hostname === '' ? '' : `${hostname} `}${who}: `;
  const [first, ...rest] = entry.message.split('\n');
  return [head + first!, ...rest.map((line) => ' '.repeat(head.length) + line)].join('\n');
}

/** The fields of an entry, in the order `-o verbose` shows them here. */
function fields(journal: Journal, entry: Entry, hostname: string): [string, string][] {
  const all: [string, string | number | null | undefined][] = [
    ['_TRANSPORT', entry.transport], ['PRIORITY', entry.priority], ['SYSLOG_IDENTIFIER', entry.identifier], ['SYSLOG_FACILITY', entry.transport === 'kernel' ? 0 : 3],
    ['_BOOT_ID', bootId(journal, entry)], ['_MACHINE_ID', journal.machineId], ['_HOSTNAME', hostname], ['_PID', entry.pid], ['_UID', entry.pid === null ? null : entry.uid ?? 0], ['_GID', entry.pid === null ? null : 0],
    ['_COMM', entry.comm], ['_EXE', entry.exe], ['_CMDLINE', entry.cmdline], ['_SYSTEMD_CGROUP', entry.systemdUnit === null ? null : `/system.slice/${entry.systemdUnit}`],
    ['_SYSTEMD_UNIT', entry.systemdUnit], ['_SYSTEMD_SLICE', entry.systemdUnit === null ? null : 'system.slice'], ['UNIT', entry.unit], ['MESSAGE_ID', entry.messageId], ['MESSAGE', entry.message],
  ];
  return all.flatMap(([k, v]): [string, string][] => (v === null || v === undefined ? [] : [[k, String(v)]]));
}

/** `s=…;i=…;b=…;m=…;t=…;x=…`. */
export function cursorOf(journal: Journal, entry: Entry): string {
  const hex = (n: number) => n.toString(16);
  return `s=${journal.machineId};i=${hex(entry.seq)};b=${bootId(journal, entry)};m=${hex(entry.at - bootStart(journal, entry))};t=${hex(entry.at)};x=${hex(entry.seq * 2654435761)}`;
}

function jsonOf(journal: Journal, entry: Entry, hostname: string): Record<string, string> {
  return { __CURSOR: cursorOf(journal, entry), __REALTIME_TIMESTAMP: String(entry.at), __MONOTONIC_TIMESTAMP: String(entry.at - bootStart(journal, entry)), ...Object.fromEntries(fields(journal, entry, hostname)) };
}

/** One entry, without its final newline. */
export function formatEntry(journal: Journal, entry: Entry, output: Output, hostname: string): Bytes {
  switch (output) {
    case 'cat': return entry.message;
    case 'json': return JSON.stringify(jsonOf(journal, entry, hostname));
    case 'json-sse': return `data: ${JSON.stringify(jsonOf(journal, entry, hostname))}\n`;
    case 'json-seq': return `\x1e${JSON.stringify(jsonOf(journal, entry, hostname))}`;
    case 'json-pretty': return JSON.stringify(jsonOf(journal, entry, hostname), null, '\t').replace(/": "/g, '" : "');
    case 'verbose': return [`${fullTime(entry.at, true)} [${cursorOf(journal, entry)}]`, ...fields(journal, entry, hostname).map(([k, v]) => `    ${k}=${v}`)].join('\n');
    case 'export': return Object.entries(jsonOf(journal, entry, hostname)).map(([k, v]) => `${k}=${v}\n`).join('');
    default: return shortLine(journal, entry, output, hostname);
  }
}

/** Cuts a line of text (a byte string) to `columns`, ending in `…`. */
export function ellipsize(line: Bytes, columns: number): Bytes {
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}${encodeUtf8('…')}`;
}
