/**
 * BusyBox' wget over the simulated network: one address after another, redirects followed. Models busybox networking/wget.c and
 * libbb/progress.c. Not modelled: FTP, proxies, resuming (-c), authentication in the address.
 */
import { access, now, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { appletUsage, showUsage } from '../../lib/busybox/index.ts';
import type { Build } from '../../lib/busybox/index.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { bodyBytes, closeConn, headLines, httpConnect, reasonPhrase, roundTrip } from '../../lib/http/index.ts';
import type { HttpResponse } from '../../lib/http/index.ts';
import { GoError, isIp, lookupHost } from '../../lib/net/index.ts';

const LONG = { continue: 'c', quiet: 'q', 'server-response': 'S', 'output-document': 'O:', 'output-file': 'o:', 'directory-prefix': 'P:', proxy: 'Y:', 'user-agent': 'U:', timeout: 'T:', tries: 't:', header: ':', 'post-data': ':', 'post-file': ':', spider: '', 'no-check-certificate': '', 'passive-ftp': '' };
const ELSEWHERE = ['c', 'o', 'post-file'];
/** getopt's long names and the kinds of their arguments, with `name:` for `:`. */
const longOptions = Object.fromEntries(Object.entries(LONG).map(([name, worth]) => [name, worth === ':' ? `${name}:` : worth]));

/** What ends the program with a word and status 1. */
class Failure { readonly message: string; constructor(message: string) { this.message = message; } }
interface Options { readonly quiet: boolean; readonly spider: boolean; readonly showHead: boolean; readonly output: string | null; readonly prefix: string; readonly agent: string; readonly timeoutUs: number; readonly headers: Readonly<Record<string, string>>; readonly post: string | null }
interface Target { readonly secure: boolean; /** With the port, where one was given. */ readonly host: string; readonly name: string; readonly port: number; readonly path: string }

const fail = (message: string): never => { throw new Failure(message); };

function targetOf(url: string): Target {
  const m = /^(?:(\w+):\/\/)?([^/?#]*)([^#]*)/.exec(url)!;
  const scheme = m[1] ?? 'http';
  if (scheme !== 'http' && scheme !== 'https') return fail(`not an http or ftp url: ${url}`);
  const colon = /^(.*):(\d*)$/.exec(m[2]!);
  const port = colon === null ? (scheme === 'https' ? 443 : 80) : Number(colon[2]);
  return { secure: scheme === 'https', host: m[2]!, name: colon?.[1] ?? m[2]!, port, path: m[3]!.startsWith('/') ? m[3]! : `/${m[3]!}` };
}

function* addressOf(target: Target): Coroutine<string> {
  if (isIp(target.name)) return target.name;
  try {
    return (yield* lookupHost(target.name))[0] ?? fail(`bad address '${target.host}'`);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return fail(`bad address '${target.host}'`);
  }
}

/** One request. Throws Failure. */
function* ask(options: Options, target: Target, ip: string): Coroutine<HttpResponse> {
  const started = yield* now();
  try {
    const conn = yield* httpConnect({ url: `${target.secure ? 'https' : 'http'}://${ip}:${target.port}/`, tls: { serverName: target.name, caPem: null, insecure: true, certPem: null, keyPem: null }, timeoutUs: options.timeoutUs });
    const body = options.post === null ? null : { text: options.post };
    const response = yield* roundTrip(conn, { method: options.post !== null ? 'POST' : 'GET', path: target.path, headers: { host: target.host, 'user-agent': options.agent, ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), connection: 'close', ...options.headers }, body }, options.timeoutUs);
    yield* closeConn(conn);
    return response;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if ((yield* now()) - started >= options.timeoutUs) return fail('download timed out');
    const why = caught.kind === 'refused' ? 'Connection refused' : caught.kind === 'timeout' ? 'Connection timed out' : caught.kind === 'unreachable' ? 'Host is unreachable' : null;
    return fail(why !== null ? `can't connect to remote host (${ip}): ${why}` : caught.kind === 'reset' ? 'error getting response: Connection reset by peer' : 'error getting response');
  }
}

/** The finished line of the progress meter: 80 columns, as on a terminal that does not say its width. */
function meter(build: Build, name: string, size: number): string {
  let [shown, unit] = [size, 0];
  for (; shown >= 100_000; unit++) shown = Math.floor(shown / 1024);
  const old = build.version.startsWith('1.28');
  return `\r${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(old ? 31 : 32)}|${String(shown).padStart(6)}${' kMGT'[unit]}${old ? '  0:00:00 ETA' : ' 0:00:00 ETA'}\n`;
}

/** Writes the answer where it belongs, telling about it. */
function* keep(build: Build, options: Options, target: Target, response: HttpResponse): Coroutine<void> {
  const text = bodyBytes(response);
  const last = target.path.replace(/\?.*$/, '').split('/').at(-1)!;
  const file = options.output ?? `${options.prefix}${last === '' ? 'index.html' : last}`;
  const name = file.replace(/^.*\//, '');
  const talks = !options.quiet && !build.version.startsWith('1.28');
  if (file === '-') {
    if (talks) yield* write(2, 'writing to stdout\n');
    yield* write(1, text);
  } else {
    if (options.output === null && (yield* access(file, 'f'))) return fail(`can't open '${file}': File exists`);
    if (talks) yield* write(2, `saving to '${file}'\n`);
    try {
      yield* writeFile(file, text);
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      return fail(`can't open '${file}': ${strerror(code)}`);
    }
  }
  if (!options.quiet) yield* write(2, meter(build, name, text.length));
  if (talks) yield* write(2, file === '-' ? 'written to stdout\n' : `'${file}' saved\n`);
}

/** One address from start to end. Throws Failure. */
function* download(build: Build, options: Options, url: string): Coroutine<void> {
  let target = targetOf(url);
  for (let hop = 0; ; hop++) {
    if (hop === 5) return fail('too many redirections');
    const ip = yield* addressOf(target);
    if (!options.quiet) yield* write(2, `Connecting to ${target.host} (${ip}:${target.port})\n`);
    if (target.secure) yield* write(2, 'wget: note: TLS certificate validation not implemented\n');
    const response = yield* ask(options, target, ip);
    const status = `HTTP/1.1 ${response.status} ${reasonPhrase(response.status)}`;
    if (options.showHead) yield* write(2, headLines(response, false, bodyBytes(response), yield* now()).map((line) => `  ${line}\n`).join(''));
    const location = response.headers['location'];
    if (response.status >= 300 && response.status < 400 && location !== undefined) {
      target = location.startsWith('/') ? { ...target, path: location } : targetOf(location);
      continue;
    }
    if (response.status < 200 || response.status > 299) return fail(`server returned error: ${status}`);
    if (!options.spider) return yield* keep(build, options, target, response);
    if (!options.quiet) yield* write(2, 'remote file exists\n');
    return;
  }
}

/** `wget [OPTIONS] URL...` → the status. */
export function* wget(build: Build, words: readonly string[]): Coroutine<number> {
  const { options: given, operands, error } = getopt(words, 'cqSO:o:P:Y:U:T:t:', longOptions);
  if (error !== null) return yield* appletUsage(build, 'wget', error);
  const refused = given.find((it) => ELSEWHERE.includes(it.name));
  if (refused !== undefined) {
    yield* write(2, `wget: ${refused.name.length > 1 ? '--' : '-'}${refused.name} is not available in this lab\n`);
    return 1;
  }
  if (operands.length === 0) {
    yield* showUsage(build, 'wget');
    return 1;
  }
  const on = (name: string): boolean => given.some((it) => it.name === name);
  const last = (name: string): string | null => given.findLast((it) => it.name === name)?.value ?? null;
  const headers = Object.fromEntries(given.filter((it) => it.name === 'header').map(({ value }) => [value!.split(':')[0]!.trim().toLowerCase(), value!.replace(/^[^:]*:\s*/, '')]));
  const seconds = Number(last('T') ?? 900);
  const options: Options = { quiet: on('q'), spider: on('spider'), showHead: on('S'), output: last('O'), prefix: last('P') === null ? '' : `${last('P')!.replace(/\/$/, '')}/`, agent: last('U') ?? 'Wget', timeoutUs: seconds * 1e6, headers, post: last('post-data') };
  for (const url of operands) {
    try {
      yield* download(build, options, url);
    } catch (caught) {
      if (!(caught instanceof Failure)) throw caught;
      yield* write(2, `wget: ${caught.message}\n`);
      return 1;
    }
  }
  return 0;
}
