/**
 * A thread's life as data: its journal, and how the live generator is rebuilt from it.
 * Law T1: running the entry with `saved` and feeding the journal lands on the same `waiting` call.
 */
import { MissingPart, SysError } from './errno.ts';
import { Failed, Nulls } from './state.ts';
import type { ProcessRecord, ThreadRecord } from './state.ts';
import { lend } from './sys.ts';
import type { Coroutine, Json, Program, Programs, Syscall } from './sys.ts';

/** Rows a thread may journal between checkpoints; null results (ticks, writes) are free. */
export const JOURNAL_LIMIT = 50_000;

export function record(thread: ThreadRecord, row: unknown): void {
  if (row === null) {
    thread.nulls++;
    return;
  }
  // A snapshot may share the array beyond its own length: never write into what it sees.
  if (thread.journal.length !== thread.journalLength) thread.journal = thread.journal.slice(0, thread.journalLength);
  if (thread.nulls > 0) {
    thread.journal.push(new Nulls(thread.nulls));
    thread.nulls = 0;
  }
  thread.journal.push(row);
  thread.journalLength = thread.journal.length;
}

export function restart(thread: ThreadRecord, saved: unknown): void {
  thread.saved = saved;
  thread.journal = [];
  thread.journalLength = 0;
  thread.nulls = 0;
  thread.gen = null;
}

function entry(process: ProcessRecord, thread: ThreadRecord, program: Program): Coroutine<unknown> {
  if (thread.name === 'main') return program.main(process.argv, thread.saved as Json | undefined);
  const body = program.threads?.[thread.name];
  if (body === undefined) throw new Error(`${program.name} has no thread ${thread.name}`);
  return body(thread.arg, thread.saved as Json | undefined);
}

export function programOf(programs: Programs, process: ProcessRecord): Program {
  const program = programs.get(process.program);
  if (program === undefined) throw new Error(`no program ${process.program}`);
  if (program === null) throw new MissingPart(process.program);
  return program;
}

/** To be asked before anything changes on the thread's behalf: whether it can run (law T6). Errors: MissingPart. */
export function demandCode(programs: Programs, process: ProcessRecord, thread: ThreadRecord): void {
  if (thread.gen === null) programOf(programs, process);
}

/** Brings the generator to where the record says it waits. A difference is a bug of ours and stops the world. */
export function rebuild(process: ProcessRecord, thread: ThreadRecord, program: Program): Coroutine<unknown> {
  const gen = entry(process, thread, program);
  if (thread.waiting === null) return gen;
  const before = lend(null);
  try {
    replay(gen, process, thread, thread.waiting);
  } finally {
    lend(before);
  }
  return gen;
}

function replay(gen: Coroutine<unknown>, process: ProcessRecord, thread: ThreadRecord, waiting: Syscall): void {
  let step = gen.next();
  const feed = (row: unknown): void => {
    if (step.done === true) throw new Error(`${describe(process, thread)}: replay ended early`);
    step = row instanceof Failed ? gen.throw(new SysError(row.code)) : gen.next(row);
  };
  for (let i = 0; i < thread.journalLength; i++) {
    const row = thread.journal[i];
    if (row instanceof Nulls) for (let n = 0; n < row.count; n++) feed(null);
    else feed(row);
  }
  for (let n = 0; n < thread.nulls; n++) feed(null);
  const at = step.done === true ? null : (step.value as Syscall);
  if (at === null || at.op !== waiting.op) {
    throw new Error(`${describe(process, thread)}: replay reached ${at?.op ?? 'the end'}, the record waits in ${waiting.op}`);
  }
}

export function describe(process: ProcessRecord, thread: ThreadRecord): string {
  return `${process.program}[${process.pid}] thread ${thread.name}/${thread.tid}`;
}
