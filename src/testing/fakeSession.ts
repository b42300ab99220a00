// A session without a world, for tests of what surrounds one: it echoes keys, runs `vi` and `sleep N`, and counts what it was asked.
import type { CheckResult, EditorRequest, FileEntry, Session, SessionOptions } from '../session/core/index.ts';

const prompt = 'controlplane ~ \xe2\x9e\x9c  ';
const birth = Date.UTC(2025, 7, 19, 0, 34) * 1000;

export interface FakeSession extends Session {
  /** Set to have the next advance throw, as an assertion in the kernel would. */
  bug: Error | null;
  readonly saves: number;
}

const file = (name: string, type: 'file' | 'dir' = 'file'): FileEntry => ({ name, type, mode: type === 'dir' ? 0o755 : 0o600, uid: 0, gid: 0, size: 1475, mtime: birth });

export function openFakeSession(options: SessionOptions): FakeSession {
  let now = birth;
  let printed = prompt;
  let line = '';
  let sleepsUntil = 0;
  let request: EditorRequest | null = null;
  let saves = 0;
  let lang = options.lang ?? 'en';
  const files = new Map([['/etc/kubernetes/manifests/kube-scheduler.yaml', 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command:\n    - kube-schedulerrr\n']]);
  const undone: string[] = [];

  const run = (command: string) => {
    const [name, argument = ''] = command.trim().split(' ');
    if (name === 'sleep') sleepsUntil = now + Number(argument) * 1e6;
    else if (name === 'vi' || name === 'nano') request = { id: undone.length, program: name, path: argument, text: files.get(argument) ?? '', readOnly: false, isNew: !files.has(argument) };
    else printed += `${name === '' ? '' : `bash: ${name}: command not found\r\n`}${prompt}`;
  };
  const finish = () => {
    if (sleepsUntil !== 0 && now >= sleepsUntil) {
      sleepsUntil = 0;
      printed += prompt;
    }
  };
  const checks = (): CheckResult[] => [{ id: 'fixed', pass: !files.get('/etc/kubernetes/manifests/kube-scheduler.yaml')!.includes('rrr'), seen: 'kube-schedulerrr' }];

  const session: FakeSession = {
    bug: null,
    get saves() { return saves; },
    world: { get now() { return now; } } as Session['world'],
    get lab() {
      const title = lang === 'ko' ? '가짜 실습' : 'A fake lab';
      return { id: options.lab, title, summary: '', minutes: 1, level: 'easy', tasks: [{ id: 'one', title, text: 'Fix `kube-scheduler`.', checks: [{ id: 'fixed', title: 'Fixed' }], hints: 1, solution: ['true'] }] };
    },
    task: 0,
    get lang() { return lang; },
    setLang(next) { lang = next; },
    send(bytes) {
      for (const key of bytes) {
        if (key !== '\r') {
          line += key;
          printed += key;
          continue;
        }
        undone.push(printed.slice(0, printed.length - line.length));
        printed += '\r\n';
        run(line);
        line = '';
      }
    },
    resize() {},
    advance(until) {
      if (session.bug) throw session.bug;
      now = until;
      finish();
      return 'reached';
    },
    settle(_budget, limit = Infinity) {
      if (session.bug) throw session.bug;
      if (sleepsUntil > limit) return 'limit';
      if (sleepsUntil !== 0) now = sleepsUntil;
      finish();
      return 'settled';
    },
    get atRest() { return sleepsUntil === 0; },
    output: (from) => ({ data: printed.slice(from), at: printed.length }),
    editorRequest: () => request,
    editorSave(_id, text) { files.set(request!.path, text); },
    editorQuit() {
      request = null;
      printed += prompt;
    },
    readFile: (path) => files.get(path) ?? null,
    writeFile(path, text) { files.set(path, text); },
    listDir: (path) => ({ '/': [file('etc', 'dir'), file('root', 'dir')], '/etc': [file('kubernetes', 'dir'), file('hosts')], '/etc/kubernetes': [file('admin.conf'), file('manifests', 'dir')], '/etc/kubernetes/manifests': [file('kube-scheduler.yaml')] })[path] ?? [],
    check: checks,
    look: checks,
    nextHint: () => 'Read the `command`.',
    resetTask() { printed = prompt; },
    resetLab() { printed = prompt; },
    undo() {
      const before = undone.pop();
      if (before === undefined) return false;
      printed = before;
      request = null;
      return true;
    },
    exportLog: () => ({ version: 1, build: '', lab: options.lab, task: 0, seed: 1, cols: 80, rows: 24, entries: [], end: { step: 0, at: now } }),
    save() {
      saves++;
      return { log: session.exportLog(), task: 0, lang, hintsShown: 0 };
    },
  };
  return session;
}
