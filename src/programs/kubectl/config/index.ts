/** kubectl config. Models kubectl pkg/cmd/config. */
import { getcwd, readFile, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { encodeUtf8 } from '../../../base/utf8.ts';
import { base64Encode } from '../../../lib/x509/index.ts';
import { layOut, printObject } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { CliError, HelpWanted, throwAll, usageError } from '../errors.ts';
import { eprint, print } from '../io.ts';
import { formatFor } from '../output.ts';
import type { Obj } from '../rest.ts';
import { beside, configFile, content, encode, find, put, readConfig, relative, writeConfig, type ConfigDocument, type Entry, type Part } from './file.ts';

/** The help, then how many arguments there were. */
const wrongArguments = (cli: Cli): HelpWanted => new HelpWanted(`${cli.path.endsWith('set-credentials') ? 'unexpected' : 'Unexpected'} args: [${cli.args.join(' ')}]`);

const one = (cli: Cli, what: string): string => {
  if (cli.args.length !== 1) throw wrongArguments(cli);
  if (cli.args[0] === '') throw new CliError(`you must specify ${what}`);
  return cli.args[0]!;
};

/** Only what the current (or named) context needs. Throws CliError. */
function minify(config: ConfigDocument, name: string): ConfigDocument {
  const context = find(config.contexts, name);
  if (name === '') throw new CliError('current-context must exist in order to minify');
  if (context === undefined) throw new CliError(`cannot locate context ${name}`);
  const only = (list: readonly Entry[], key: string) => list.filter((entry) => entry.name === context.value[key]);
  return { ...config, contexts: [context], clusters: only(config.clusters, 'cluster'), users: only(config.users, 'user'), current: name };
}

function hide(config: ConfigDocument): ConfigDocument {
  const mask = (list: readonly Entry[]) => list.map(({ name, value }) => ({
    name, value: Object.fromEntries(Object.entries(value).map(([key, field]) => [key, key.endsWith('-data') ? 'DATA+OMITTED' : key === 'token' || key === 'password' ? 'REDACTED' : field])),
  }));
  return { ...config, clusters: mask(config.clusters), users: mask(config.users) };
}

const FILES = ['certificate-authority', 'client-certificate', 'client-key'];

/** --flatten: what lies in files stands in the document. Throws CliError. */
function* flatten(cli: Cli, config: ConfigDocument): Coroutine<ConfigDocument> {
  const embed = function* embed(list: readonly Entry[]): Coroutine<Entry[]> {
    const all: Entry[] = [];
    for (const { name, value } of list) {
      const made: Record<string, Json | undefined> = { ...value };
      for (const key of FILES) {
        const path = made[key];
        if (typeof path !== 'string' || path === '') continue;
        made[`${key}-data`] = base64Encode(yield* content(beside(configFile(cli), path)));
        delete made[key];
      }
      all.push({ name, value: made });
    }
    return all;
  };
  return { ...config, clusters: yield* embed(config.clusters), users: yield* embed(config.users) };
}

export function* view(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  let config = yield* readConfig(cli);
  if (flags.bool('flatten')) config = yield* flatten(cli, config);
  if (flags.bool('minify')) config = minify(config, flags.string('context') || config.current);
  if (!flags.bool('raw') && !flags.bool('flatten')) config = hide(config);
  const format = yield* formatFor(flags.string('output') || 'yaml', flags.string('template'));
  yield* print(printObject(format, encode(config), { managedFields: true, noHeaders: false, missingKeys: flags.bool('allow-missing-template-keys') }));
  return 0;
}

export function* currentContext(cli: Cli): Coroutine<number> {
  const { current } = yield* readConfig(cli);
  if (current === '') throw new CliError('current-context is not set');
  yield* print(`${current}\n`);
  return 0;
}

export function* useContext(cli: Cli): Coroutine<number> {
  const name = one(cli, 'a context name');
  const config = yield* readConfig(cli);
  if (find(config.contexts, name) === undefined) throw new CliError(`no context exists with the name: ${JSON.stringify(name)}`);
  yield* writeConfig(cli, { ...config, current: name });
  yield* print(`Switched to context "${name}".\n`);
  return 0;
}

export function* getContexts(cli: Cli): Coroutine<number> {
  const output = cli.flags.string('output');
  if (output !== '' && output !== 'name') throw new CliError(`--output ${output} is not available in kubectl config get-contexts; resetting to default output format`);
  const config = yield* readConfig(cli);
  const wanted = cli.args.length === 0 ? [...config.contexts].sort((a, b) => (a.name < b.name ? -1 : 1)) : cli.args.map((name) => find(config.contexts, name));
  const asked = wanted.filter((entry) => entry !== undefined);
  const lost = cli.args.filter((name) => find(config.contexts, name) === undefined).map((name) => new CliError(`context ${name} not found`));
  if (output === 'name') {
    yield* print(asked.map(({ name }) => `${name}\n`).join(''));
    return 0;
  }
  const header = cli.flags.bool('no-headers') ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']];
  const text = (value: Json | undefined) => (typeof value === 'string' ? value : '');
  yield* print(layOut([...header, ...asked.map(({ name, value }) => [name === config.current ? '*' : '', name, text(value.cluster), text(value.user), text(value.namespace)])]).text);
  throwAll(lost);
  return 0;
}

const names = (part: Part) => function* run(cli: Cli): Coroutine<number> {
  const config = yield* readConfig(cli);
  yield* print(['NAME', ...config[part].map(({ name }) => name).sort()].map((line) => `${line}\n`).join(''));
  return 0;
};
export const getClusters = names('clusters');
export const getUsers = names('users');

export function* setContext(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  const config = yield* readConfig(cli, false);
  if (flags.bool('current') === (cli.args.length === 1)) throw cli.args.length > 1 ? wrongArguments(cli) : new CliError(flags.bool('current') ? 'you cannot specify both a context name and --current' : 'you must specify a non-empty context name or --current');
  if (flags.bool('current') && config.current === '') throw new CliError('no current context is set');
  const name = flags.bool('current') ? config.current : cli.args[0]!;
  const old = find(config.contexts, name);
  const given = Object.fromEntries(['cluster', 'namespace', 'user'].filter((key) => flags.changed(key)).map((key) => [key, flags.string(key)]));
  yield* writeConfig(cli, { ...config, contexts: put(config.contexts, name, { cluster: '', user: '', ...old?.value, ...given }) });
  yield* print(`Context "${name}" ${old === undefined ? 'created' : 'modified'}.\n`);
  return 0;
}

/** The values of file flags: the path made absolute, or with --embed-certs the content. */
function* fileValues(cli: Cli, keys: readonly string[]): Coroutine<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const key of keys) {
    const path = cli.flags.string(key);
    if (path === '') continue;
    if (!cli.flags.bool('embed-certs')) values[key] = relative(configFile(cli), path.startsWith('/') ? path : `${yield* getcwd()}/${path}`);
    else {
      try {
        values[`${key}-data`] = base64Encode(yield* readFile(path));
      } catch (caught) {
        const errno = errnoOf(caught);
        if (errno === null) throw caught;
        throw new CliError(`could not stat ${key} file ${path}: stat ${path}: ${goErrno(errno)}`);
      }
    }
  }
  return values;
}

export function* setCluster(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  const name = one(cli, 'a non-empty cluster name');
  const config = yield* readConfig(cli, false);
  const given: Obj = {
    ...(flags.changed('server') ? { server: flags.string('server') } : {}), ...(flags.changed('insecure-skip-tls-verify') ? { 'insecure-skip-tls-verify': flags.bool('insecure-skip-tls-verify') } : {}),
    ...(flags.changed('tls-server-name') ? { 'tls-server-name': flags.string('tls-server-name') } : {}), ...(yield* fileValues(cli, ['certificate-authority'])),
  };
  const old = { ...(find(config.clusters, name)?.value ?? { server: '' }) } as Record<string, Json | undefined>;
  if (flags.bool('insecure-skip-tls-verify')) { delete old['certificate-authority']; delete old['certificate-authority-data']; }
  yield* writeConfig(cli, { ...config, clusters: put(config.clusters, name, { ...old, ...given }) });
  yield* print(`Cluster "${name}" set.\n`);
  return 0;
}

export function* setCredentials(cli: Cli): Coroutine<number> {
  const { flags } = cli;
  const name = one(cli, 'a non-empty user name');
  const config = yield* readConfig(cli, false);
  const both = (flags.changed('username') || flags.changed('password')) && flags.string('token') !== '';
  if (both) throw new CliError('you cannot specify more than one authentication method at the same time: --token, --username/--password');
  const texts = Object.fromEntries(['token', 'username', 'password'].filter((key) => flags.changed(key)).map((key) => [key, flags.string(key)]));
  const value = { ...find(config.users, name)?.value, ...texts, ...(yield* fileValues(cli, ['client-certificate', 'client-key'])) };
  yield* writeConfig(cli, { ...config, users: put(config.users, name, value) });
  yield* print(`User "${name}" set.\n`);
  return 0;
}

const remove = (part: Part, noun: string) => function* run(cli: Cli): Coroutine<number> {
  const name = cli.args[0];
  if (name === undefined && part === 'users') throw usageError(cli.path, 'user to delete is required');
  if (cli.args.length !== 1 || name === undefined) throw new HelpWanted();
  const config = yield* readConfig(cli);
  if (find(config[part], name) === undefined) throw new CliError(`cannot delete ${noun} ${name}, not in ${configFile(cli)}`);
  yield* writeConfig(cli, { ...config, [part]: config[part].filter((entry) => entry.name !== name) });
  if (part === 'contexts' && config.current === name) yield* eprint('warning: this removed your active context, use "kubectl config use-context" to select a different one\n');
  yield* print(`deleted ${noun} ${name} from ${configFile(cli)}\n`);
  return 0;
};
export const deleteContext = remove('contexts', 'context');
export const deleteCluster = remove('clusters', 'cluster');
export const deleteUser = remove('users', 'user');

export function* renameContext(cli: Cli): Coroutine<number> {
  const [from, to] = cli.args;
  if (from === undefined || to === undefined || cli.args.length !== 2) throw wrongArguments(cli);
  const config = yield* readConfig(cli);
  const context = find(config.contexts, from);
  if (context === undefined) throw new CliError(`cannot rename the context ${JSON.stringify(from)}, it's not in ${configFile(cli)}`);
  if (find(config.contexts, to) !== undefined) throw new CliError(`cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${configFile(cli)}`);
  yield* writeConfig(cli, { ...config, contexts: put(config.contexts.filter((entry) => entry !== context), to, context.value), current: config.current === from ? to : config.current });
  yield* print(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.\n`);
  return 0;
}

const PARTS: readonly string[] = ['clusters', 'contexts', 'users'];

/** A property path (`clusters.NAME.server`, `current-context`) set to a value, or taken away when it is null. Throws CliError. */
function withProperty(config: ConfigDocument, path: string, value: string | null): ConfigDocument {
  if (path === 'current-context') return { ...config, current: value ?? '' };
  const [part = '', ...rest] = path.split('.');
  if (!PARTS.includes(part) || rest.length === 0) throw new CliError(`unable to parse ${path} after [] at api.Config`);
  const list = config[part as Part];
  const key = rest.at(-1)!;
  // Names may hold dots themselves: the longest one that is known wins.
  const name = find(list, rest.join('.'))?.name ?? rest.slice(0, -1).join('.');
  if (value === null && name === rest.join('.')) return { ...config, [part]: list.filter((entry) => entry.name !== name) };
  if (name === '') throw new CliError(`unable to parse path ${JSON.stringify(path)} at ${JSON.stringify(key)}`);
  const old = { ...find(list, name)?.value } as Record<string, Json | undefined>;
  if (value === null) delete old[key];
  else old[key] = key === 'insecure-skip-tls-verify' ? value === 'true' : value;
  return { ...config, [part]: put(list, name, old) };
}

export function* setProperty(cli: Cli): Coroutine<number> {
  if (cli.args.length !== 2) throw wrongArguments(cli);
  const [path, value] = cli.args as [string, string];
  const bytes = path.endsWith('-data') && cli.flags.bool('set-raw-bytes');
  yield* writeConfig(cli, withProperty(yield* readConfig(cli, false), path, bytes ? base64Encode(encodeUtf8(value)) : value));
  yield* print(`Property ${JSON.stringify(path)} set.\n`);
  return 0;
}

export function* unsetProperty(cli: Cli): Coroutine<number> {
  const path = one(cli, 'a property');
  yield* writeConfig(cli, withProperty(yield* readConfig(cli), path, null));
  yield* print(`Property ${JSON.stringify(path)} unset.\n`);
  return 0;
}
