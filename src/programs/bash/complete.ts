/** Tab: commands, files, variables, and whatever a program's `__complete` (cobra's protocol) answers. */
import { access, readDir, stat, ttySize } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { SysError } from '../../kernel/errno.ts';
import type { Completion } from '../../lib/readline/index.ts';
import { builtinNames, KEYWORDS } from './builtins/names.ts';
import { quoteIfNeeded } from '../../lib/tool/quote.ts';
import type { Shell } from './shell.ts';
import { scalar } from './state.ts';

type Candidate = Completion['candidates'][number];
/** Whose completion is loaded, in the words of cobra's `__complete`. */
const COBRA: ReadonlySet<string> = new Set(['kubectl']);
const SYSTEMD: ReadonlySet<string> = new Set(['start', 'stop', 'restart', 'status', 'enable', 'disable', 'cat', 'show', 'is-active', 'is-enabled', 'reload', 'edit', 'mask', 'unmask']);

export function* completeLine(shell: Shell, text: string, cursor: number): Coroutine<Completion> {
  const before = text.slice(0, cursor);
  const segment = before.slice(Math.max(...['|', ';', '&', '('].map((mark) => before.lastIndexOf(mark))) + 1);
  const words = segment.trimStart().split(/\s+/);
  const word = words.at(-1) ?? '';
  const from = cursor - word.length;
  const plain = (items: readonly string[]): Completion => ({ from, candidates: unique(items).map((t) => ({ text: t, label: t, suffix: ' ' })) });
  const variable = /\$\{?(\w*)$/.exec(word);
  if (variable !== null) {
    const names = Object.keys(shell.state.vars).filter((n) => n.startsWith(variable[1]!)).sort();
    return { from: cursor - variable[1]!.length, candidates: names.map((n) => ({ text: n, label: n, suffix: '' })) };
  }
  if (words.length <= 1 && !word.includes('/')) return plain(yield* commands(shell, word));
  const name = resolve(shell, words[0] ?? '');
  if (COBRA.has(name[0] ?? '') && !word.startsWith('/')) {
    const cobra = yield* askCobra(shell, [...name, ...words.slice(1)]);
    if (cobra !== null) return { from, candidates: cobra };
  }
  if (name[0] === 'systemctl' && (words.length === 2 || SYSTEMD.has(words[1] ?? ''))) {
    const pool = words.length === 2 ? [...SYSTEMD, 'daemon-reload', 'list-units', 'list-unit-files', 'is-failed', 'reset-failed'] : yield* units();
    return plain(pool.filter((p) => p.startsWith(word)));
  }
  if (name[0] === 'journalctl' && ['-u', '--unit'].includes(words.at(-2) ?? '')) return plain((yield* units()).filter((unit) => unit.startsWith(word)));
  return { from: from + word.lastIndexOf('/') + 1, candidates: yield* files(shell, word, name[0] === 'cd') };
}

/** The words an alias stands for. */
function resolve(shell: Shell, word: string): string[] {
  const alias = Object.hasOwn(shell.state.aliases, word) ? shell.state.aliases[word]! : word;
  return alias.split(/\s+/);
}
const unique = (items: readonly string[]): string[] => [...new Set(items)].sort((a, b) => (a < b ? -1 : 1));

function* commands(shell: Shell, prefix: string): Coroutine<string[]> {
  const found = [...builtinNames, ...KEYWORDS, ...Object.keys(shell.state.aliases), ...Object.keys(shell.state.functions)];
  for (const dir of new Set((scalar(shell.state, 'PATH') ?? '').split(':'))) {
    try {
      for (const entry of yield* readDir(dir)) found.push(entry.name);
    } catch (caught) {
      if (!(caught instanceof SysError)) throw caught;
    }
  }
  return found.filter((n) => n.startsWith(prefix));
}

function* files(shell: Shell, word: string, directoriesOnly: boolean): Coroutine<Candidate[]> {
  const slash = word.lastIndexOf('/');
  const dir = slash < 0 ? '.' : word.slice(0, slash + 1).replace(/^~(?=\/)/, scalar(shell.state, 'HOME') ?? '~');
  const prefix = word.slice(slash + 1);
  const found: Candidate[] = [];
  try {
    for (const { name, type } of yield* readDir(dir)) {
      if (!name.startsWith(prefix) || (name.startsWith('.') && !prefix.startsWith('.'))) continue;
      const isDir = type === 'dir' || (type === 'link' && (yield* leadsToDirectory(`${dir}/${name}`)));
      if (directoriesOnly && !isDir) continue;
      found.push({ text: /[^\w@%+=:,./-]/.test(name) ? name.replace(/[^\w@%+=:,./\x80-\xff-]/g, '\\$&') : name, label: isDir ? `${name}/` : name, suffix: isDir ? '/' : ' ' });
    }
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
  }
  return found.sort((a, b) => (a.text < b.text ? -1 : 1));
}
function* leadsToDirectory(path: string): Coroutine<boolean> {
  try {
    return (yield* stat(path)).type === 'dir';
  } catch (caught) {
    if (caught instanceof SysError) return false;
    throw caught;
  }
}
function* units(): Coroutine<string[]> {
  const found: string[] = [];
  for (const dir of ['/etc/systemd/system', '/lib/systemd/system', '/usr/lib/systemd/system']) {
    if (!(yield* access(dir, 'r'))) continue;
    for (const { name } of yield* readDir(dir)) if (/\.(service|target|socket|timer)$/.test(name)) found.push(name.replace(/\.service$/, ''));
  }
  return found;
}

/** `kubectl __complete get po ""` → lines, then `:directive`. Bits: 1 error, 2 no space, 4 no files. */
function* askCobra(shell: Shell, words: readonly string[]): Coroutine<Candidate[] | null> {
  const [program = '', ...args] = words;
  const { status, pipeStatus } = shell.state;
  const output = yield* shell.substitute(`${[program, '__complete', ...args].map((a) => (a === '' ? "''" : quoteIfNeeded(a))).join(' ')} 2>/dev/null`);
  shell.state.status = status;
  shell.state.pipeStatus = pipeStatus;
  const lines = output.split('\n');
  const directive = Number(/^:(\d+)$/.exec(lines.at(-1) ?? '')?.[1] ?? 1);
  if ((directive & 1) !== 0) return null;
  const found = lines.slice(0, -1).map((each) => each.split('\t') as [string, string?]).filter(([text]) => text !== '' && text.startsWith(words.at(-1) ?? ''));
  if (found.length === 0 && (directive & 4) === 0) return null;
  const labels = withDescriptions(found, (yield* ttySize(0)).cols);
  return found.map(([text], at) => ({ text, label: labels[at]!, suffix: (directive & 2) !== 0 ? '' : ' ' })).sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** Candidates as cobra's script for bash lists them: `get   (Display one or many resources)`, cut at the terminal's width. */
function withDescriptions(found: readonly (readonly [string, string?])[], cols: number): string[] {
  const longest = Math.max(0, ...found.map(([text]) => text.length));
  return found.map(([text, description = '']) => {
    if (description === '') return text;
    const room = cols - longest - 4;
    const most = room > 8 ? room : cols - text.length - 4;
    const told = description.length > most ? `${description.slice(0, most - 1)}…` : description;
    return most > 0 ? `${room > 8 ? text.padEnd(longest) : text}  (${told})` : text;
  });
}
