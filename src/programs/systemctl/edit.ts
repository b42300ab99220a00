/** `systemctl edit`: a drop-in (or, with --full, a copy of the unit) in the editor, then a reload. */
import { errnoOf } from '../../kernel/errno.ts';
import { environ, mkdir, readFile, rename, spawn, unlink, wait, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { findUnit, unitName } from '../../lib/systemd/index.ts';
import { ask, complain, type Options } from './client.ts';

const MARKER_START = '### Anything between here and the comment below will become the new contents of the file';
const MARKER_END = '### Lines below this comment will be discarded';

function* quietRead(path: string): Coroutine<string> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return '';
  }
}

/** Tries $SYSTEMD_EDITOR, $EDITOR, $VISUAL and the usual ones; false when none could be started or it failed. */
function* runEditor(path: string): Coroutine<boolean> {
  const env = yield* environ();
  for (const editor of [env['SYSTEMD_EDITOR'], env['EDITOR'], env['VISUAL'], 'editor', 'nano', 'vim', 'vi']) {
    if (editor === undefined || editor === '') continue;
    const words = editor.split(/\s+/);
    try {
      const pid = yield* spawn({ path: words[0]!, argv: [...words, path] });
      const ended = yield* wait(pid);
      return ended?.status.code === 0;
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
    }
  }
  yield* complain('Cannot edit units, no editor available. Please set either $SYSTEMD_EDITOR, $EDITOR or $VISUAL.\n');
  return false;
}

function template(target: string, old: string, sources: readonly { readonly path: string; readonly text: string }[]): string {
  const shown = sources.map((s) => `\n### ${s.path}\n${s.text.replace(/\n$/, '').split('\n').map((l) => `# ${l}`.trimEnd()).join('\n')}\n`).join('');
  return `### Editing ${target}\n${MARKER_START}\n\n${old}\n\n${MARKER_END}\n${shown}`;
}

/** The text between the two markers. */
function edited(text: string): string {
  const start = text.indexOf(MARKER_START);
  const end = text.indexOf(MARKER_END);
  const body = text.slice(start < 0 ? 0 : start + MARKER_START.length, end < 0 ? text.length : end).trim();
  return body === '' ? '' : `${body}\n`;
}

function* dirs(path: string): Coroutine<void> {
  try {
    yield* mkdir(path, 0o755);
  } catch (caught) {
    if (errnoOf(caught) !== 'EEXIST') throw caught;
  }
}

/** The verb. */
export function* edit(names: readonly string[], options: Options): Coroutine<number> {
  for (const given of names) {
    const name = unitName(given);
    const found = yield* findUnit(name);
    if (found.fragment === null) {
      yield* complain(`No files found for ${name}.\nRun 'systemctl edit --force --full ${name}' to create a new unit.\n`);
      return 1;
    }
    const dir = options.full ? '/etc/systemd/system' : `/etc/systemd/system/${name}.d`;
    const target = options.full ? `${dir}/${name}` : `${dir}/override.conf`;
    const temporary = `${dir}/.#${options.full ? name : 'override.conf'}${'0123456789abcdef'.slice(0, 16)}`;
    yield* dirs(dir);
    const old = yield* quietRead(target);
    const sources = [found.fragment, ...found.dropIns.filter((d) => d.path !== target)];
    yield* writeFile(temporary, options.full ? old || found.fragment.text : template(target, old, sources));
    const ok = yield* runEditor(temporary);
    const text = ok ? yield* quietRead(temporary) : '';
    const result = options.full ? text : edited(text);
    if (result.trim() === '') {
      yield* unlink(temporary);
      if (ok) yield* complain(`Editing "${target}" canceled: temporary file is empty.\n`);
      return ok ? 0 : 1;
    }
    yield* writeFile(temporary, result);
    yield* rename(temporary, target);
  }
  yield* ask({ method: 'daemon-reload' });
  return 0;
}

/** `revert`: removes what was changed in /etc. */
export function* revert(names: readonly string[]): Coroutine<number> {
  for (const given of names) {
    const name = unitName(given);
    for (const source of (yield* findUnit(name)).dropIns.filter((d) => d.path.startsWith('/etc/systemd/system/'))) {
      yield* unlink(source.path);
      yield* complain(`Removed "${source.path}".\n`);
    }
  }
  yield* ask({ method: 'daemon-reload' });
  return 0;
}
