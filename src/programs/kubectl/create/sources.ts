/** What ConfigMaps and Secrets are made of: literals, files, directories, env files. */
import { readDir, readFile, stat, type Coroutine } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { decodeUtf8 } from '../../../base/utf8.ts';
import type { ParsedFlags } from '../../../lib/flags/index.ts';
import { CliError } from '../errors.ts';
import { literals, type Given } from './objects.ts';

function* text(path: string): Coroutine<string> {
  try {
    return decodeUtf8(yield* readFile(path));
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(errno === 'ENOENT' ? `error reading ${path}: no such file or directory` : `error reading ${path}: ${goErrno(errno)}`);
  }
}

function* fromFile(source: string): Coroutine<Given[]> {
  const eq = source.indexOf('=');
  const path = source.slice(eq + 1);
  const key = eq < 0 ? path.split('/').at(-1)! : source.slice(0, eq);
  let directory = false;
  try {
    directory = (yield* stat(path)).type === 'dir';
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`error reading ${path}: ${goErrno(errno)}`);
  }
  if (!directory) return [{ key, value: yield* text(path) }];
  if (eq >= 0) throw new CliError('cannot give a key name for a directory path');
  const given: Given[] = [];
  for (const entry of [...(yield* readDir(path))].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.type === 'file') given.push({ key: entry.name, value: yield* text(`${path.replace(/\/$/, '')}/${entry.name}`) });
  }
  return given;
}

function* fromEnvFile(path: string): Coroutine<Given[]> {
  return (yield* text(path)).split('\n').map((line) => line.trimStart()).filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
    const eq = line.indexOf('=');
    return eq < 0 ? { key: line, value: '' } : { key: line.slice(0, eq), value: line.slice(eq + 1) };
  });
}

/** All that the flags name, in kubectl's order. Throws CliError. */
export function* given(flags: ParsedFlags): Coroutine<Given[]> {
  const all: Given[] = [];
  for (const source of flags.list('from-file')) all.push(...(yield* fromFile(source)));
  all.push(...literals(flags.list('from-literal')));
  for (const path of flags.list('from-env-file')) all.push(...(yield* fromEnvFile(path)));
  return all;
}
