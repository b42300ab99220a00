/**
 * Terminals: a line discipline between the learner's keys and the guest's reads.
 * Canonical mode edits a line (backspace, ^U, ^W), echoes, ends it at CR/LF or ^D, and turns ^C ^\ ^Z into
 * signals for the foreground group. Raw mode hands bytes over as they come and signals nothing.
 */
import { byNumber } from './btree.ts';
import { SysError } from './errno.ts';
import type { Kernel, Outcome } from './kernel.ts';
import type { KernelState, ProcessRecord, ThreadRecord, Tty } from './state.ts';
import type { Bytes, Signal } from './sys.ts';

const SIGNAL_KEYS: Readonly<Record<string, Signal>> = { '\x03': 'INT', '\x1c': 'QUIT', '\x1a': 'TSTP' };
const INPUT_LIMIT = 12_000_000;

export function newTty(name: string, host: string, object: number, cols: number, rows: number): Tty {
  return { name, host, object, cols, rows, raw: false, echo: true, sid: 0, pgid: 0, ready: '', line: '', eofs: 0, out: '', outBase: 0, times: byNumber() };
}

export function readTty(k: Kernel, p: ProcessRecord, t: ThreadRecord, name: string, max: number): Outcome {
  const tty = k.state.ttys.get(name);
  if (tty === undefined) throw new SysError('EIO');
  if (p.tty === name && p.pgid !== tty.pgid && tty.pgid !== 0) {
    if (p.actions.get('TTIN') === 'ignore') throw new SysError('EIO');
    k.signalGroup(p.pgid, 'TTIN');
    return k.block(t, [tty.object]);
  }
  if (tty.ready.length > 0) {
    // A canonical read gives at most one line.
    const end = tty.raw ? max : Math.min(max, tty.ready.indexOf('\n') < 0 ? tty.ready.length : tty.ready.indexOf('\n') + 1);
    const data = tty.ready.slice(0, end);
    tty.ready = tty.ready.slice(end);
    return data;
  }
  if (tty.eofs > 0) {
    tty.eofs--;
    return '';
  }
  return k.block(t, [tty.object]);
}

const printable = (key: string): string => (key < ' ' && key !== '\n' && key !== '\t' ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key === '\x7f' ? '^?' : key);

/** Characters that the last UTF-8 character of `line` takes. */
function lastCharacter(line: Bytes): number {
  let n = 1;
  while (n < line.length && n < 4 && (line.charCodeAt(line.length - n) & 0xc0) === 0x80) n++;
  return n;
}

function erase(k: Kernel, tty: Tty, bytes: number): void {
  const gone = tty.line.slice(tty.line.length - bytes);
  tty.line = tty.line.slice(0, tty.line.length - bytes);
  if (!tty.echo) return;
  let columns = 0;
  for (let i = 0; i < gone.length; i++) {
    const c = gone.charCodeAt(i);
    if ((c & 0xc0) !== 0x80) columns += c >= 0xe1 ? 2 : c < 32 ? 2 : 1;
  }
  k.ttyOutput(tty.name, '\b \b'.repeat(columns));
}

/** Keys typed by the learner. */
export function typeInto(k: Kernel, tty: Tty, bytes: Bytes): void {
  if (tty.raw) {
    if (tty.ready.length + bytes.length <= INPUT_LIMIT) tty.ready += bytes;
    k.wake(tty.object);
    return;
  }
  for (const key of bytes) cookedKey(k, tty, key);
  k.wake(tty.object);
}

function cookedKey(k: Kernel, tty: Tty, key: string): void {
  const signal = SIGNAL_KEYS[key];
  if (signal !== undefined) {
    if (tty.echo) k.ttyOutput(tty.name, printable(key));
    tty.line = '';
    tty.ready = '';
    if (tty.pgid !== 0) k.signalGroup(tty.pgid, signal);
  } else if (key === '\x7f' || key === '\b') {
    if (tty.line !== '') erase(k, tty, lastCharacter(tty.line));
  } else if (key === '\x15') {
    erase(k, tty, tty.line.length);
  } else if (key === '\x17') {
    erase(k, tty, /(?:\S*\s*)$/.exec(tty.line)![0].length);
  } else if (key === '\x04') {
    if (tty.line === '') tty.eofs++;
    else submit(tty);
  } else if (key === '\r' || key === '\n') {
    tty.line += '\n';
    if (tty.echo) k.ttyOutput(tty.name, '\n');
    submit(tty);
  } else if (tty.ready.length + tty.line.length < INPUT_LIMIT) {
    tty.line += key;
    if (tty.echo) k.ttyOutput(tty.name, printable(key));
  }
}

function submit(tty: Tty): void {
  tty.ready += tty.line;
  tty.line = '';
}

/** Characters kept of what a terminal has shown, and how many are left when there are more. */
const SHOWN_MOST = 4_000_000;
const SHOWN_LEFT = 2_000_000;

/** What a program prints, with each line's end as a terminal wants it. */
export function printTo(state: KernelState, name: string, text: string): void {
  const tty = state.ttys.get(name);
  if (tty === undefined || text === '') return;
  const newest = tty.times.maxKey();
  if (newest === undefined || tty.times.get(newest) !== state.now) tty.times.set(tty.outBase + tty.out.length, state.now);
  tty.out += text.replace(/\r?\n/g, '\r\n');
  if (tty.out.length <= SHOWN_MOST) return;
  const cut = tty.out.length - SHOWN_LEFT;
  tty.out = tty.out.slice(cut);
  tty.outBase += cut;
  tty.times.deleteRange(0, tty.outBase, false);
}

/** Leaving canonical mode hands the unfinished line over, as Linux does. */
export function setMode(k: Kernel, tty: Tty, raw: boolean | undefined, echo: boolean | undefined): void {
  if (raw === true && !tty.raw && tty.line !== '') submit(tty);
  if (raw !== undefined) tty.raw = raw;
  if (echo !== undefined) tty.echo = echo;
  if (tty.ready !== '') k.wake(tty.object);
}

/** The far end goes away: the session's processes hear SIGHUP, whoever still reads gets EIO, what is printed is lost. */
export function hangUp(k: Kernel, name: string): void {
  const tty = k.state.ttys.get(name);
  if (tty === undefined) return;
  k.state.ttys.delete(name);
  for (const p of [...k.state.processes.values()]) {
    if (p.tty !== name || p.status !== null) continue;
    k.signal(p, 'HUP');
    k.signal(p, 'CONT');
  }
  k.wake(tty.object);
}

export function resize(k: Kernel, tty: Tty, cols: number, rows: number): void {
  if (tty.cols === cols && tty.rows === rows) return;
  tty.cols = cols;
  tty.rows = rows;
  if (tty.pgid !== 0) k.signalGroup(tty.pgid, 'WINCH');
}
