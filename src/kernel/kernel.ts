/**
 * The running kernel: scheduling, waking, signals, process birth and death. The system calls themselves are
 * in calls/. A call that cannot finish returns BLOCK after naming what it waits for; whenever one of those
 * objects changes (or the deadline passes) the call is simply tried again, so every wait is restorable.
 */
import { Alarms } from './alarms.ts';
import { MissingPart, SysError } from './errno.ts';
import { endProcess, forgetThread } from './death.ts';
import { closeFile, closeSocket, fileOf, openFile } from './descriptors.ts';
import { deliver, deliverGroup } from './signals.ts';
import { demandCode, describe, JOURNAL_LIMIT, programOf, rebuild, record } from './thread.ts';
import { Bug, Failed } from './state.ts';
import type { KernelState, OpenFile, ProcessRecord, ThreadRecord } from './state.ts';
import { printTo } from './tty.ts';
import { Vfs } from './vfs.ts';
import type { Viewer } from './vfs.ts';
import { Waiters } from './waiters.ts';
import { GIVE_WAY, lend } from './sys.ts';
import type { Json, Op, Programs, Signal, Syscall, VTime, WaitStatus, WatchKind } from './sys.ts';
import type { Rom } from './spec.ts';

/** What a handler returns when the call must wait. */
export const BLOCK: unique symbol = Symbol('block');
/** What `checkpoint`, `exit` and the like return: the thread's generator is gone or restarts. */
export const RESTART: unique symbol = Symbol('restart');
export type Outcome = unknown;
/** No outcome yet; not performed, since the turn is over. */
const NONE: unique symbol = Symbol('none');
const LATER: unique symbol = Symbol('later');
export type Handler = (k: Kernel, p: ProcessRecord, t: ThreadRecord, arg: never) => Outcome;
export type Handlers = Readonly<Partial<Record<Op, Handler>>>;

const FREE_CALLS = 2000;
const CALL_COST = 100;          // µs once the free calls are used up
const SLICE = 256;              // calls a thread makes before others get a turn
/** Blocking calls of the main thread that a caught signal interrupts. */
const INTERRUPTIBLE: ReadonlySet<Op> = new Set(['wait', 'read', 'write', 'sleep', 'cpu', 'tick', 'accept', 'connect', 'recv', 'readwatch', 'poll', 'device']);

export class Kernel {
  readonly state: KernelState;
  readonly vfs: Vfs;
  readonly rom: Rom;
  readonly programs: Programs;
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #waiters = new Waiters();
  readonly #alarms: Alarms;
  /** The thread whose turn it is, the calls it has made in it, and the outcome of one it had to give way for. */
  #running: ThreadRecord | null = null;
  #runningIn: ProcessRecord | null = null;
  #calls = 0;
  #answer: Outcome = NONE;

  constructor(state: KernelState, programs: Programs, rom: Rom, handlers: Handlers) {
    this.state = state;
    this.programs = programs;
    this.rom = rom;
    this.#handlers = new Map(Object.entries(handlers));
    this.#alarms = new Alarms(state);
    this.vfs = new Vfs(state, (at, kind, name) => this.#notifyWatches(at, kind, name));
    const blocked: ThreadRecord[] = [];
    for (const p of state.processes.values()) for (const t of p.threads.values()) if (t.status === 'blocked') blocked.push(t);
    blocked.sort((a, b) => a.waitSeq - b.waitSeq);
    for (const t of blocked) this.#waiters.add(t);
  }

  get now(): VTime { return this.state.now; }
  newId(): number { return this.state.nextId++; }

  // ---- the event loop --------------------------------------------------------------------------------------
  get runnable(): boolean { return this.state.ready.length > 0; }
  get nextTimer(): VTime | null { return this.#alarms.next; }

  /** Runs what is ready, then the timers up to `until`. `budget` counts system calls. Errors: MissingPart. */
  advance(until: VTime, budget: number): 'reached' | 'budget' {
    const end = this.state.steps + budget;
    for (;;) {
      while (this.state.ready.length > 0) {
        if (this.state.steps >= end) return 'budget';
        this.#turn();
      }
      const at = this.nextTimer;
      if (at === null || at > until) {
        this.state.now = Math.max(this.state.now, until);
        return 'reached';
      }
      const due = this.#alarms.first;
      if (due !== null) demandCode(this.programs, this.state.processes.get(due.pid)!, due);
      this.state.now = Math.max(this.state.now, at);
      this.#fire();
    }
  }

  /** Runs everything that is runnable at this instant. False when the budget ran out first. Errors: MissingPart. */
  settle(budget: number): boolean {
    const end = this.state.steps + budget;
    while (this.state.ready.length > 0) {
      if (this.state.steps >= end) return false;
      this.#turn();
    }
    return true;
  }

  #turn(): void {
    const next = this.state.ready[0]!;
    const p = this.state.processes.get(next.pid);
    const t = p?.threads.get(next.tid);
    const goes = p !== undefined && t !== undefined && t.token === next.token && !p.stopped;
    if (goes) demandCode(this.programs, p, t);
    // Counted, too: a thread may end without another call, and an input came before that or after it.
    this.state.steps++;
    this.state.ready.shift();
    if (goes) this.#run(p, t);
  }

  #fire(): void {
    const t = this.#alarms.take();
    if (t !== null) this.#enqueue(t);
  }

  // ---- running a thread ------------------------------------------------------------------------------------
  #enqueue(t: ThreadRecord): void {
    if (t.status === 'blocked') this.#waiters.remove(t);
    if (t.status !== 'delayed') t.status = 'ready';
    this.state.ready.push({ pid: t.pid, tid: t.tid, token: t.token });
  }

  #run(p: ProcessRecord, t: ThreadRecord): void {
    const before = lend(this);
    try {
      this.#runs(p, t);
    } finally {
      lend(before);
    }
  }

  #runs(p: ProcessRecord, t: ThreadRecord): void {
    this.#running = t;
    this.#runningIn = p;
    this.#calls = 0;
    let outcome: Outcome;
    if (t.status === 'delayed') {
      outcome = t.result;
      t.result = null;
      t.status = 'ready';
    } else if (t.waiting !== null) {
      outcome = this.#perform(p, t, t.waiting);
    } else {
      outcome = RESTART;
    }
    for (;;) {
      const status = t.status as ThreadRecord['status'];
      if (status === 'blocked' || status === 'delayed') return;
      if (p.status !== null || !p.threads.has(t.tid)) return;
      const call = this.#resume(p, t, outcome);
      if (call === null) return;
      if (this.#answer === NONE) this.#take(p, t, call);
      outcome = this.#answer;
      this.#answer = NONE;
      if (outcome === LATER) {
        this.#enqueue(t);
        return;
      }
      if (outcome instanceof Bug) throw outcome.caught;
    }
  }

  /** Performs the thread's next call, if its turn is not over: the outcome is in `#answer`. */
  #take(p: ProcessRecord, t: ThreadRecord, call: Syscall): void {
    t.waiting = call;
    t.deadline = null;
    t.progress = 0;
    this.#answer = ++this.#calls > SLICE ? LATER : this.#perform(p, t, call);
  }

  /** A call of the thread that is running just now (law T5): its result, or GIVE_WAY with the outcome left in `#answer`. */
  serve(call: Syscall): unknown {
    const t = this.#running!;
    const p = this.#runningIn!;
    try {
      this.#take(p, t, call);
    } catch (caught) {
      this.#answer = new Bug(caught);
    }
    const outcome = this.#answer;
    if (outcome === LATER || outcome === BLOCK || outcome === RESTART || t.status === 'delayed' || p.status !== null || outcome instanceof Bug || !p.threads.has(t.tid)) return GIVE_WAY;
    this.#answer = this.#record(p, t, outcome) ? NONE : null;
    if (this.#answer !== NONE) return GIVE_WAY;
    if (outcome instanceof Failed) throw new SysError(outcome.code);
    return outcome;
  }

  /** Hands `outcome` to the generator and takes its next call; null when the thread is over. */
  #resume(p: ProcessRecord, t: ThreadRecord, outcome: Outcome): Syscall | null {
    try {
      let step;
      if (outcome === RESTART) {
        t.token++;
        t.waiting = null;
        t.gen = rebuild(p, t, programOf(this.programs, p));
        step = t.gen.next();
      } else {
        t.gen ??= rebuild(p, t, programOf(this.programs, p));
        if (!this.#record(p, t, outcome)) return null;
        step = outcome instanceof Failed ? t.gen.throw(new SysError(outcome.code)) : t.gen.next(outcome);
      }
      if (step.done !== true) return step.value;
      this.#finished(p, t, step.value);
    } catch (caught) {
      if (caught instanceof MissingPart || !(caught instanceof Error || caught instanceof SysError)) throw caught;
      this.#crash(p, t, caught instanceof SysError ? `unexpected ${caught.code} from ${t.waiting?.op ?? 'start'}` : caught.stack ?? caught.message);
    }
    return null;
  }

  /** Notes a result in the thread's journal; false when that ended the process. */
  #record(p: ProcessRecord, t: ThreadRecord, outcome: Outcome): boolean {
    t.token++;
    record(t, outcome);
    if (t.journalLength <= JOURNAL_LIMIT) return true;
    this.#crash(p, t, `stopped: more than ${JOURNAL_LIMIT} system calls without a checkpoint`);
    return false;
  }

  #perform(p: ProcessRecord, t: ThreadRecord, call: Syscall): Outcome {
    this.state.steps++;
    const handler = this.#handlers.get(call.op);
    if (handler === undefined) throw new Error(`no system call ${call.op}`);
    let outcome: Outcome;
    try {
      outcome = t.tid === 1 && p.pending.length > 0 && call.op === 'tick' ? this.#interrupt(p) ?? handler(this, p, t, call.arg as never)
        : handler(this, p, t, call.arg as never);
    } catch (caught) {
      if (!(caught instanceof SysError)) throw caught;
      outcome = new Failed(caught.code);
    }
    if (outcome === BLOCK) {
      const interrupted = t.tid === 1 && INTERRUPTIBLE.has(call.op) ? this.#interrupt(p) : null;
      if (interrupted === null) {
        t.status = 'blocked';
        t.waitSeq = this.state.seq++;
        this.#waiters.add(t);
        return BLOCK;
      }
      outcome = interrupted;
    }
    return this.#pay(p, t, outcome);
  }

  /** EINTR when a caught signal has not yet interrupted anything. */
  #interrupt(p: ProcessRecord): Failed | null {
    if (!p.pending.some((s) => !s.seen)) return null;
    p.pending = p.pending.map((s) => ({ ...s, seen: true }));
    return new Failed('EINTR');
  }

  #refill(p: ProcessRecord): void {
    if (p.allowanceAt === this.state.now) return;
    p.allowance = Math.min(FREE_CALLS, p.allowance + (this.state.now - p.allowanceAt) / CALL_COST);
    p.allowanceAt = this.state.now;
  }

  /** How many of its free calls a process has used and not yet got back. */
  callsOf(p: ProcessRecord): number {
    this.#refill(p);
    return Math.ceil(FREE_CALLS - p.allowance);
  }

  /** A busy process pays for its calls in virtual time (law C1), so that no loop can stop the clock. */
  #pay(p: ProcessRecord, t: ThreadRecord, outcome: Outcome): Outcome {
    this.#refill(p);
    p.allowance -= 1;
    p.cpuUs += 2;
    if (p.allowance >= 0 || p.status !== null) return outcome;
    const cost = CALL_COST * Math.max(1, Math.ceil(-p.allowance));
    p.cpuUs += cost;
    if (outcome === RESTART) return outcome;
    Object.assign(t, { status: 'delayed', result: outcome });
    this.timer(t, this.state.now + cost);
    return outcome;
  }

  #finished(p: ProcessRecord, t: ThreadRecord, result: unknown): void {
    if (t.tid === 1) this.endProcess(p, { code: (typeof result === 'number' ? result : 0) & 255, signal: null, stopped: false });
    else this.dropThread(p, t);
  }

  /** A program of ours failed: like a panic, it takes its process with it and says so where stderr goes. */
  #crash(p: ProcessRecord, t: ThreadRecord, text: string): void {
    const message = `${describe(p, t)}: ${text}`;
    this.crashes.push(message);
    const err = p.fds.get(2);
    const file = err === undefined ? undefined : this.state.open.get(err);
    if (file !== undefined) this.emit(file, `${p.program}: internal error: ${text.split('\n')[0]}\n`);
    this.endProcess(p, { code: 2, signal: null, stopped: false });
  }
  /** Bugs seen since this kernel object was made: tests fail on them, the page reports them. */
  readonly crashes: string[] = [];

  /** Best-effort output without a waiting writer (crash messages, echo). */
  emit(file: OpenFile, text: string): void {
    if (file.kind === 'tty') this.ttyOutput(file.tty, text);
    else if (file.kind === 'pipe') {
      const pipe = this.state.pipes.get(file.pipe)!;
      pipe.buffer += text;
      this.wake(pipe.id);
    } else if (file.kind === 'capture') {
      const exec = this.state.execs.get(file.exec)!;
      exec[file.stream] += text;
    } else if (file.kind === 'file') {
      const inode = this.vfs.inode(file.at);
      this.vfs.setContent(file.at, file.path, { data: this.vfs.readBytes(inode) + text }, false);
    }
  }
  ttyOutput(name: string, text: string): void { printTo(this.state, name, text); }

  // ---- waiting and waking ----------------------------------------------------------------------------------
  /** A handler's wait: on objects, and until `deadline` when it is set (kept over retries). */
  block(t: ThreadRecord, objects: readonly number[], timeout: number | null = null): typeof BLOCK {
    t.waitOn = objects;
    if (timeout !== null && t.deadline === null) {
      t.deadline = this.state.now + Math.max(0, Math.round(timeout));
      this.timer(t, t.deadline);
    }
    return BLOCK;
  }
  expired(t: ThreadRecord): boolean { return t.deadline !== null && this.state.now >= t.deadline; }
  timer(t: ThreadRecord, at: VTime): void { this.#alarms.set(t, at); }
  /** Lets everyone who waits on `object` try again: at once, or after `delay` µs. */
  wake(object: number, delay = 0): void {
    for (const t of this.#waiters.of(object)) {
      if (delay === 0) this.#enqueue(t);
      else this.timer(t, this.state.now + delay);
    }
  }
  /** Who waits on `object` just now. */
  waitersOf(object: number): readonly ThreadRecord[] { return this.#waiters.of(object); }
  wakeThread(t: ThreadRecord): void {
    if (t.status === 'blocked') this.#enqueue(t);
  }
  startThread(t: ThreadRecord): void {
    t.status = 'ready';
    this.state.ready.push({ pid: t.pid, tid: t.tid, token: t.token });
  }

  // ---- what other files do with this kernel ----------------------------------------------------------------
  signal(p: ProcessRecord, signal: Signal): void { deliver(this, p, signal); }
  signalGroup(pgid: number, signal: Signal): boolean { return deliverGroup(this, pgid, signal); }
  endProcess(p: ProcessRecord, status: WaitStatus): void { endProcess(this, p, status); }
  dropThread(p: ProcessRecord, t: ThreadRecord): void {
    if (t.status === 'blocked') this.#waiters.remove(t);
    forgetThread(this, p, t);
  }
  reap(p: ProcessRecord): void { this.state.processes.delete(p.pid); }
  openFile(p: ProcessRecord, file: OpenFile, at: number | null = null): number { return openFile(this, p, file, at); }
  file(p: ProcessRecord, fd: number): OpenFile { return fileOf(this, p, fd); }
  closeFile(id: number): void { closeFile(this, id); }
  closeSocket(id: number, reset: boolean): void { closeSocket(this, id, reset); }

  #notifyWatches(at: string, kind: WatchKind, name: string): void {
    for (const watch of this.state.watches.values()) {
      if (watch.at !== at || watch.queue.length >= 16384) continue;
      watch.queue = [...watch.queue, { kind, name }];
      this.wake(watch.id);
    }
  }

  viewer(p: ProcessRecord): Viewer { return p; }
  /** Reads a frozen copy of what is asked from outside (device replies arrive as inputs). */
  deviceReply(id: number, reply: Json): boolean {
    const request = this.state.devices.get(id);
    if (request === undefined) return false;
    request.replies = [...request.replies, reply];
    const t = this.state.processes.get(request.pid)?.threads.get(request.tid);
    if (t !== undefined) this.wakeThread(t);
    return true;
  }
}
