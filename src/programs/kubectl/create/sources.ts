/** What ConfigMaps and Secrets are made of: literals, files, directories, env files. */
import { environ, readDir, readFile, stat, type Bytes, type Coroutine } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { decodeUtf8, encodeUtf8 } from '../../../base/utf8.ts';
import type { ParsedFlags } from '../../../lib/flags/index.ts';
import { CliError } from '../errors.ts';
import { literals, type Given } from './data.ts';

function* content(path: string): Coroutine<Bytes> {
  try {
    return yield* readFile(path);
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
  if (!directory) return [{ key, value: yield* content(path) }];
  if (eq >= 0) throw new CliError('cannot give a key name for a directory path');
  const given: Given[] = [];
  for (const entry of [...(yield* readDir(path))].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.type === 'file') given.push({ key: entry.name, value: yield* content(`${path.replace(/\/$/, '')}/${entry.name}`) });
  }
  return given;
}

const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** A name without a value takes it from the environment, if it is there. */
function* fromEnvFile(path: string): Coroutine<Given[]> {
  const env = yield* environ();
  const lines = decodeUtf8(yield* content(path)).split('\n').map((line) => line.replace(/\r$/, '').trimStart());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
    const eq = line.indexOf('=');
    const key = eq < 0 ? line : line.slice(0, eq);
    if (!ENV_NAME.test(key)) throw new CliError(`${JSON.stringify(key)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`);
    return { key, value: encodeUtf8(eq < 0 ? env[key] ?? '' : line.slice(eq + 1)) };
  });
}

/** `--from-file`, as often as it is given. Throws CliError. */
export function* fromFiles(sources: readonly string[]): Coroutine<Given[]> {
  const all: Given[] = [];
  for (const source of sources) all.push(...(yield* fromFile(source)));
  return all;
}

/** All that the flags name, in kubectl's order. Throws CliError. */
export function* given(flags: ParsedFlags): Coroutine<Given[]> {
  if (flags.list('from-env-file').length > 0 && flags.list('from-file').length + flags.list('from-literal').length > 0) throw new CliError('from-env-file cannot be combined with from-file or from-literal');
  const all: Given[] = yield* fromFiles(flags.list('from-file'));
  all.push(...literals(flags.list('from-literal')));
  for (const path of flags.list('from-env-file')) all.push(...(yield* fromEnvFile(path)));
  return all;
}
