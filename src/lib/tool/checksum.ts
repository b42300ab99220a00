/** What md5sum, sha1sum and sha256sum share: printing digests, and checking a list of them (-c). */
import { cpu, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../getopt/index.ts';
import { closeInput, complain, openInput, readAll, reason, usageError } from './index.ts';
import { eachText, linesOf } from './operands.ts';

const hex = (digest: string): string => [...digest].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');

export function* checksum(name: string, digest: (text: Bytes) => string, argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  const { options, operands, error } = getopt(argv.slice(1), 'bctwz', { binary: 'b', check: 'c', tag: 'tag', text: 't', 'ignore-missing': 'ignore', quiet: 'quiet', status: 'status', strict: 'strict', warn: 'w', zero: 'z' });
  if (error !== null) return yield* usageError(name, error);
  const on = (option: string): boolean => options.some((o) => o.name === option);
  if (on('c')) return yield* check(name, digest, operands, on);
  const kind = name.replace('sum', '').toUpperCase();
  return yield* eachText(name, operands, function* (text, path) {
    const sum = hex(digest(text));
    yield* write(1, (on('tag') ? `${kind} (${path}) = ${sum}` : `${sum} ${on('b') ? '*' : ' '}${path}`) + (on('z') ? '\0' : '\n'));
  });
}

function* check(name: string, digest: (text: Bytes) => string, lists: readonly string[], on: (option: string) => boolean): Coroutine<number> {
  const length = digest('').length * 2;
  let [wrong, missing, bad] = [0, 0, 0];
  let status = yield* eachText(name, lists, function* (list, listed) {
    const before = bad;
    const lines = linesOf(list);
    for (const line of lines) {
      const m = /^\\?([0-9a-fA-F]+) [ *](.+)$/.exec(line) ?? null;
      if (m === null || m[1]!.length !== length) {
        bad++;
        continue;
      }
      const text = yield* contents(name, m[2]!, on('ignore'));
      if (text === undefined) continue;
      const ok = text !== null && hex(digest(text)) === m[1]!.toLowerCase();
      if (text === null) missing++;
      else if (!ok) wrong++;
      if (!on('status') && !(ok && on('quiet'))) yield* write(1, `${m[2]}: ${ok ? 'OK' : text === null ? 'FAILED open or read' : 'FAILED'}\n`);
    }
    if (bad - before === lines.length) yield* complain(name, `${listed === '-' ? "'standard input'" : listed}: no properly formatted checksum lines found`);
    else if (bad > before) yield* complain(name, `WARNING: ${bad} line${bad === 1 ? ' is' : 's are'} improperly formatted`);
    if (bad - before === lines.length) missing += 0.5;   // nothing was checked at all
  });
  if (missing >= 1) yield* complain(name, `WARNING: ${Math.floor(missing)} listed file${missing >= 2 ? 's' : ''} could not be read`);
  if (wrong > 0 && !on('status')) yield* complain(name, `WARNING: ${wrong} computed checksum${wrong === 1 ? '' : 's'} did NOT match`);
  if (wrong > 0 || missing > 0) status = 1;
  return status;
}
/** null: could not be read, and that was said; undefined: is not there, and nobody minds. */
function* contents(name: string, path: string, ignore: boolean): Coroutine<Bytes | null | undefined> {
  try {
    const input = yield* openInput(path);
    const text = yield* readAll(input.fd);
    yield* closeInput(input);
    return text;
  } catch (caught) {
    if (ignore && errnoOf(caught) === 'ENOENT') return undefined;
    yield* complain(name, `${path}: ${reason(caught)}`);
    return null;
  }
}
