// A sitting: one learner at one lab in one page. Joins the session to the pacer and to the storage, and tells the page what changed.
// The page reads `view`, an immutable value replaced on every change, and sends inputs; it never touches the world itself.
import { bytesOf } from './bytes.ts';
import type { CheckResult, ClusterView, FileEntry, InputLog, Lang, Recording, Session } from '../core/index.ts';
import { Glance } from './glance.ts';
import { Keeper } from './keeper.ts';
import type { Output } from './line.ts';
import { browserHost, Pacer, type Clock, type Host } from './pacer.ts';
import { nothingToCome, type Rest } from './rest.ts';
import { Runs, type Ran } from './run.ts';
import type { Saves } from './saves.ts';
import { Skip, type Skipped, type SkipUntil } from './skip.ts';
import { Terminals } from './terminals.ts';
import { firstView, sameTerminals, type SittingView } from './view.ts';
import { work } from './work.ts';

/** The learner's first terminal. */
const firstTty = 'pts/0';
/** A paste longer than this is cut. */
const pasteBytes = 1 << 20;
/** System calls between two looks at the clock, in work that gives way. */
const budget = 2000;

export class Sitting {
  view: SittingView;
  #pacer: Pacer;
  readonly #terminals: Terminals;
  readonly #runs: Runs;
  readonly #glance: Glance;
  readonly #skip: Skip;
  #listeners = new Set<() => void>();
  readonly #keeper: Keeper;
  #checking = false;

  constructor(
    private readonly session: Session,
    saves: Saves,
    readonly clock: Clock,
    private readonly host: Host = browserHost,
    private readonly rest: Rest = nothingToCome,
  ) {
    this.view = firstView(session, clock === 'step' ? 0 : 1, session.isWhole ? 'here' : 'coming');
    this.#terminals = new Terminals(session, host, (bytes, tty) => this.#input(() => this.session.send(bytes, tty), bytes.includes('\r')));
    this.#runs = new Runs(session);
    this.#keeper = new Keeper(session, saves, host, () => this.view.crash === null && !this.#terminals.held);
    this.#skip = new Skip(session, host, budget, { begun: () => this.#skips(true), going: () => this.#afterSlice(), over: () => this.#skips(false) });
    this.#glance = new Glance(session, host, budget, { seen: (checks) => this.#show({ checks }), failed: (error) => this.#crash(error) });
    this.#pacer = new Pacer(session, clock, host, { afterSlice: () => this.#afterSlice(), failed: (error) => this.#crash(error) });
  }

  start(): void {
    this.#run();
    // With the prompt drawn, so that it need not wait for what is fetched.
    if (!this.session.isWhole) this.host.onFrame(() => this.host.soon(() => void this.fetchRest()));
  }

  /** Fetches what is still to come of the simulation, again if need be; → whether it is here now. */
  async fetchRest(): Promise<boolean> {
    if (this.session.isWhole) return true;
    this.#show({ rest: 'coming' });
    await this.rest.fetch().catch(() => undefined);
    const { isWhole } = this.session;
    this.#show({ rest: isWhole ? 'here' : 'lost' });
    this.#pacer.resume();
    this.#look(true);
    if (isWhole) this.#keeper.soon();
    return isWhole;
  }

  stop(): void {
    this.#pacer.stop();
    this.#keeper.stop();
    this.#glance.forget();
  }

  /** Calls back after every change of `view`; returns the way to stop that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  // ---- terminals -------------------------------------------------------------------------------------------
  /** Sends a terminal's output to one place, from its beginning; `fromStart` asks for an empty screen first. */
  connect(output: Output, tty = firstTty): () => void {
    return this.#terminals.connect(output, tty);
  }

  /** Another login on a terminal of its own; → its name, or null when there are enough. */
  async openTerminal(cols: number, rows: number): Promise<string | null> {
    if (!(await this.fetchRest())) return null;
    let tty: string | null = null;
    this.#input(() => { tty = this.session.openTerminal(cols, rows); }, true);
    return tty;
  }

  /** Hangs up; the first terminal stays. */
  closeTerminal(tty: string): void {
    this.#input(() => this.session.closeTerminal(tty), true);
    this.#terminals.forget(tty);
  }

  /** Lets the world wait while what it has printed is not shown yet. */
  holdWhile(isBehind: () => boolean): void { this.#pacer.isHeld = isBehind; }

  /** Keys typed (or pasted) at a terminal. */
  type(text: string, tty = firstTty): void {
    this.typeBytes(bytesOf(text.length > pasteBytes ? text.slice(0, pasteBytes) : text), tty);
  }

  typeBytes(bytes: string, tty = firstTty): void {
    if (!this.view.crash) this.#terminals.type(bytes, tty);
  }

  resize(cols: number, rows: number, tty = firstTty): void {
    this.#input(() => this.session.resize(cols, rows, tty), false, false);
  }

  /** Whether a command typed now would stand at the shell's prompt. */
  get shellWaits(): boolean {
    return !this.#terminals.isWaiting(firstTty) && this.session.terminals[0]?.atPrompt === true;
  }

  /** Whether all that was typed has been dealt with, as far as it can be at this instant. */
  get atRest(): boolean { return this.session.atRest; }

  /** `$?` of the first terminal's shell; null while there is none. */
  get exitCode(): number | null { return this.session.exitCode(); }

  /** Runs a command at the first terminal's prompt, in the learner's sight. Errors: the prompt is not there. */
  run(command: string): Promise<Ran> {
    if (!this.shellWaits || this.#runs.isBusy) return Promise.reject(new Error('the terminal is busy'));
    const ran = this.#runs.begin();
    this.type(`${command}\r`);
    return ran;
  }

  /** All that a terminal has been sent since the lab opened (or was restored), as bytes. */
  transcript(tty = firstTty): string { return this.session.output(0, tty).data; }

  /** What a terminal has printed, and when. */
  recording(tty = firstTty): Recording { return this.session.recording(tty); }

  // ---- time ------------------------------------------------------------------------------------------------
  /** 0 pauses: time then moves only while a foreground command waits. */
  setSpeed(speed: number): void {
    this.#pacer.setSpeed(speed);
    this.#show({ speed });
  }

  /** Runs on until something happens that is waited for, for ten virtual minutes at most. */
  async skip(until: SkipUntil = 'anything'): Promise<Skipped> {
    try {
      if (!(await this.fetchRest())) return { kind: 'cancelled' };
      return await this.#skip.start(until);
    } catch (error) {
      this.#crash(error);
      return { kind: 'cancelled' };
    }
  }

  #skips(skipping: boolean): void {
    if (skipping) {
      this.session.goOn();
      this.#pacer.stop();
    } else this.#afterSlice();
    this.#show({ skipping, timeline: this.session.timeline });
    if (!skipping) this.#pacer.start();
  }

  /** Ends a skip where it is. */
  stopSkipping(): void {
    this.#skip.stop();
  }

  undo(): boolean { return this.#rewind(() => this.session.undo()); }

  redo(): boolean { return this.#rewind(() => this.session.redo()); }

  /** Back to where the learner was before looking back. */
  goToNow(): boolean { return this.goTo(this.session.timeline.now); }

  /** Shows the world as it was after a moment of the timeline, and lets time stand still there; what is typed then begins a branch. */
  goTo(moment: number): boolean { return this.#rewind(() => this.session.goTo(moment)); }

  /** Time goes on from the moment that is looked at. */
  goOn(): void { this.#input(() => this.session.goOn(), false); }

  resetTask(): void { this.#rewind(() => this.session.resetTask()); }

  resetLab(): void { this.#rewind(() => this.session.resetLab()); }

  // ---- editor, files, cluster ------------------------------------------------------------------------------
  editorSave(id: number, text: string): void {
    this.#input(() => this.session.editorSave(id, text), true);
  }

  editorQuit(id: number, code: 0 | 1): void {
    this.#input(() => this.session.editorQuit(id, code), true);
  }

  readFile(path: string): string | null { return this.session.readFile(path); }

  /** What a file held when the task began; null when it was not there. */
  readonly fileAtTaskStart = (path: string): string | null => this.session.fileAtTaskStart(path);

  listDir(path: string): readonly FileEntry[] { return this.session.listDir(path); }

  writeFile(path: string, text: string): void {
    this.#input(() => this.session.writeFile(path, text), true);
  }

  /** The cluster at this moment, for the map. Cheap, and equal parts of two looks are the same objects. */
  cluster(): ClusterView { return this.session.cluster(); }

  // ---- tasks -----------------------------------------------------------------------------------------------
  setLanguage(language: Lang): void {
    this.session.setLang(language);
    this.#show({ lab: this.session.lab });
  }

  /** Grades the current task, giving way meanwhile; when all passes the session has gone on to the next. */
  async check(): Promise<readonly CheckResult[]> {
    if (this.#checking || this.view.crash) return [];
    this.#checking = true;
    this.#show({ grading: { done: 0, of: 1 } });
    try {
      if (!(await this.fetchRest())) return [];
      return await work(this.host, this.session.checking(budget), (word) => {
        if (word !== 'preparing') this.#show({ grading: word });
        else this.#hold();
      }).done;
    } catch (error) {
      this.#crash(error);
      return [];
    } finally {
      this.#checking = false;
      this.#release();
      this.#show({ grading: null });
      this.#look(true);
      this.#keeper.soon();
    }
  }

  /** While the next task is prepared nothing else may happen to the world. */
  #hold(): void {
    this.#terminals.held = true;
    this.#pacer.stop();
  }

  #release(): void {
    if (!this.#terminals.held || this.view.crash) return;
    this.#run();
    this.#terminals.release();
  }

  /** What helps with the cluster as it is now; null when there is nothing more to say. */
  async nextHint(): Promise<string | null> {
    return (await this.fetchRest()) ? this.session.nextHint() : null;
  }

  // ---- keeping ---------------------------------------------------------------------------------------------
  exportLog(): InputLog { return this.session.exportLog(); }

  /** The whole world's: equal for equal seeds and inputs, in whatever engine. */
  hash(): string { return this.session.hash(); }

  /** Writes the save now; does nothing after a crash, whose world is not worth keeping. Errors: the browser's, when it has no room. */
  save(): Promise<void> {
    return this.#keeper.now();
  }

  /** The page is about to go: what was done since the last save is noted at once. */
  readonly leave = (): void => this.#keeper.leave();

  // ---- what happens ----------------------------------------------------------------------------------------
  #input(send: () => void, worthSaving: boolean, goesOn = true): void {
    if (this.view.crash) return;
    this.#skip.stop();
    try {
      send();
      if (goesOn) this.session.goOn();
    } catch (error) {
      this.#crash(error);
      return;
    }
    this.#run();
    this.#look(worthSaving);
    if (worthSaving) this.#keeper.soon();
  }

  /** Something that takes the whole world elsewhere, the screens included; → whether it did at once. */
  #rewind(go: () => boolean | void): boolean {
    if (!this.session.isWhole) {
      void this.fetchRest().then((isHere) => isHere && this.#rewind(go));
      return false;
    }
    this.#skip.stop();
    const result = go() ?? true;
    this.#glance.forget();
    this.#runs.forget();
    this.#terminals.restart();
    this.#show({ crash: null });
    this.#look(true);
    this.#run();
    this.#keeper.rewound();
    return result;
  }

  /** Lets time pass, unless the learner looks back at a moment. */
  #run(): void {
    if (this.session.timeline.lookingBack) return this.#pacer.stop();
    this.#pacer.start();
    this.#pacer.poke();
  }

  #afterSlice(): void {
    const printed = this.#terminals.drain();
    this.#runs.answer();
    this.#look(printed);
  }

  /** Compares the session with what was last shown. */
  #look(filesMayDiffer: boolean): void {
    const { task, world } = this.session;
    const second = Math.floor(world.now / 1e6);
    const request = this.session.editorRequest();
    const editor = request?.id === this.view.editor?.id ? this.view.editor : request;
    const timePassed = second !== this.view.second;
    const terminals = sameTerminals(this.view.terminals, this.session.terminals);
    const isSame = task === this.view.task && editor === this.view.editor && this.session.timeline === this.view.timeline && terminals === this.view.terminals;
    if (!timePassed && !filesMayDiffer && isSame) return;
    // A skip looks for itself.
    if (timePassed && !this.view.skipping) this.session.observe();
    this.#show({ task, second, editor, terminals, timeline: this.session.timeline, revision: this.view.revision + Number(filesMayDiffer || timePassed) });
    if (this.session.isWhole) this.#glance.soon();
  }

  #show(change: Partial<SittingView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.#listeners) listener();
  }

  #crash(error: unknown): void {
    this.stop();
    this.#show({ crash: error instanceof Error ? error : new Error(String(error)) });
  }
}
