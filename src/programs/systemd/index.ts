/**
 * systemd as PID 1: loads units, boots the default target, supervises services, answers systemctl, collects their
 * output for journald. Everything it knows is in tables, so that its loop holds nothing but descriptors.
 */
import { errnoOf } from '../../kernel/errno.ts';
import { accept, checkpoint, close, cpu, del, get, now, poll, processes, put, recv, self, send, view, waitpid, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { exitOf, type JobOutcome, type ManagerReply, type ManagerRequest, type Notification } from '../../lib/systemd/index.ts';
import { cpuTime } from '../../lib/accounting/index.ts';
import { connectJournal, MESSAGE_ID, sendJournal } from '../../lib/journal/index.ts';
import { boot, bootFinished } from './boot.ts';
import { handle, nextDue } from './control.ts';
import { dropResults, enqueue, settleJobs, takeResult } from './job.ts';
import { log } from './log.ts';
import { exited, groupChanged, notified, timedOut } from './service.ts';
import { stdout } from './stdout.ts';
import { patch, units } from './units.ts';

interface State { readonly control: number; readonly notify: number; readonly clients: readonly number[]; readonly notifiers: readonly number[] }
interface Waiter { readonly fd: number; readonly jobs: readonly { readonly unit: string; readonly job: number | null; readonly error: string | null; readonly result: JobOutcome['result'] }[] }

const WAITERS = 'waiter';

/** The child of a fork whose exec failed: says so in the journal and exits as systemd's child does. */
function* failedStep(argv: readonly string[]): Coroutine<number> {
  const [name = '', unitName = '', status = '1', ...lines] = argv;
  yield* cpu(1500);   // what a fork and the sandbox take; PID 1 is faster
  const { pid } = yield* self();
  const fd = yield* connectJournal();
  if (fd !== null) {
    yield* sendJournal(fd, lines.map((line) => ({ message: `${unitName}: ${line}`, priority: 3 as const, transport: 'journal' as const, identifier: name, pid, systemdUnit: unitName, unit: unitName,
      comm: name, exe: '/usr/lib/systemd/systemd', cmdline: name, messageId: MESSAGE_ID.spawnFailed })));
  }
  yield* cpu(500);
  return Number(status);
}

/** Reaps every child that is a zombie. */
function* reap(): Coroutine<void> {
  const at = yield* now();
  const used = new Map((yield* processes()).filter((p) => p.state === 'Z').map((p) => [p.pid, cpuTime(p, at)]));
  for (;;) {
    let dead;
    try {
      dead = yield* waitpid({ pid: -1, nohang: true, untraced: false });
    } catch (caught) {
      if (errnoOf(caught) !== 'ECHILD') throw caught;
      return;
    }
    if (dead === null) return;
    const name = yield* get<string>('pid', String(dead.pid));
    if (name === undefined) yield* groupChanged();
    else {
      yield* del('pid', String(dead.pid));
      yield* exited(name, dead.pid, exitOf(dead.status), used.get(dead.pid) ?? 0);
    }
  }
}

/** Deadlines and restarts that are due. */
function* fireTimers(): Coroutine<void> {
  const at = yield* now();
  for (const [name, u] of (yield* units()).entries()) {
    if (u.deadline !== null && u.deadline <= at) yield* timedOut(name);
    if (u.restartAt === null || u.restartAt > at) continue;
    const next = yield* patch(name, { restartAt: null, restarts: u.restarts + 1 });
    yield* log(`${name}: Scheduled restart job, restart counter is at ${next.restarts}.`, { unit: name, id: MESSAGE_ID.restartScheduled });
    yield* enqueue(next, 'restart');
  }
}

function* reply(fd: number, value: ManagerReply): Coroutine<void> {
  try {
    yield* send(fd, value as unknown as Json);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;   // the client did not wait for the answer
  }
}

/** Answers clients whose jobs are all over. */
function* answerWaiters(): Coroutine<void> {
  for (const [key, waiter] of (yield* view<Waiter>(WAITERS)).entries()) {
    const rows = [];
    for (const row of waiter.jobs) rows.push(row.job === null || row.result !== null ? row : { ...row, result: yield* takeResult(row.job) });
    if (rows.some((r) => r.job !== null && r.result === null)) {
      yield* put(WAITERS, key, { ...waiter, jobs: rows });
      continue;
    }
    yield* del(WAITERS, key);
    yield* reply(waiter.fd, { outcomes: rows.map((r): JobOutcome => ({ unit: r.unit, error: r.error, result: r.error !== null ? null : r.result ?? 'done' })) });
  }
  yield* dropResults();
}

/** One frame of a client; false when it is gone. */
function* serve(fd: number): Coroutine<boolean> {
  let frame;
  try {
    frame = yield* recv(fd, 0);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    if (code === 'EAGAIN') return true;
    frame = null;
  }
  if (frame === null) {
    yield* del(WAITERS, String(fd));
    yield* close(fd);
    return false;
  }
  const answer = yield* handle(frame as unknown as ManagerRequest);
  if ('reply' in answer) yield* reply(fd, answer.reply);
  else yield* put(WAITERS, String(fd), { fd, jobs: answer.wait.map((w) => ({ ...w, result: null })) });
  return true;
}

/** One notification; the connection carries no other. */
function* hear(fd: number): Coroutine<void> {
  try {
    const frame = (yield* recv(fd, 0)) as unknown as Notification | null;
    const name = frame === null ? undefined : yield* get<string>('pid', String(frame.pid));
    if (name !== undefined) yield* notified(name, frame!.text);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  yield* close(fd);
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  if (argv[0]!.startsWith('(')) return yield* failedStep(argv);
  if (saved === undefined && (yield* self()).pid !== 1) {
    yield* write(2, 'Can\'t run system mode unless PID 1.\n');
    return 1;
  }
  let state = (saved as State | undefined) ?? { ...(yield* boot()), clients: [], notifiers: [] };
  for (;;) {
    yield* checkpoint(state);
    yield* settleJobs();
    yield* answerWaiters();
    yield* bootFinished();
    const due = yield* nextDue();
    const { control, notify, clients, notifiers } = state;
    const ready = yield* poll({ fds: [control, notify, ...clients, ...notifiers], signals: true, ...(due === null ? {} : { timeout: due }) });
    if (ready.signal === 'CHLD') yield* reap();
    for (const fd of ready.fds) {
      if (fd === control) state = { ...state, clients: [...state.clients, (yield* accept(control)).fd] };
      else if (fd === notify) state = { ...state, notifiers: [...state.notifiers, (yield* accept(notify)).fd] };
      else if (state.notifiers.includes(fd)) {
        yield* hear(fd);
        state = { ...state, notifiers: state.notifiers.filter((x) => x !== fd) };
      } else if (!(yield* serve(fd))) state = { ...state, clients: state.clients.filter((x) => x !== fd) };
    }
    yield* fireTimers();
  }
}

export const program: Program = { name: 'systemd', main, threads: { stdout } };
