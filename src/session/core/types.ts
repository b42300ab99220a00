/**
 * A learner's sitting at one lab: the world, the terminal, the editor and the checks.
 * Pure and synchronous: whoever holds a session decides when time passes.
 */
import type { Input, World, WorldSnapshot } from '../../kernel/world.ts';
import type { Bytes, FileType, VTime } from '../../kernel/sys.ts';
import type { Lang } from '../../labs/schema.ts';
import type { ClusterView } from './cluster-view.ts';

export type { Lang } from '../../labs/schema.ts';
export type { BackOffView, ClusterView, ComponentView, ExitView, Health, LinkView, ObjectView } from './cluster-view.ts';

export interface CheckView { readonly id: string; readonly title: string }
export interface TaskView { readonly id: string; readonly title: string; /** Markdown. */ readonly text: string; readonly checks: readonly CheckView[]; readonly hints: number; /** Lines of the headless runner. */ readonly solution: readonly string[] }
export interface LabView { readonly id: string; readonly title: string; readonly summary: string; readonly minutes: number; readonly level: string; readonly tasks: readonly TaskView[] }
export interface CheckResult { readonly id: string; readonly pass: boolean; /** What was seen, when it did not pass. */ readonly seen: string }

export interface EditorRequest { readonly id: number; readonly program: 'vi' | 'vim' | 'nano' | 'kubectl-edit'; readonly path: string; readonly text: string; readonly readOnly: boolean; readonly isNew: boolean }
export interface FileEntry { readonly name: string; readonly type: FileType; readonly mode: number; readonly uid: number; readonly gid: number; readonly size: number; readonly mtime: VTime }

/** What happened from outside, in order: with lab, seed and build it is the whole sitting. */
export interface LogEntry { /** The kernel's event number at which it was applied. */ readonly step: number; readonly at: VTime; readonly input: Input }
export interface InputLog { readonly version: 1; readonly build: string; readonly lab: string; readonly task: number; readonly seed: number; readonly cols: number; readonly rows: number; readonly entries: readonly LogEntry[]; /** When the log ends. */ readonly end: { readonly step: number; readonly at: VTime } }
/** Enough to come back: the same build replays the log. */
export interface SavedSession { readonly log: InputLog; readonly task: number; readonly lang: Lang; readonly hintsShown: number }

export interface SessionOptions {
  readonly lab: string; readonly seed?: number; readonly lang?: Lang; readonly cols: number; readonly rows: number; readonly saved?: SavedSession;
  /** 0-based task to begin with; the solutions of the ones before it are played first. */ readonly task?: number;
  /** A ready opening of this lab and seed (the build keeps one), so that nothing has to boot. */ readonly opening?: WorldSnapshot;
}

export interface Session {
  readonly world: World;
  readonly lab: LabView;
  /** 0-based; `lab.tasks.length` when all are done. */
  readonly task: number;
  readonly lang: Lang;
  setLang(lang: Lang): void;
  /** Keys from the terminal (UTF-8 bytes). */
  send(bytes: Bytes): void;
  resize(cols: number, rows: number): void;
  advance(until: VTime, budget: number): 'reached' | 'budget';
  /** Step clock: runs on until the terminal is read again (or `limit`). 'idle': nothing will ever happen by itself. */
  settle(budget: number, limit?: VTime): 'settled' | 'budget' | 'limit' | 'idle';
  /** True when the terminal's reader waits and nothing is runnable at this instant. */
  readonly atRest: boolean;
  /** True while the shell waits for a command, so that one could be typed for the learner. */
  readonly shellWaits: boolean;
  /** `$?` of the login shell; null while there is none. */
  exitCode(): number | null;
  output(from: number): { readonly data: Bytes; readonly at: number };
  editorRequest(): EditorRequest | null;
  editorSave(id: number, text: string): void;
  editorQuit(id: number, code: 0 | 1): void;
  readFile(path: string): string | null;
  writeFile(path: string, text: string): void;
  listDir(path: string): readonly FileEntry[];
  /** The cluster as the map draws it; what has not changed since the last look is the same object. */
  cluster(): ClusterView;
  /** Grades the task in a fork: now, and at each 10 s of the next ten virtual minutes. All passed: the next task begins. */
  check(): readonly CheckResult[];
  /** What is true right now, without looking ahead. Cheap enough for each second. */
  look(): readonly CheckResult[];
  nextHint(): string | null;
  resetTask(): void;
  resetLab(): void;
  /** Rewinds to before the last Enter or save; false when there is nothing to undo. */
  undo(): boolean;
  exportLog(): InputLog;
  save(): SavedSession;
}
