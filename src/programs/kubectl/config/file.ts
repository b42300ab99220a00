/** A kubeconfig as a document that is read, changed and written back. Models client-go's ModifyConfig. Not modelled: the lock file. */
import { mkdir, readFile, writeFile, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { decodeUtf8, encodeUtf8 } from '../../../base/utf8.ts';
import { formatYaml, parseYaml, YamlError } from '../../../base/yaml.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import type { Obj } from '../rest.ts';
import { configPaths } from './load.ts';

export interface Entry { readonly name: string; readonly value: Obj }
/** The parts of a kubeconfig that commands work on. */
export interface ConfigDocument { readonly clusters: readonly Entry[]; readonly contexts: readonly Entry[]; readonly users: readonly Entry[]; readonly current: string; readonly preferences: Obj }
export type Part = 'clusters' | 'contexts' | 'users';
const SINGULAR: Readonly<Record<Part, string>> = { clusters: 'cluster', contexts: 'context', users: 'user' };

/** Fields that Go writes even when they are empty. */
const NEVER_LEFT_OUT: Readonly<Record<Part, Obj>> = { clusters: { server: '' }, contexts: { cluster: '', user: '' }, users: {} };

const EMPTY: ConfigDocument = { clusters: [], contexts: [], users: [], current: '', preferences: {} };

const entries = (value: Json | undefined, part: Part): Entry[] => (Array.isArray(value) ? (value as readonly Obj[]).map((one) => ({ name: String(one.name ?? ''), value: (one[SINGULAR[part]] ?? {}) as Obj })) : []);

function decode(value: Json): ConfigDocument {
  const obj = (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as Obj;
  return {
    clusters: entries(obj.clusters, 'clusters'), contexts: entries(obj.contexts, 'contexts'), users: entries(obj.users, 'users'),
    current: String(obj['current-context'] ?? ''), preferences: (obj.preferences ?? {}) as Obj,
  };
}

const byName = (list: readonly Entry[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/** The document as the API object it is written as. */
export function encode(config: ConfigDocument): Obj {
  const list = (part: Part): Json => (config[part].length === 0 ? null : byName(config[part]).map(({ name, value }) => ({ name, [SINGULAR[part]]: { ...NEVER_LEFT_OUT[part], ...value } })));
  return { apiVersion: 'v1', clusters: list('clusters'), contexts: list('contexts'), 'current-context': config.current, kind: 'Config', preferences: config.preferences, users: list('users') };
}

function* readOne(path: string, mustExist: boolean): Coroutine<ConfigDocument | null> {
  try {
    return decode(parseYaml(decodeUtf8(yield* readFile(path))));
  } catch (caught) {
    if (caught instanceof YamlError) throw new CliError(`error loading config file ${JSON.stringify(path)}: ${caught.message}`);
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    if (errno !== 'ENOENT') throw new CliError(`error loading config file ${JSON.stringify(path)}: open ${path}: ${goErrno(errno)}`);
    if (mustExist) throw new CliError(`stat ${path}: no such file or directory`);
    return null;
  }
}

/** All files of the run as one. Throws CliError. */
export function* readConfig(cli: Cli, mustExist = true): Coroutine<ConfigDocument> {
  const { explicit, paths } = configPaths(cli.flags, cli.env);
  let merged = EMPTY;
  for (const path of paths) {
    const one = yield* readOne(path, explicit && mustExist);
    if (one === null) continue;
    const both = (a: readonly Entry[], b: readonly Entry[]) => [...a, ...b.filter(({ name }) => !a.some((entry) => entry.name === name))];
    merged = { clusters: both(merged.clusters, one.clusters), contexts: both(merged.contexts, one.contexts), users: both(merged.users, one.users), current: merged.current || one.current, preferences: merged.preferences };
  }
  return merged;
}

/** The file that changes go to. */
export const configFile = (cli: Cli): string => configPaths(cli.flags, cli.env).paths.at(-1)!;

const directoryOf = (file: string) => file.slice(0, file.lastIndexOf('/'));

/** A path in the file as it is meant: from the file's own directory. */
export const beside = (file: string, path: string): string => (path.startsWith('/') ? path : `${directoryOf(file)}/${path}`);

/** A path as it is written into the file: shortened when it lies below the file's directory. */
export const relative = (file: string, path: string): string => (path.startsWith(`${directoryOf(file)}/`) ? path.slice(directoryOf(file).length + 1) : path);

/** What a file that a kubeconfig names holds. Throws CliError. */
export function* content(path: string): Coroutine<string> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`open ${path}: ${goErrno(errno)}`);
  }
}

/** Writes the document. Throws CliError. */
export function* writeConfig(cli: Cli, config: ConfigDocument): Coroutine<void> {
  const path = configFile(cli);
  try {
    if (path.includes('/')) yield* mkdir(path.slice(0, path.lastIndexOf('/')) || '/', 0o755);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  try {
    yield* writeFile(path, encodeUtf8(formatYaml(encode(config) as Json)), 0o600);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`open ${path}: ${goErrno(errno)}`);
  }
}

export const find = (list: readonly Entry[], name: string): Entry | undefined => list.find((entry) => entry.name === name);
/** The list with an entry added or replaced. */
export const put = (list: readonly Entry[], name: string, value: Obj): Entry[] => [...list.filter((entry) => entry.name !== name), { name, value }];
