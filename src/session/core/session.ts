/** A sitting: drives one world by inputs, keeps their log and the tree of what the learner did. */
import { World } from '../../kernel/world.ts';
import type { Input, WorldSnapshot } from '../../kernel/world.ts';
import type { Bytes, VTime } from '../../kernel/sys.ts';
import { decodeSnapshot, worldHash } from '../../kernel/codec/index.ts';
import { MissingPart } from '../../kernel/errno.ts';
import { labs } from '../../labs/index.ts';
import type { Lab } from '../../labs/index.ts';
import type { Lang } from '../../labs/schema.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { NOTHING } from './cluster-view-types.ts';
import type { ClusterView } from './cluster-view-types.ts';
import { editorRequestOf } from './editor.ts';
import { entriesOf, textOf } from './files.ts';
import { labView } from './lab-view.ts';
import { marksBetween } from './marks.ts';
import { unlessMissing } from './missing.ts';
import { HOST, runningOnNode, toEnd, TTY } from './node.ts';
import { keepTimeline, reaching, replaying, restoreTimeline, worldOf } from './keyframe.ts';
import type { Keyframe } from './keyframe.ts';
import { recordingOf } from './recording.ts';
import type { SessionRest } from './rest.ts';
import { settling, type Settled } from './settling.ts';
import { exitCodeOf, freeTerminal, loginInput, terminalsOf } from './terminals.ts';
import { Timeline } from './timeline.ts';
import { clearingLines, sentLine } from './typed.ts';
import type { CheckResult, EditorRequest, FileEntry, GradingProgress, InputLog, KeptSession, LabView, LogEntry, Mark, MomentKind, Recording, SavedSession, Session, SessionStart, TerminalState, TimelineView } from './types.ts';
import { wholeOf, type Whole } from './whole.ts';

const LOG_VERSION = 1;
/** Where nobody names the build: tests and the headless runner. */
export const BUILD = 'source';
/** Ids of commands run by faults that arrive during the sitting. */
const FAULT_EXEC_BASE = 10_000;

export class LabSession implements Session {
  #world: World;
  readonly #lab: Lab;
  readonly seed: number;
  readonly build: string;
  readonly #options: SessionStart;
  #lang: Lang;
  #task = 0;
  #hintsShown = 0;
  #faults = 0;
  #entries: LogEntry[] = [];
  #timeline: Timeline<Keyframe>;
  #taskStart: Keyframe;
  #labStart: Keyframe;
  #opening: WorldSnapshot;
  #whole: Whole | null;
  #seen: ClusterView | null = null;
  /** The terminal that was typed at last: the one a foreground command waits on. */
  #active = TTY;

  /** Errors: unknown lab. */
  constructor(options: SessionStart) {
    const lab = labs.get(options.lab);
    if (lab === undefined) throw new Error(`there is no lab ${options.lab}`);
    this.#lab = lab;
    this.#options = options;
    this.seed = options.seed ?? 1;
    this.build = options.build ?? BUILD;
    this.#lang = options.lang ?? 'en';
    this.#opening = options.opening;
    this.#whole = options.rest === null ? null : wholeOf(options.rest);
    this.#world = new World(this.#opening, options.programs, options.rest?.rom);
    this.#apply({ kind: 'resize', tty: TTY, cols: options.cols, rows: options.rows });
    this.#labStart = this.#keyframe();
    this.#taskStart = this.#labStart;
    this.#timeline = new Timeline(this.#world.now);
  }

  get isWhole(): boolean { return this.#whole !== null; }
  /** What takes more than a front. Errors: MissingPart. */
  get #all(): Whole {
    if (this.#whole === null) throw new MissingPart('the rest of the world');
    return this.#whole;
  }
  complete(opening: WorldSnapshot, rest: SessionRest): void {
    const typed = this.save();
    this.#whole = wholeOf(rest);
    this.#opening = opening;
    this.#world = new World(opening, rest.programs, rest.rom);
    this.#entries = [];
    this.#apply(typed.log.entries[0]!.input);
    this.#labStart = this.#keyframe();
    this.#taskStart = this.#labStart;
    this.#timeline = new Timeline(this.#world.now);
    toEnd(this.#following(typed, 0, Infinity));
  }

  get world(): World { return this.#world; }
  get task(): number { return this.#task; }
  /** As many commands broke something when the current task began. */
  get faultCommands(): number { return this.#lab.definition.tasks[this.#task]?.faults.reduce((count, { run }) => count + run.length, 0) ?? 0; }
  set hintsShown(count: number) { this.#hintsShown = count; }
  get lang(): Lang { return this.#lang; }
  setLang(lang: Lang): void { this.#lang = lang; }

  get lab(): LabView { return labView(this.#lab, this.#lang); }

  // ---- terminals -------------------------------------------------------------------------------------------
  #apply(input: Input): void {
    this.#entries.push({ step: this.#world.steps, at: this.#world.now, input });
    this.#world.apply(input);
  }
  get terminals(): readonly TerminalState[] { return terminalsOf(this.#world); }
  openTerminal(cols: number, rows: number): string | null {
    const tty = freeTerminal(this.#world);
    if (tty === null) return null;
    this.#active = tty;
    this.#apply(loginInput(cols, rows, tty));
    return tty;
  }
  closeTerminal(tty: string): void {
    if (tty === TTY) return;
    this.#apply({ kind: 'hangup', tty });
    if (this.#active === tty) this.#active = TTY;
  }
  send(bytes: Bytes, tty = TTY): void {
    this.#active = tty;
    const isEnter = /[\r\n]/.test(bytes);
    const size = this.#world.ttySize(tty);
    if (isEnter && size !== null && exitCodeOf(this.#world, tty) === null && this.#world.reader(tty) === null && this.#hasEnded(tty)) return this.#apply(loginInput(size.cols, size.rows, tty));
    if (isEnter) this.#begin('command', sentLine(this.#world, tty, bytes));
    else this.#timeline.typed();
    this.#apply({ kind: 'keys', tty, bytes });
  }
  #hasEnded(tty: string): boolean { return this.terminals.some((it) => it.tty === tty && it.ended); }
  resize(cols: number, rows: number, tty = TTY): void {
    const now = this.#world.ttySize(tty);
    if (now !== null && (now.cols !== cols || now.rows !== rows)) this.#apply({ kind: 'resize', tty, cols, rows });
  }
  output(from: number, tty = TTY): { readonly data: Bytes; readonly at: number } { return this.#world.output(tty, from); }
  recording(tty = TTY): Recording { return recordingOf(this.#world, tty, this.#entries); }
  exitCode(tty = TTY): number | null { return exitCodeOf(this.#world, tty); }

  // ---- time ------------------------------------------------------------------------------------------------
  advance(until: VTime, budget: number): 'reached' | 'budget' | 'missing' { return unlessMissing(() => this.#world.advance(until, budget)); }
  get atRest(): boolean { return !this.#world.runnable && (this.#world.reader(this.#active) !== null || this.editorRequest() !== null || this.#hasEnded(this.#active)); }
  settle(budget: number, limit = Infinity): Settled | 'missing' { return unlessMissing(() => settling(this.#world, () => this.atRest, budget, limit)); }

  // ---- editor, files, cluster ------------------------------------------------------------------------------
  editorRequest(): EditorRequest | null { return editorRequestOf(this.#world); }
  editorSave(id: number, text: string): void {
    this.#begin('edit', this.editorRequest()?.path ?? '');
    this.#apply({ kind: 'device', id, reply: { event: 'save', text: encodeUtf8(text) } });
  }
  editorQuit(id: number, code: 0 | 1): void {
    this.#apply({ kind: 'device', id, reply: { event: 'quit', code } });
  }
  readFile(path: string): string | null { return this.isWhole ? textOf(this.#world, path) : null; }
  fileAtTaskStart(path: string): string | null {
    const world = worldOf(this.#taskStart, this.#opening, this.#all);
    // Asked again for every file: a world made again from the log stays.
    this.#taskStart = { ...this.#taskStart, world: this.#taskStart.world ?? world.snapshot() };
    return textOf(world, path);
  }
  writeFile(path: string, text: string): void {
    this.#begin('edit', path);
    this.#apply({ kind: 'file', host: HOST, path, data: encodeUtf8(text) });
  }
  listDir(path: string): readonly FileEntry[] { return this.isWhole ? entriesOf(this.#world, path) : []; }
  cluster(): ClusterView { return this.#whole?.viewer.look(this.#world) ?? NOTHING; }
  observe(): readonly Mark[] {
    if (!this.isWhole) return [];
    const view = this.cluster();
    const marks = this.#seen === null ? [] : marksBetween(this.#seen, view, this.#world.now);
    this.#seen = view;
    for (const mark of marks) this.#timeline.mark(mark);
    return marks;
  }

  // ---- tasks -----------------------------------------------------------------------------------------------
  #checks() { return this.#lab.definition.tasks[this.#task]?.checks ?? []; }
  look(): readonly CheckResult[] { return toEnd(this.looking(Infinity)); }
  *looking(budget: number): Generator<void, readonly CheckResult[], void> {
    return this.#checks().length === 0 ? [] : yield* this.#all.lookingNow(this.#world, this.#checks(), budget);
  }
  check(): readonly CheckResult[] { return toEnd(this.checking(Infinity)); }
  *checking(budget: number): Generator<GradingProgress | 'preparing', readonly CheckResult[], void> {
    const checks = this.#checks();
    if (checks.length === 0) return [];
    const results = yield* this.#all.grading(this.#world, checks, budget);
    const solved = results.every((r) => r.pass);
    this.#timeline.mark({ at: this.#world.now, kind: solved ? 'passed' : 'failed', name: '' });
    if (solved) for (const _ of this.enteringNextTask(budget)) yield 'preparing';
    return results;
  }
  /** The lab breaks what the next task is about. */
  *enteringNextTask(budget: number): Generator<void, void, void> {
    const task = this.#lab.definition.tasks[this.#task + 1];
    this.#begin('task', task?.id ?? '');
    this.#task++;
    this.#hintsShown = 0;
    for (const fault of task?.faults ?? []) {
      for (const command of fault.run) {
        const ran = yield* runningOnNode(this.#world, FAULT_EXEC_BASE + this.#faults++, command, (input) => this.#apply(input), budget);
        if (ran.code !== 0) throw new Error(`the lab's own command failed (${ran.code}): ${command}\n${ran.stderr}`);
      }
    }
    this.#taskStart = this.#keyframe();
  }
  nextHint(): string | null {
    const task = this.#lab.definition.tasks[this.#task];
    const words = task === undefined ? undefined : this.#lab.texts[this.#lang].tasks[task.id];
    if (task === undefined || words === undefined) return null;
    while (this.#hintsShown < task.hints.length) {
      const hint = task.hints[this.#hintsShown++]!;
      if (hint.when === undefined || this.#all.holdsNow(this.#world, hint.when)) return words.hints[hint.text] ?? null;
    }
    return null;
  }

  // ---- going back ------------------------------------------------------------------------------------------
  #keyframe(): Keyframe { return { world: this.#world.snapshot(), log: this.#entries, entries: this.#entries.length, step: this.#world.steps, at: this.#world.now, task: this.#task, hintsShown: this.#hintsShown, faults: this.#faults }; }
  #begin(kind: MomentKind, label: string): void { this.#timeline.add(kind, label, this.#world.now, this.#keyframe()); }
  #return(frame: Keyframe | null): boolean {
    if (frame === null) return false;
    const size = this.#world.ttySize(TTY);
    this.#world = worldOf(frame, this.#opening, this.#all);
    this.#entries = frame.log.slice(0, frame.entries);
    this.#task = frame.task;
    this.#hintsShown = frame.hintsShown;
    this.#faults = frame.faults;
    this.#seen = null;
    if (size !== null) this.resize(size.cols, size.rows);
    return true;
  }
  get timeline(): TimelineView { return this.#timeline.view(); }
  undo(): boolean { return this.#return(this.#timeline.undo(() => this.#keyframe())); }
  redo(): boolean { return this.#return(this.#timeline.redo(() => this.#keyframe())); }
  goTo(moment: number): boolean {
    if (!this.#return(this.#timeline.goTo(moment, () => this.#keyframe()))) return false;
    // A moment ends with the next command's Enter; what had been typed of that one belongs to its own branch.
    if (this.#timeline.lookingBack) for (const input of clearingLines(this.#world)) this.#apply(input);
    this.#world.settle();
    return true;
  }
  goOn(): void { this.#timeline.typed(); }
  resetTask(): void {
    this.#begin('reset', '');
    this.#return(this.#taskStart);
  }
  resetLab(): void {
    this.#return(this.#labStart);
    this.#taskStart = this.#labStart;
    this.#timeline = new Timeline(this.#world.now);
  }

  // ---- keeping ---------------------------------------------------------------------------------------------
  exportLog(): InputLog {
    return { version: LOG_VERSION, build: this.build, lab: this.#lab.definition.id, task: this.#task, seed: this.seed, cols: this.#options.cols, rows: this.#options.rows,
      entries: [...this.#entries], end: { step: this.#world.steps, at: this.#world.now } };
  }
  hash(): string { return worldHash(this.#world.snapshot()); }
  save(): SavedSession { return { log: this.exportLog(), task: this.#task, lang: this.#lang, hintsShown: this.#hintsShown }; }

  keep(): KeptSession { return toEnd(this.keeping()); }
  *keeping(): Generator<void, KeptSession, void> {
    const kept = this.portable();
    return { ...kept, ...(yield* this.#all.kept.keeping(this.#world, this.#opening, this.#entries)) };
  }
  portable(): KeptSession { return { ...this.save(), world: '', entries: 1, timeline: keepTimeline(this.#timeline, this.#taskStart, { faults: this.#faults, entries: this.#entries.length }) }; }

  /** Goes on from a kept world, giving way meanwhile. Errors: CodecError, or whatever a save that is none leads to. */
  *restoring(kept: KeptSession, budget: number): Generator<void, void, void> {
    const { timeline, taskStart } = restoreTimeline(kept.timeline);
    this.#timeline = timeline;
    this.#taskStart = taskStart;
    this.#faults = kept.timeline.faults;
    if (kept.world !== '') [this.#world, this.#entries] = [new World(decodeSnapshot(kept.world, this.#opening), this.#all.programs, this.#all.rom), kept.log.entries.slice(0, kept.entries)];
    yield* this.#following(kept, kept.timeline.entries, budget);
  }
  /** Applies a log's entries at their recorded instants; the login that opened this session stands for the first. */
  *replaying(saved: SavedSession, budget: number): Generator<void, void, void> { yield* this.#following(saved, 0, budget); }
  /** The first `known` entries stand in the timeline already. */
  *#following({ log, task, hintsShown }: SavedSession, known: number, budget: number): Generator<void, void, void> {
    yield* replaying(this.#world, log.entries.slice(this.#entries.length), budget, (entry) => {
      const { input } = entry;
      if (this.#entries.length >= known && input.kind === 'keys' && /[\r\n]/.test(input.bytes)) this.#begin('command', sentLine(this.#world, input.tty, input.bytes));
      this.#entries.push(entry);
    });
    yield* reaching(this.#world, log.end.step, log.end.at, budget);
    this.#task = task;
    this.#hintsShown = hintsShown;
  }
}
