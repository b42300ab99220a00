/** Reading a configuration from files, includes in their places, and judging the whole. */
import { attempt, readDir, readFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import type { Errno } from '../../kernel/errno.ts';
import { GoError, isIp, lookupHost } from '../../lib/net/index.ts';
import { globMatcher } from '../../lib/tool/glob.ts';
import { configOf, upstreamHosts } from './config.ts';
import type { Config } from './config.ts';
import { check } from './directives.ts';
import { ConfigError, parse } from './parse.ts';
import type { Directive } from './parse.ts';

const NUMBERS: Partial<Record<Errno, number>> = { ENOENT: 2, EACCES: 13, ENOTDIR: 20, EISDIR: 21 };

/** The files an include names; a pattern may name none. */
function* included(pattern: string): Coroutine<readonly string[]> {
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  const name = path.replace(/^.*\//, '');
  if (!/[*?[]/.test(name)) return [path];
  const dir = path.slice(0, -name.length - 1);
  const fits = globMatcher(name);
  const entries = yield* attempt(readDir(dir), 'ENOENT', 'ENOTDIR', 'EACCES');
  return 'errno' in entries ? [] : entries.filter((it) => !it.name.startsWith('.') && it.type !== 'dir' && fits(it.name)).map((it) => `${dir}/${it.name}`).sort();
}

function* expand(directives: readonly Directive[], depth: number): Coroutine<readonly Directive[]> {
  const all: Directive[] = [];
  for (const it of directives) {
    if (it.name === 'include' && it.args.length === 1) for (const path of yield* included(it.args[0]!)) all.push(...(yield* load(path, ` in ${it.file}:${it.line}`, depth + 1)));
    else all.push(it.block === null ? it : { ...it, block: yield* expand(it.block, depth) });
  }
  return all;
}

/** One file and what it includes. `where` says who named it. Throws ConfigError. */
function* load(path: string, where: string, depth: number): Coroutine<readonly Directive[]> {
  if (depth > 10) throw new ConfigError(`too many nested includes${where}`);
  let text: string;
  try {
    text = yield* readFile(path);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    if (code === 'EISDIR') throw new ConfigError(`read() "${path}" failed (21: Is a directory)${where}`);
    throw new ConfigError(`open() "${path}" failed (${NUMBERS[code] ?? 5}: ${strerror(code)})${where}`);
  }
  return yield* expand(parse(text, path), depth);
}

/** The configuration of a file. Throws ConfigError, also for an upstream whose name is not known. */
export function* readConfig(path: string): Coroutine<Config> {
  const directives = yield* load(path, '', 0);
  check(directives);
  for (const { host, where } of upstreamHosts(directives)) {
    if (isIp(host)) continue;
    try {
      yield* lookupHost(host);
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      throw new ConfigError(`host not found in upstream "${host}"${where}`);
    }
  }
  return configOf(directives, path);
}
