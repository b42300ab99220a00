// A session without a world, for tests of what surrounds one: it echoes keys, runs `vi` and `sleep N`, and counts its saves.
import type { CheckResult, ClusterView, EditorRequest, FileEntry, InputLog, KeptSession, LabView, Lang, Recording, SavedSession, Session, SessionOptions, TerminalState, TimelineView } from '../session/core/index.ts';

const prompt = 'controlplane ~ \xe2\x9e\x9c  ';
const birth = Date.UTC(2025, 7, 19, 0, 34) * 1000;
const manifest = '/etc/kubernetes/manifests/kube-scheduler.yaml';

const entry = (name: string, type: 'file' | 'dir' = 'file'): FileEntry =>
  ({ name, type, mode: type === 'dir' ? 0o755 : 0o600, uid: 0, gid: 0, size: 1475, mtime: birth });

const directories: Readonly<Record<string, readonly FileEntry[]>> = {
  '/': [entry('etc', 'dir'), entry('root', 'dir')],
  '/etc': [entry('kubernetes', 'dir'), entry('hosts')],
  '/etc/kubernetes': [entry('admin.conf'), entry('manifests', 'dir')],
  '/etc/kubernetes/manifests': [entry('kube-scheduler.yaml')],
};

export class FakeSession implements Session {
  /** Set to have the world throw when it next runs, as a failed assertion in the kernel would. */
  bug: Error | null = null;
  saves = 0;
  readonly seed = 1;
  readonly isWhole = true;
  complete(): void {}
  readonly build = '';
  readonly task = 0;
  lang: Lang;
  #now = birth;
  #printed = prompt;
  #line = '';
  #sleepsUntil = 0;
  #request: EditorRequest | null = null;
  #requests = 0;
  #screens: string[] = [];
  #files = new Map([[manifest, 'spec:\n  containers:\n  - command:\n    - kube-schedulerrr\n']]);

  constructor(private readonly options: SessionOptions) {
    this.lang = options.lang ?? 'en';
  }

  get world(): Session['world'] {
    return { now: this.#now } as Session['world'];
  }

  get lab(): LabView {
    const title = this.lang === 'ko' ? '가짜 실습' : 'A fake lab';
    return {
      id: this.options.lab, title, summary: '', minutes: 1, level: 'easy',
      tasks: [{ id: 'one', title, text: 'Fix `kube-scheduler`.', checks: [{ id: 'fixed', title: 'Fixed' }], hints: 1, solution: ['true'] }],
    };
  }

  setLang(lang: Lang): void {
    this.lang = lang;
  }

  send(bytes: string): void {
    for (const key of bytes) {
      if (key !== '\r') {
        this.#line += key;
        this.#printed += key;
        continue;
      }
      this.#screens.push(this.#printed.slice(0, this.#printed.length - this.#line.length));
      this.#printed += '\r\n';
      this.#run(this.#line);
      this.#line = '';
    }
  }

  #run(command: string): void {
    const [name, argument = ''] = command.trim().split(' ');
    if (name === 'sleep') this.#sleepsUntil = this.#now + Number(argument) * 1e6;
    else if (name === 'vi' || name === 'nano') {
      this.#request = { id: this.#requests++, program: name, path: argument, text: this.#files.get(argument) ?? '', readOnly: false, isNew: !this.#files.has(argument) };
    } else this.#printed += `${name === '' ? '' : `bash: ${name}: command not found\r\n`}${prompt}`;
  }

  resize(): void {}

  advance(until: number): 'reached' {
    if (this.bug) throw this.bug;
    this.#now = until;
    this.#wake();
    return 'reached';
  }

  settle(_budget: number, limit = Infinity): 'settled' | 'limit' {
    if (this.bug) throw this.bug;
    if (this.#sleepsUntil > limit) return 'limit';
    this.#now = Math.max(this.#now, this.#sleepsUntil);
    this.#wake();
    return 'settled';
  }

  #wake(): void {
    if (this.#sleepsUntil === 0 || this.#now < this.#sleepsUntil) return;
    this.#sleepsUntil = 0;
    this.#printed += prompt;
  }

  get atRest(): boolean {
    return this.#sleepsUntil === 0;
  }

  get terminals(): readonly TerminalState[] {
    return [{ tty: 'pts/0', cols: this.options.cols, rows: this.options.rows, atPrompt: this.atRest && this.#request === null, program: null, ended: false }];
  }

  get timeline(): TimelineView {
    return { moments: [{ id: 0, parent: null, kind: 'start', label: '', at: birth, marks: [] }], line: [0], current: 0, now: 0, lookingBack: false, canUndo: this.#screens.length > 0, canRedo: false };
  }

  goOn(): void {}

  recording(): Recording {
    return { sizes: [{ at: birth, cols: this.options.cols, rows: this.options.rows }], printed: [{ at: birth, bytes: this.#printed }] };
  }

  openTerminal(): null {
    return null;
  }

  closeTerminal(): void {}

  exitCode(): number {
    return 0;
  }

  output(from: number): { data: string; at: number } {
    return { data: this.#printed.slice(from), at: this.#printed.length };
  }

  editorRequest(): EditorRequest | null {
    return this.#request;
  }

  editorSave(_id: number, text: string): void {
    this.#files.set(this.#request!.path, text);
  }

  editorQuit(): void {
    this.#request = null;
    this.#printed += prompt;
  }

  readFile(path: string): string | null {
    return this.#files.get(path) ?? null;
  }

  fileAtTaskStart(): string | null {
    return null;
  }

  writeFile(path: string, text: string): void {
    this.#files.set(path, text);
  }

  listDir(path: string): readonly FileEntry[] {
    return directories[path] ?? [];
  }

  cluster(): ClusterView {
    return { components: [], links: [], objects: { served: false, roots: [] } };
  }

  check(): readonly CheckResult[] {
    return [{ id: 'fixed', pass: !this.#files.get(manifest)!.includes('rrr'), seen: 'kube-schedulerrr' }];
  }

  look(): readonly CheckResult[] {
    return this.check();
  }

  *checking(): Generator<never, readonly CheckResult[], void> {
    return this.check();
  }

  *looking(): Generator<never, readonly CheckResult[], void> {
    return this.look();
  }

  observe(): [] {
    return [];
  }

  redo(): boolean {
    return false;
  }

  goTo(): boolean {
    return false;
  }

  nextHint(): string {
    return 'Read the `command`.';
  }

  resetTask(): void {
    this.#printed = prompt;
  }

  resetLab(): void {
    this.#printed = prompt;
  }

  undo(): boolean {
    const before = this.#screens.pop();
    if (before === undefined) return false;
    this.#printed = before;
    this.#request = null;
    return true;
  }

  hash(): string { return ''; }
  exportLog(): InputLog {
    const { lab, cols, rows } = this.options;
    return { version: 1, build: '', lab, task: 0, seed: 1, cols, rows, entries: [], end: { step: 0, at: this.#now } };
  }

  keep(): KeptSession {
    const instant = { log: 0, entries: 0, step: 0, at: birth, task: 0, hintsShown: 0, faults: 0 };
    return { ...this.save(), world: '', entries: 0, timeline: { logs: [[]], moments: [], current: 0, taskStart: instant, faults: 0, entries: 0 } };
  }

  *keeping(): Generator<void, KeptSession, void> {
    const kept = this.keep();
    yield;
    return kept;
  }

  portable(): KeptSession {
    return this.keep();
  }

  save(): SavedSession {
    this.saves++;
    return { log: this.exportLog(), task: 0, lang: this.lang, hintsShown: 0 };
  }
}
