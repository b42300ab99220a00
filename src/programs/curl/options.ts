/** curl's command line: its options as a table, and what they add up to. Models curl 7.88 src/tool_getparam.c. */

export interface CurlOptions {
  readonly urls: readonly string[]; readonly method: string | null; readonly headers: readonly string[]; readonly data: readonly string[]; readonly get: boolean;
  readonly insecure: boolean; readonly silent: boolean; readonly showError: boolean; readonly verbose: boolean; readonly include: boolean; readonly head: boolean; readonly fail: boolean; readonly location: boolean;
  readonly caFile: string | null; readonly cert: string | null; readonly key: string | null; readonly output: readonly string[]; readonly remoteName: boolean; readonly writeOut: string;
  readonly maxSeconds: number | null; readonly connectSeconds: number | null; readonly user: string | null; readonly agent: string | null; readonly unixSocket: string | null; readonly version: boolean; readonly help: boolean; readonly noBuffer: boolean; /** HTTP/1.1 is all it offers. */ readonly http1: boolean; readonly http2: boolean; readonly compressed: boolean; /** No progress is shown. */ readonly quiet: boolean;
}

type Kind = 'flag' | 'value';
/** Long name → letter and kind. */
const OPTIONS: Readonly<Record<string, readonly [letter: string, kind: Kind]>> = {
  insecure: ['k', 'flag'], silent: ['s', 'flag'], 'show-error': ['S', 'flag'], verbose: ['v', 'flag'], include: ['i', 'flag'], head: ['I', 'flag'], fail: ['f', 'flag'], location: ['L', 'flag'], get: ['G', 'flag'], 'remote-name': ['O', 'flag'],
  version: ['V', 'flag'], help: ['h', 'flag'], 'no-buffer': ['N', 'flag'], 'http1.1': ['', 'flag'], http2: ['', 'flag'], compressed: ['', 'flag'], 'no-progress-meter': ['', 'flag'], ipv4: ['4', 'flag'],
  request: ['X', 'value'], header: ['H', 'value'], data: ['d', 'value'], 'data-raw': ['', 'value'], 'data-binary': ['', 'value'], json: ['', 'value'], cacert: ['', 'value'], cert: ['E', 'value'], key: ['', 'value'],
  output: ['o', 'value'], 'write-out': ['w', 'value'], 'max-time': ['m', 'value'], 'connect-timeout': ['', 'value'], user: ['u', 'value'], 'user-agent': ['A', 'value'], 'unix-socket': ['', 'value'], url: ['', 'value'], 'oauth2-bearer': ['', 'value'],
};
/** Options the real curl has and this one does not. */
const ELSEWHERE = new Set(['abstract-unix-socket', 'anyauth', 'append', 'basic', 'ca-native', 'capath', 'ciphers', 'config', 'continue-at', 'cookie', 'cookie-jar', 'create-dirs', 'digest', 'dump-header', 'form', 'globoff', 'interface', 'ipv6', 'limit-rate',
  'negotiate', 'netrc', 'noproxy', 'parallel', 'pass', 'proxy', 'range', 'referer', 'remote-header-name', 'resolve', 'retry', 'retry-delay', 'socks5', 'stderr', 'tcp-nodelay', 'tls-max', 'tlsv1.2', 'tlsv1.3', 'trace', 'trace-ascii', 'upload-file', 'url-query', 'data-urlencode', 'connect-to', 'fail-with-body', 'progress-bar']);
const BY_LETTER = new Map(Object.entries(OPTIONS).filter(([, [letter]]) => letter !== '').map(([name, [letter]]) => [letter, name] as const));

type Given = readonly (readonly [name: string, value: string])[];

/** The options in order, with bare URLs as `url`; or what is wrong. */
function read(argv: readonly string[]): { readonly given: Given } | { readonly error: string } {
  const given: [string, string][] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') { given.push(['url', word]); continue; }
    if (word === '--') { given.push(...rest.splice(0).map((url): [string, string] => ['url', url])); break; }
    if (word.startsWith('--')) {
      const name = word.slice(2).replace(/^no-(?!buffer|progress)/, '');
      const option = OPTIONS[name];
      if (!option) return { error: ELSEWHERE.has(name) ? `curl: ${word} is not available in this lab` : `curl: option ${word}: is unknown` };
      if (option[1] === 'flag') { given.push([name, '']); continue; }
      const value = rest.shift();
      if (value === undefined) return { error: `curl: option ${word}: requires parameter` };
      given.push([name, value]);
      continue;
    }
    for (let letters = word.slice(1); letters !== '';) {
      const name = BY_LETTER.get(letters[0]!);
      if (name === undefined) return { error: `curl: option -${letters[0]}: is unknown` };
      letters = letters.slice(1);
      if (OPTIONS[name]![1] === 'flag') { given.push([name, '']); continue; }
      const value = letters !== '' ? letters : rest.shift();
      if (value === undefined) return { error: `curl: option ${word}: requires parameter` };
      given.push([name, value]);
      letters = '';
    }
  }
  return { given };
}

/** The options of a command line, or the message of curl (without its hint). */
export function parseOptions(argv: readonly string[]): CurlOptions | { readonly error: string } {
  const found = read(argv);
  if ('error' in found) return found;
  const has = (name: string) => found.given.some(([one]) => one === name);
  const all = (name: string) => found.given.filter(([one]) => one === name).map(([, value]) => value);
  const last = (name: string) => all(name).at(-1) ?? null;
  const json = all('json');
  const bearer = last('oauth2-bearer');
  const numbers = { maxSeconds: last('max-time'), connectSeconds: last('connect-timeout') };
  for (const [name, value] of [['-m', numbers.maxSeconds], ['--connect-timeout', numbers.connectSeconds]] as const) {
    if (value !== null && !/^\d+(\.\d+)?$/.test(value)) return { error: `curl: option ${name}: expected a proper numerical parameter` };
  }
  return {
    urls: all('url'), method: last('request'), get: has('get'), insecure: has('insecure'), silent: has('silent'), showError: has('show-error'), verbose: has('verbose'), include: has('include'), head: has('head'), fail: has('fail'), location: has('location'),
    headers: [...all('header'), ...(json.length > 0 ? ['Content-Type: application/json', 'Accept: application/json'] : []), ...(bearer === null ? [] : [`Authorization: Bearer ${bearer}`])],
    data: found.given.filter(([name]) => ['data', 'data-raw', 'data-binary', 'json'].includes(name)).map(([name, value]) => (name === 'data-raw' || !value.startsWith('@') ? `=${value}` : `${name === 'data' ? '@' : '%'}${value.slice(1)}`)),
    caFile: last('cacert'), cert: last('cert'), key: last('key'), output: all('output'), remoteName: has('remote-name'), writeOut: last('write-out') ?? '',
    maxSeconds: numbers.maxSeconds === null ? null : Number(numbers.maxSeconds), connectSeconds: numbers.connectSeconds === null ? null : Number(numbers.connectSeconds),
    user: last('user'), agent: last('user-agent'), unixSocket: last('unix-socket'), version: has('version'), help: has('help'), noBuffer: has('no-buffer'), http1: has('http1.1'), http2: has('http2'), compressed: has('compressed'), quiet: has('silent') || has('no-progress-meter'),
  };
}
