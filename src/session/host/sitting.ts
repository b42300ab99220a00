// A sitting: one learner at one lab in one page. Joins the session to the pacer and to the storage, and tells the page what changed.
// The page reads `view`, an immutable value replaced on every change, and sends inputs; it never touches the world itself.
import { bytesOf } from './bytes.ts';
import type { CheckResult, ClusterView, EditorRequest, FileEntry, InputLog, LabView, Lang, Session } from '../core/index.ts';
import { browserHost, Pacer, type Clock, type Host } from './pacer.ts';
import type { Saves } from './saves.ts';

export interface SittingView {
  readonly lab: LabView;
  /** 0-based; as many as there are tasks when all are done. */
  readonly task: number;
  /** What the checks say of this moment; whether it lasts is for `check` to find out. */
  readonly checks: readonly CheckResult[];
  /** The world's clock in whole seconds since the Unix epoch. */
  readonly second: number;
  readonly speed: number;
  /** What a guest program waits for in the editor. */
  readonly editor: EditorRequest | null;
  /** Goes up whenever the world's files may have changed. */
  readonly revision: number;
  /** Our own bug stopped the world; what went wrong. */
  readonly crash: Error | null;
}

/** A paste is sent in pieces of this many bytes, each when the one before has been read, as a slow line would carry it. */
const pieceBytes = 4096;
/** And no more than this. */
const pasteBytes = 1 << 20;

/** Saving waits for a quiet moment of this length after the last change. */
const saveAfterMs = 800;

export class Sitting {
  view: SittingView;
  readonly clock: Clock;
  #pacer: Pacer;
  #at = 0;
  #unsent = '';
  #output: ((bytes: string, fromStart: boolean) => void) | null = null;
  #listeners = new Set<() => void>();
  #saveTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    private readonly saves: Saves,
    clock: Clock,
    private readonly host: Host = browserHost,
  ) {
    this.clock = clock;
    this.view = {
      lab: session.lab, task: session.task, second: Math.floor(session.world.now / 1e6),
      checks: session.look(), speed: 1, editor: session.editorRequest(), revision: 0, crash: null,
    };
    this.#pacer = new Pacer(session, clock, host, { afterSlice: () => this.#afterSlice(), failed: (error) => this.#crash(error) });
  }

  start(): void {
    this.#pacer.start();
  }

  stop(): void {
    this.#pacer.stop();
    clearTimeout(this.#saveTimer);
  }

  /** Calls back after every change of `view`; returns the way to stop that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Sends the terminal's output to one place, from its beginning; `fromStart` asks for an empty screen first. */
  connect(output: (bytes: string, fromStart: boolean) => void): () => void {
    this.#output = output;
    this.#reprint();
    return () => { this.#output = null; };
  }

  /** Lets the world wait while what it has printed is not shown yet. */
  holdWhile(isBehind: () => boolean): void {
    this.#pacer.isHeld = isBehind;
  }

  /** Keys typed (or pasted) at the terminal. */
  type(text: string): void {
    this.typeBytes(bytesOf(text.length > pasteBytes ? text.slice(0, pasteBytes) : text));
  }

  typeBytes(bytes: string): void {
    // An interrupt is not to wait behind a paste; it ends it.
    if (bytes === '\x03') this.#unsent = '';
    if (this.#unsent === '' && bytes.length <= pieceBytes) {
      this.#send(bytes);
      return;
    }
    const isWaiting = this.#unsent !== '';
    this.#unsent += bytes;
    if (!isWaiting) this.#sendPieces();
  }

  #send(bytes: string): void {
    this.#input(() => this.session.send(bytes), bytes.includes('\r'));
  }

  /** With each frame, sends the next piece if the last has been read. */
  #sendPieces(): void {
    if (this.#unsent === '' || this.view.crash) return;
    if (this.session.atRest) {
      const piece = this.#unsent.slice(0, pieceBytes);
      this.#unsent = this.#unsent.slice(pieceBytes);
      this.#send(piece);
    }
    if (this.#unsent !== '') this.host.onFrame(() => this.#sendPieces());
  }

  resize(cols: number, rows: number): void {
    this.#input(() => this.session.resize(cols, rows), false);
  }

  setSpeed(speed: number): void {
    this.#pacer.speed = speed;
    this.#show({ speed });
  }

  setLanguage(language: Lang): void {
    this.session.setLang(language);
    this.#show({ lab: this.session.lab });
  }

  editorSave(id: number, text: string): void {
    this.#input(() => this.session.editorSave(id, text), true);
  }

  editorQuit(id: number, code: 0 | 1): void {
    this.#input(() => this.session.editorQuit(id, code), true);
  }

  readFile(path: string): string | null {
    return this.session.readFile(path);
  }

  listDir(path: string): readonly FileEntry[] {
    return this.session.listDir(path);
  }

  writeFile(path: string, text: string): void {
    this.#input(() => this.session.writeFile(path, text), true);
  }

  /** Whether a command typed now would stand at the shell's prompt. */
  get shellWaits(): boolean {
    return this.#unsent === '' && this.session.shellWaits;
  }

  /** `$?` of the shell; null while there is none. */
  get exitCode(): number | null {
    return this.session.exitCode();
  }

  /** The cluster at this moment, for the map. Cheap, and equal parts of two looks are the same objects. */
  cluster(): ClusterView {
    return this.session.cluster();
  }

  /** Grades the current task; when all passes the session has gone on to the next. */
  check(): readonly CheckResult[] {
    let results: readonly CheckResult[] = [];
    this.#input(() => { results = this.session.check(); }, true);
    return results;
  }

  nextHint(): string | null {
    return this.session.nextHint();
  }

  undo(): boolean {
    return this.#rewind(() => this.session.undo());
  }

  resetTask(): void {
    this.#rewind(() => this.session.resetTask());
  }

  resetLab(): void {
    this.#rewind(() => this.session.resetLab());
  }

  exportLog(): InputLog {
    return this.session.exportLog();
  }

  /** All that the terminal has been sent since the lab opened (or was restored), as bytes. */
  transcript(): string {
    return this.session.output(0).data;
  }

  /** Writes the save now; does nothing after a crash, whose world is not worth keeping. */
  async save(): Promise<void> {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    if (this.view.crash === null) await this.saves.write(this.session.save());
  }

  #input(send: () => void, worthSaving: boolean): void {
    if (this.view.crash) return;
    try {
      send();
    } catch (error) {
      this.#crash(error);
      return;
    }
    this.#pacer.poke();
    this.#look(worthSaving);
    if (worthSaving) this.#saveSoon();
  }

  /** Something that takes the whole world elsewhere, the screen included. */
  #rewind<T>(go: () => T): T {
    const result = go();
    this.#unsent = '';
    this.#reprint();
    this.#show({ crash: null });
    this.#look(true);
    this.#pacer.start();
    this.#pacer.poke();
    this.#saveSoon();
    return result;
  }

  #reprint(): void {
    const { data, at } = this.session.output(0);
    this.#at = at;
    this.#output?.(data, true);
  }

  #afterSlice(): void {
    const { data, at } = this.session.output(this.#at);
    this.#at = at;
    if (data !== '') this.#output?.(data, false);
    this.#look(data !== '');
  }

  /** Compares the session with what was last shown. */
  #look(filesMayDiffer: boolean): void {
    const { task, world } = this.session;
    const second = Math.floor(world.now / 1e6);
    const request = this.session.editorRequest();
    const editor = request?.id === this.view.editor?.id ? this.view.editor : request;
    const timePassed = second !== this.view.second;
    if (!timePassed && !filesMayDiffer && task === this.view.task && editor === this.view.editor) return;
    const checks = timePassed || task !== this.view.task ? this.session.look() : this.view.checks;
    this.#show({ task, second, editor, checks, revision: this.view.revision + Number(filesMayDiffer || timePassed) });
  }

  #show(change: Partial<SittingView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.#listeners) listener();
  }

  #crash(error: unknown): void {
    this.stop();
    this.#show({ crash: error instanceof Error ? error : new Error(String(error)) });
  }

  #saveSoon(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.save().catch(() => undefined), saveAfterMs);
  }
}
