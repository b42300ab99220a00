/** A sitting: drives one world by inputs, keeps their log and the keyframes that undo returns to. */
import { World } from '../../kernel/world.ts';
import type { Input, WorldSnapshot } from '../../kernel/world.ts';
import type { Bytes, VTime } from '../../kernel/sys.ts';
import { labs } from '../../labs/index.ts';
import type { Lab } from '../../labs/index.ts';
import type { Lang } from '../../labs/schema.ts';
import { programs, rom } from '../../distro/index.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { grade, holdsNow, lookNow } from './grade.ts';
import { HOST, runOnNode, TTY } from './node.ts';
import { openWorld } from './opening.ts';
import type { CheckResult, EditorRequest, FileEntry, InputLog, LabView, LogEntry, SavedSession, Session, SessionOptions } from './types.ts';
import { lastExitCode } from './exit-code.ts';
import { loginInput } from './login.ts';
import { ClusterViewer } from './cluster-view.ts';
import type { ClusterView } from './cluster-view.ts';

interface Keyframe { readonly world: WorldSnapshot; readonly entries: number; readonly task: number; readonly hintsShown: number }

const KEYFRAMES = 200;
const LOG_VERSION = 1;
export const BUILD = '0.1.0';
/** Ids of commands run by faults that arrive during the sitting. */
const FAULT_EXEC_BASE = 10_000;

export class LabSession implements Session {
  #world: World;
  readonly #lab: Lab;
  readonly #seed: number;
  readonly #options: SessionOptions;
  #lang: Lang;
  #task = 0;
  #hintsShown = 0;
  #faults = 0;
  #entries: LogEntry[] = [];
  #keyframes: Keyframe[] = [];
  #taskStart: Keyframe;
  readonly #labStart: Keyframe;
  readonly #viewer = new ClusterViewer();

  constructor(options: SessionOptions) {
    const lab = labs.get(options.lab);
    if (lab === undefined) throw new Error(`there is no lab ${options.lab}`);
    this.#lab = lab;
    this.#options = options;
    this.#seed = options.seed ?? 1;
    this.#lang = options.lang ?? 'en';
    this.#world = options.opening === undefined ? openWorld(lab.definition, this.#seed) : new World(options.opening, programs, rom);
    this.#apply(loginInput(options.cols, options.rows));
    this.#labStart = this.#keyframe();
    this.#taskStart = this.#labStart;
  }

  get world(): World { return this.#world; }
  get task(): number { return this.#task; }
  get lang(): Lang { return this.#lang; }
  setLang(lang: Lang): void { this.#lang = lang; }

  get lab(): LabView {
    const { definition, texts } = this.#lab;
    const words = texts[this.#lang];
    return { id: definition.id, title: words.title, summary: words.summary, minutes: definition.minutes, level: definition.level,
      tasks: definition.tasks.map((task) => {
        const text = words.tasks[task.id]!;
        return { id: task.id, title: text.title, text: text.text, hints: task.hints.length, solution: task.solution, checks: task.checks.map(({ id }) => ({ id, title: text.checks[id]! })) };
      }) };
  }

  // ---- inputs ----------------------------------------------------------------------------------------------
  #apply(input: Input): void {
    this.#entries.push({ step: this.#world.steps, at: this.#world.now, input });
    this.#world.apply(input);
  }
  send(bytes: Bytes): void {
    if (/[\r\n]/.test(bytes)) this.#remember();
    this.#apply({ kind: 'keys', tty: TTY, bytes });
  }
  resize(cols: number, rows: number): void {
    const now = this.#world.ttySize(TTY);
    if (now !== null && (now.cols !== cols || now.rows !== rows)) this.#apply({ kind: 'resize', tty: TTY, cols, rows });
  }

  // ---- time ------------------------------------------------------------------------------------------------
  advance(until: VTime, budget: number): 'reached' | 'budget' { return this.#world.advance(until, budget); }
  get atRest(): boolean { return !this.#world.runnable && (this.#world.reader(TTY) !== null || this.editorRequest() !== null); }
  get shellWaits(): boolean { return this.#world.reader(TTY)?.program === 'bash'; }
  settle(budget: number, limit = Infinity): 'settled' | 'budget' | 'limit' | 'idle' {
    const end = this.#world.steps + budget;
    for (;;) {
      if (!this.#world.settle(end - this.#world.steps)) return 'budget';
      if (this.atRest) return 'settled';
      const next = this.#world.nextTimer;
      if (next === null) return 'idle';
      if (next > limit) return 'limit';
      if (this.#world.advance(next, end - this.#world.steps) === 'budget') return 'budget';
    }
  }

  exitCode(): number | null { return lastExitCode(this); }

  // ---- terminal, editor, files -----------------------------------------------------------------------------
  output(from: number): { readonly data: Bytes; readonly at: number } { return this.#world.output(TTY, from); }

  editorRequest(): EditorRequest | null {
    const open = this.#world.devices().find((d) => d.name === 'editor');
    if (open === undefined) return null;
    const request = open.request as unknown as Omit<EditorRequest, 'id'>;
    return { ...request, text: decodeUtf8(request.text), id: open.id };
  }
  editorSave(id: number, text: string): void {
    this.#remember();
    this.#apply({ kind: 'device', id, reply: { event: 'save', text: encodeUtf8(text) } });
  }
  editorQuit(id: number, code: 0 | 1): void {
    this.#apply({ kind: 'device', id, reply: { event: 'quit', code } });
  }
  readFile(path: string): string | null {
    const data = this.#world.readFile(HOST, path);
    return data === null ? null : decodeUtf8(data);
  }
  writeFile(path: string, text: string): void {
    this.#remember();
    this.#apply({ kind: 'file', host: HOST, path, data: encodeUtf8(text) });
  }
  listDir(path: string): readonly FileEntry[] {
    return (this.#world.readDir(HOST, path) ?? []).map(({ name, stat }) => ({ name, type: stat.type, mode: stat.mode, uid: stat.uid, gid: stat.gid, size: stat.size, mtime: stat.mtime }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  cluster(): ClusterView { return this.#viewer.look(this.#world); }

  // ---- tasks -----------------------------------------------------------------------------------------------
  #checks() { return this.#lab.definition.tasks[this.#task]?.checks ?? []; }
  look(): readonly CheckResult[] { return this.#checks().length === 0 ? [] : lookNow(this.#world, this.#checks()); }
  check(): readonly CheckResult[] {
    const checks = this.#checks();
    if (checks.length === 0) return [];
    const results = grade(this.#world, checks);
    if (results.every((r) => r.pass)) this.#nextTask();
    return results;
  }
  #nextTask(): void {
    this.#task++;
    this.#hintsShown = 0;
    for (const fault of this.#lab.definition.tasks[this.#task]?.faults ?? []) {
      for (const command of fault.run) {
        const ran = runOnNode(this.#world, FAULT_EXEC_BASE + this.#faults++, command, (input) => this.#apply(input));
        if (ran.code !== 0) throw new Error(`the lab's own command failed (${ran.code}): ${command}\n${ran.stderr}`);
      }
    }
    this.#keyframes = [];
    this.#taskStart = this.#keyframe();
  }
  nextHint(): string | null {
    const task = this.#lab.definition.tasks[this.#task];
    const words = task === undefined ? undefined : this.#lab.texts[this.#lang].tasks[task.id];
    if (task === undefined || words === undefined) return null;
    while (this.#hintsShown < task.hints.length) {
      const hint = task.hints[this.#hintsShown++]!;
      if (hint.when === undefined || holdsNow(this.#world, hint.when)) return words.hints[hint.text] ?? null;
    }
    return null;
  }

  // ---- going back ------------------------------------------------------------------------------------------
  #keyframe(): Keyframe { return { world: this.#world.snapshot(), entries: this.#entries.length, task: this.#task, hintsShown: this.#hintsShown }; }
  #remember(): void {
    this.#keyframes.push(this.#keyframe());
    if (this.#keyframes.length > KEYFRAMES) this.#keyframes.shift();
  }
  #return(frame: Keyframe): void {
    const size = this.#world.ttySize(TTY);
    this.#world = new World(frame.world, programs, rom);
    this.#entries = this.#entries.slice(0, frame.entries);
    this.#task = frame.task;
    this.#hintsShown = frame.hintsShown;
    if (size !== null) this.resize(size.cols, size.rows);
  }
  undo(): boolean {
    const frame = this.#keyframes.pop();
    if (frame === undefined) return false;
    this.#return(frame);
    return true;
  }
  resetTask(): void {
    this.#keyframes = [];
    this.#return(this.#taskStart);
  }
  resetLab(): void {
    this.#keyframes = [];
    this.#return(this.#labStart);
    this.#taskStart = this.#labStart;
  }

  // ---- keeping ---------------------------------------------------------------------------------------------
  exportLog(): InputLog {
    return { version: LOG_VERSION, build: BUILD, lab: this.#lab.definition.id, task: this.#task, seed: this.#seed, cols: this.#options.cols, rows: this.#options.rows,
      entries: this.#entries, end: { step: this.#world.steps, at: this.#world.now } };
  }
  save(): SavedSession { return { log: this.exportLog(), task: this.#task, lang: this.#lang, hintsShown: this.#hintsShown }; }

  /** Applies a log's entries at their recorded instants; the login that opened this session stands for the first. */
  replay(log: InputLog, task: number, hintsShown: number): void {
    for (const entry of log.entries.slice(this.#entries.length)) {
      this.#reach(entry.step, entry.at);
      if (entry.input.kind === 'keys' && /[\r\n]/.test(entry.input.bytes)) this.#remember();
      this.#apply(entry.input);
    }
    this.#reach(log.end.step, log.end.at);
    this.#task = task;
    this.#hintsShown = hintsShown;
  }
  #reach(step: number, at: VTime): void {
    while (this.#world.steps < step || this.#world.now < at) {
      const before = this.#world.steps;
      if (this.#world.advance(at, Math.max(0, step - before)) === 'budget') break;
      if (this.#world.now >= at) break;
    }
  }
}
