/**
 * A learner's sitting at one lab: the world, the terminal, the editor and the checks.
 * Pure and synchronous: whoever holds a session decides when time passes.
 */
import type { Input, World, WorldSnapshot } from '../../kernel/world.ts';
import type { Bytes, FileType, Programs, VTime } from '../../kernel/sys.ts';
import type { Lang } from '../../labs/schema.ts';
import type { ClusterView } from './cluster-view.ts';
import type { SessionRest } from './rest.ts';

export type { Lang } from '../../labs/schema.ts';
export type { BackOffView, ClusterView, ComponentView, ExitView, Health, LinkView, ObjectView } from './cluster-view.ts';

export interface CheckView { readonly id: string; readonly title: string }
export interface TaskView { readonly id: string; readonly title: string; /** Markdown. */ readonly text: string; readonly checks: readonly CheckView[]; readonly hints: number; /** Lines of the headless runner. */ readonly solution: readonly string[] }
export interface LabView { readonly id: string; readonly title: string; readonly summary: string; readonly minutes: number; readonly level: string; readonly tasks: readonly TaskView[] }
export interface CheckResult { readonly id: string; readonly pass: boolean; /** What was seen, when it did not pass. */ readonly seen: string }

export interface EditorRequest { readonly id: number; readonly program: 'vi' | 'vim' | 'nano' | 'kubectl-edit'; readonly path: string; readonly text: string; readonly readOnly: boolean; readonly isNew: boolean }
export interface FileEntry { readonly name: string; readonly type: FileType; readonly mode: number; readonly uid: number; readonly gid: number; readonly size: number; readonly mtime: VTime }

/** One of the learner's terminals. */
export interface TerminalState {
  /** `pts/0` and on: also its name for `send`, `output` and the others. */ readonly tty: string; readonly cols: number; readonly rows: number;
  /** Its shell waits for a command, so that one could be typed for the learner. */ readonly atPrompt: boolean;
  /** What has the terminal instead of the shell (`vi`, `kubectl`); null at the prompt. */ readonly program: string | null;
  /** The login is over (`exit`, ^D); Enter logs in again. */ readonly ended: boolean;
}

/** What a terminal has printed, and when; how large it was since when, one size at least. */
export interface Recording { readonly sizes: readonly { readonly at: VTime; readonly cols: number; readonly rows: number }[]; readonly printed: readonly { readonly at: VTime; readonly bytes: Bytes }[] }

export type MomentKind = 'start' | 'command' | 'edit' | 'task' | 'reset';
/** Something that happened while a moment lasted: a pod or unit ended, started, came or went, or the learner checked. */
export interface Mark {
  readonly at: VTime;
  /** `stuck`: it waits for what may never come, and `word` says how (`ImagePullBackOff`). */ readonly kind: 'exited' | 'started' | 'restarted' | 'unready' | 'stuck' | 'gone' | 'passed' | 'failed';
  /** What it happened to; empty for checks. */ readonly name: string;
  readonly word?: string;
}
/** One thing the learner did: a node of the tree of what they did. */
export interface Moment { readonly id: number; readonly parent: number | null; readonly kind: MomentKind; /** The command, the file's path, the task's id. */ readonly label: string; readonly at: VTime; readonly marks: readonly Mark[] }
export interface TimelineView {
  /** Parents come before their children; the first is the start of the lab. */ readonly moments: readonly Moment[];
  /** Ids from the start to the current moment, and on the way redo goes; the others are branches that were left. */ readonly line: readonly number[];
  readonly current: number;
  /** Where the learner was before looking back; `current` when they do not. */ readonly now: number;
  /** The world stands as it was after `current`; it moves on (as a branch of its own) once something is typed. */ readonly lookingBack: boolean;
  readonly canUndo: boolean; readonly canRedo: boolean;
}

/** How far a grading has come: looks done of looks to do at most. */
export interface GradingProgress { readonly done: number; readonly of: number }

/** What happened from outside, in order: with lab, seed and build it is the whole sitting. */
export interface LogEntry { /** The kernel's event number at which it was applied. */ readonly step: number; readonly at: VTime; readonly input: Input }
export interface InputLog { readonly version: 1; readonly build: string; readonly lab: string; readonly task: number; readonly seed: number; readonly cols: number; readonly rows: number; readonly entries: readonly LogEntry[]; /** When the log ends. */ readonly end: { readonly step: number; readonly at: VTime } }
/** Enough to come back: the same build replays the log. */
export interface SavedSession { readonly log: InputLog; readonly task: number; readonly lang: Lang; readonly hintsShown: number }
/** An instant of a sitting without its world: the first `entries` of a log, and what stands beside the world. */
export interface KeptInstant { /** Index in `logs`. */ readonly log: number; readonly entries: number; readonly step: number; readonly at: VTime; readonly task: number; readonly hintsShown: number; readonly faults: number }
export interface KeptMoment extends Moment { readonly before: KeptInstant | null; readonly tip: KeptInstant | null; readonly next: number | null }
/** The tree of what was done. Its worlds are made again from the log when somebody goes there. */
export interface KeptTimeline { readonly logs: readonly (readonly LogEntry[])[]; readonly moments: readonly KeptMoment[]; readonly current: number; /** Where the learner looked back from. */ readonly now?: number; readonly taskStart: KeptInstant; readonly faults: number; /** Entries of the log it knows of. */ readonly entries: number }
/** A sitting at rest: `world` is the one after `entries` of the log, beside the opening; what came after is replayed. '': all of it is, from the login on. */
export interface KeptSession extends SavedSession { readonly world: string; readonly entries: number; readonly timeline: KeptTimeline }

export interface SessionOptions {
  readonly lab: string; readonly seed?: number; readonly lang?: Lang; readonly cols: number; readonly rows: number; readonly saved?: SavedSession | KeptSession;
  /** 0-based task to begin with; the solutions of the ones before it are played first. */ readonly task?: number;
  /** A ready opening of this lab and seed (the build keeps one), so that nothing has to boot. */ readonly opening?: WorldSnapshot;
  /** Names this build of the simulation: no journal ever runs under another one. */ readonly build?: string;
}
/** What a sitting needs before it can begin. */
export interface SessionStart extends SessionOptions {
  readonly opening: WorldSnapshot;
  readonly programs: Programs;
  /** Null: the opening is a front's. */ readonly rest: SessionRest | null;
}

export interface Session {
  readonly world: World;
  /** False while there is only the front of a world (law T7): terminals, time and the log work, what needs more throws MissingPart or finds nothing. */
  readonly isWhole: boolean;
  /** The whole world in place of its front: what came in meanwhile has come into this one. */
  complete(opening: WorldSnapshot, rest: SessionRest): void;
  readonly lab: LabView;
  readonly seed: number;
  readonly build: string;
  /** 0-based; `lab.tasks.length` when all are done. */
  readonly task: number;
  readonly lang: Lang;
  setLang(lang: Lang): void;

  readonly terminals: readonly TerminalState[];
  /** Logs in on the next free terminal and names it; null when there are enough. */
  openTerminal(cols: number, rows: number): string | null;
  /** Hangs up: what runs there is told, and the terminal is gone. The first one stays. */
  closeTerminal(tty: string): void;
  /** Keys from a terminal (UTF-8 bytes), the first unless another is named. */
  send(bytes: Bytes, tty?: string): void;
  resize(cols: number, rows: number, tty?: string): void;
  output(from: number, tty?: string): { readonly data: Bytes; readonly at: number };
  recording(tty?: string): Recording;
  /** `$?` of a terminal's shell; null while there is none. */
  exitCode(tty?: string): number | null;

  /** 'missing': the world waits for the code of a program, and nothing has changed. */
  advance(until: VTime, budget: number): 'reached' | 'budget' | 'missing';
  /** Step clock: runs on until the terminal is read again (or `limit`). 'idle': nothing will ever happen by itself. */
  settle(budget: number, limit?: VTime): 'settled' | 'budget' | 'limit' | 'idle' | 'missing';
  /** True when the reader of the terminal that was typed at last waits (or the editor) and nothing is runnable at this instant. */
  readonly atRest: boolean;

  editorRequest(): EditorRequest | null;
  editorSave(id: number, text: string): void;
  editorQuit(id: number, code: 0 | 1): void;
  readFile(path: string): string | null;
  /** What a file held when the task began; null when it was not there. */
  fileAtTaskStart(path: string): string | null;
  writeFile(path: string, text: string): void;
  listDir(path: string): readonly FileEntry[];
  /** The cluster as the map draws it; what has not changed since the last look is the same object. */
  cluster(): ClusterView;
  /** Notes on the timeline what has ended or started since the last call; → those marks. */
  observe(): readonly Mark[];

  /** Grades the task in a fork: now, and at each 10 s of the next ten virtual minutes. All passed: the next task begins. */
  check(): readonly CheckResult[];
  /** The same in slices of `budget` system calls: run it to its end, and let nothing else happen once it says 'preparing'. */
  checking(budget: number): Generator<GradingProgress | 'preparing', readonly CheckResult[], void>;
  /** What is true right now, without looking ahead. */
  look(): readonly CheckResult[];
  looking(budget: number): Generator<void, readonly CheckResult[], void>;
  nextHint(): string | null;
  resetTask(): void;
  resetLab(): void;

  readonly timeline: TimelineView;
  /** Rewinds to before the last Enter or save; false when there is nothing to undo. */
  undo(): boolean;
  /** Goes the way back that was undone last; false when there is none. */
  redo(): boolean;
  /** Shows the world as it was after a moment; false when there is no such moment. */
  goTo(moment: number): boolean;
  /** What is shown is the present from now on, as typing makes it. */
  goOn(): void;

  exportLog(): InputLog;
  /** Of the whole world: who has the same seed and inputs has the same hash, in whatever engine. */
  hash(): string;
  save(): SavedSession;
  /** All of it, to come back to at once. Takes longer the more has changed since the last call. */
  keep(): KeptSession;
  /** The same in pieces of a few milliseconds: the sitting as it is at the first of them, however it goes on meanwhile. */
  keeping(): Generator<void, KeptSession, void>;
  /** The same without its world, which is made again from the log. */
  portable(): KeptSession;
}
