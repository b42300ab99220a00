/** What nginx does with a configuration that stands: servers, their places and what each serves. Pure. */
import { ConfigError } from './parse.ts';
import type { Directive } from './parse.ts';

/** What a server or a location inherits from the block around it. */
export interface Settings {
  readonly root: string; readonly index: readonly string[]; readonly autoindex: boolean; readonly defaultType: string; readonly accessLog: { readonly path: string; readonly format: string } | null;
  readonly headers: readonly (readonly [name: string, value: string])[]; readonly errorPages: Readonly<Record<number, string>>;
  readonly returns: { readonly status: number; readonly text: string } | null; readonly tryFiles: readonly string[] | null;
}
export interface Location extends Settings { readonly match: '' | '=' | '^~' | '~' | '~*'; readonly path: string; readonly alias: string | null; readonly proxy: string | null; readonly status: boolean }
export interface Server extends Settings { readonly ports: readonly number[]; readonly names: readonly string[]; readonly preferred: boolean; readonly locations: readonly Location[] }
export interface Config { readonly servers: readonly Server[]; readonly upstreams: Readonly<Record<string, readonly string[]>>; readonly types: Readonly<Record<string, string>>; readonly errorLog: { readonly path: string; readonly level: string }; readonly pid: string; /** Where a user is named, which only root may choose. */ readonly userAt: string | null }

const ROOT: Settings = { root: '/etc/nginx/html', index: ['index.html'], autoindex: false, defaultType: 'text/plain', accessLog: { path: '/var/log/nginx/access.log', format: 'combined' }, headers: [], errorPages: {}, returns: null, tryFiles: null };
const place = (it: Directive): string => ` in ${it.file}:${it.line}`;

function apply(s: Settings, it: Directive): Settings {
  const [first = '', second] = it.args;
  switch (it.name) {
    case 'root': return { ...s, root: first.replace(/\/$/, '') };
    case 'index': return { ...s, index: it.args };
    case 'autoindex': return { ...s, autoindex: first === 'on' };
    case 'default_type': return { ...s, defaultType: first };
    case 'access_log': return { ...s, accessLog: first === 'off' ? null : { path: first, format: second ?? 'combined' } };
    case 'add_header': return { ...s, headers: [...s.headers, [first, second ?? '']] };
    case 'error_page': return { ...s, errorPages: { ...s.errorPages, ...Object.fromEntries(it.args.slice(0, -1).filter((arg) => /^\d+$/.test(arg)).map((code) => [code, it.args.at(-1)!])) } };
    case 'return': return { ...s, returns: /^\d+$/.test(first) ? { status: Number(first), text: second ?? '' } : { status: 302, text: first } };
    case 'try_files': return { ...s, tryFiles: it.args };
    default: return s;
  }
}

function locations(directives: readonly Directive[], settings: Settings): Location[] {
  return directives.filter(({ name }) => name === 'location').flatMap((it) => {
    const [first = '', second] = it.args;
    if (second !== undefined && !['=', '^~', '~', '~*'].includes(first)) throw new ConfigError(`invalid location modifier "${first}"${place(it)}`);
    const own = it.block!.reduce(apply, { ...settings, returns: null, tryFiles: null });
    const value = (name: string): string | null => it.block!.find((one) => one.name === name)?.args[0] ?? null;
    const proxy = value('proxy_pass');
    if (proxy !== null && !/^https?:\/\//.test(proxy)) throw new ConfigError(`invalid URL prefix${place(it.block!.find(({ name }) => name === 'proxy_pass')!)}`);
    const here: Location = { ...own, match: (second === undefined ? '' : first) as Location['match'], path: second ?? first, alias: value('alias'), proxy, status: it.block!.some(({ name }) => name === 'stub_status') };
    return [here, ...locations(it.block!, own)];
  });
}

function portOf(it: Directive): number {
  const text = it.args[0]!;
  const port = /^(?:(?:[\w.*-]+|\[[\da-fA-F:]+\]):)?(\d+)$/.exec(text)?.[1];
  const bad = it.args.slice(1).find((arg) => !/^(?:default_server|default|ssl|http2|quic|proxy_protocol|reuseport|deferred|bind|(?:backlog|ipv6only|rcvbuf|sndbuf|fastopen|so_keepalive)=.*)$/.test(arg));
  if (bad !== undefined) throw new ConfigError(`invalid parameter "${bad}"${place(it)}`);
  if (it.args.includes('ssl')) throw new ConfigError(`"listen ... ssl" is not available in this lab${place(it)}`);
  if (port === undefined) return 80;
  if (Number(port) < 1 || Number(port) > 65_535) throw new ConfigError(`invalid port in "${text}" of the "listen" directive${place(it)}`);
  return Number(port);
}

function server(it: Directive, settings: Settings): Server {
  const own = it.block!.reduce(apply, settings);
  const listens = it.block!.filter(({ name }) => name === 'listen');
  return { ...own, ports: listens.length === 0 ? [80] : [...new Set(listens.map(portOf))], names: it.block!.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args), preferred: listens.some(({ args }) => args.includes('default_server')), locations: locations(it.block!, own) };
}

/** The configuration of directives that have been checked, includes in place. Throws ConfigError. */
export function configOf(directives: readonly Directive[], file: string): Config {
  if (!directives.some(({ name }) => name === 'events')) throw new ConfigError(`no "events" section in configuration`);
  const http = directives.find(({ name }) => name === 'http')?.block ?? [];
  const settings = http.reduce(apply, ROOT);
  const log = directives.find(({ name }) => name === 'error_log') ?? http.find(({ name }) => name === 'error_log');
  const user = directives.find(({ name }) => name === 'user');
  const types = http.filter(({ name }) => name === 'types').flatMap((it) => it.block!).flatMap(({ name, args }) => args.map((arg) => [arg, name] as const));
  for (const it of http) {
    const format = it.name === 'access_log' ? it.args[1] : undefined;
    if (format !== undefined && format !== 'combined' && !http.some((one) => one.name === 'log_format' && one.args[0] === format)) throw new ConfigError(`unknown log format "${format}"${place(it)}`);
  }
  return { servers: http.filter(({ name }) => name === 'server').map((it) => server(it, settings)), upstreams: Object.fromEntries(http.filter(({ name }) => name === 'upstream').map((it) => [it.args[0]!, it.block!.filter(({ name }) => name === 'server').map(({ args }) => args[0]!)])),
    types: Object.fromEntries(types), errorLog: { path: log?.args[0] ?? '/var/log/nginx/error.log', level: log?.args[1] ?? 'error' }, pid: directives.find(({ name }) => name === 'pid')?.args[0] ?? '/run/nginx.pid', userAt: user === undefined ? null : `${user.file || file}:${user.line}` };
}

/** The hosts that must be known when nginx starts, with the place that names them. */
export function upstreamHosts(directives: readonly Directive[], known: ReadonlySet<string> = new Set(directives.flatMap((it) => (it.name === 'http' ? it.block! : [])).filter(({ name }) => name === 'upstream').map(({ args }) => args[0]!))): readonly { readonly host: string; readonly where: string }[] {
  return directives.flatMap((it) => {
    if (it.name === 'upstream') return it.block!.filter(({ name }) => name === 'server').map((one) => ({ host: one.args[0]!.replace(/:\d+$/, ''), where: place(one) }));
    if (it.name !== 'proxy_pass') return it.block === null ? [] : upstreamHosts(it.block, known);
    const host = it.args[0]!.replace(/^https?:\/\//, '').replace(/[/?].*$/s, '').replace(/:\d+$/, '');
    return host.includes('$') || known.has(host) ? [] : [{ host, where: place(it) }];
  });
}

/** The server that answers for a port and a Host header. */
export function serverFor({ servers }: Config, port: number, host: string): Server | undefined {
  const here = servers.filter(({ ports }) => ports.includes(port));
  return here.find(({ names }) => names.includes(host.replace(/:\d+$/, ''))) ?? here.find(({ preferred }) => preferred) ?? here[0];
}
