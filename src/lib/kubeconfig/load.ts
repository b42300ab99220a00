/**
 * Reading a kubeconfig file: YAML to the parts a client needs, with client-go's errors. Models client-go tools/clientcmd
 * loader.go, client_config.go and validation.go. Not modelled: exec and auth-provider plugins, proxies.
 */
import { close, environ, open, read, readFile, stat, type Bytes, type Coroutine, type Json } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { GoError, goQuote, joinHostPort } from '../net/index.ts';
import { base64Decode } from '../x509/index.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { parseYaml, YamlError } from '../../base/yaml.ts';
import { bareConfig, type RestConfig } from './types.ts';

interface Named { readonly name: string; readonly value: Readonly<Record<string, Json | undefined>> }

/** A kubeconfig as written, file references not yet followed. */
export interface Kubeconfig {
  readonly clusters: readonly Named[]; readonly contexts: readonly Named[]; readonly users: readonly Named[]; readonly currentContext: string;
}

/** kubectl's flags (and those of other clients) that override the file. */
export interface Overrides {
  readonly context?: string; readonly cluster?: string; readonly user?: string; readonly server?: string; readonly namespace?: string;
  readonly certificateAuthority?: string; readonly clientCertificate?: string; readonly clientKey?: string; readonly token?: string;
  readonly insecure?: boolean; readonly tlsServerName?: string; readonly username?: string; readonly password?: string;
  readonly asUser?: string; readonly asGroups?: readonly string[];
}

const EMPTY: Kubeconfig = { clusters: [], contexts: [], users: [], currentContext: '' };
export const NO_CONFIGURATION = 'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable';

/** An invalid configuration with its single complaints, since kubectl words them on its own. */
export class ConfigError extends GoError {
  readonly causes: readonly string[];
  constructor(message: string, causes: readonly string[]) {
    super(message, 'config');
    this.causes = causes;
  }
}

/** `ConfigError` for a list of complaints, as clientcmd's aggregate prints it. */
export function configError(causes: readonly string[]): ConfigError {
  return new ConfigError(`invalid configuration: ${causes.length === 1 ? causes[0] : `[${causes.join(', ')}]`}`, causes);
}

/** Reads a file; fails with Go's `open PATH: no such file or directory`. */
export function* goReadFile(path: string): Coroutine<Bytes> {
  let fd = -1;
  try {
    fd = yield* open(path, 'r');
    let text = '';
    for (let part = yield* read(fd); part !== ''; part = yield* read(fd)) text += part;
    yield* close(fd);
    return text;
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    if (fd >= 0) yield* close(fd);
    throw new GoError(`${fd >= 0 ? 'read' : 'open'} ${path}: ${goErrno(errno)}`, 'file');
  }
}

function named(list: Json | undefined, key: string): Named[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
    const record = entry as Readonly<Record<string, Json | undefined>>;
    const value = record[key];
    return [{ name: String(record.name ?? ''), value: typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Named['value']) : {} }];
  });
}

/** Parses the file's text; throws GoError `error loading config file "…": …`. */
export function parseKubeconfig(text: Bytes, path: string): Kubeconfig {
  const fail = (reason: string) => new GoError(`error loading config file ${goQuote(path)}: ${reason}`, 'config');
  let value: Json;
  try {
    value = parseYaml(decodeUtf8(text));
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    throw fail(caught.message);
  }
  if (value === null) return EMPTY;
  if (typeof value !== 'object' || Array.isArray(value)) throw fail(`couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`);
  const record = value as Readonly<Record<string, Json | undefined>>;
  const version = String(record.apiVersion ?? 'v1');
  const kind = String(record.kind ?? 'Config');
  if (kind !== 'Config' || version !== 'v1') throw fail(`no kind ${goQuote(kind)} is registered for version ${goQuote(version)} in scheme "pkg/runtime/scheme.go:100"`);
  const config = {
    clusters: named(record.clusters, 'cluster'), contexts: named(record.contexts, 'context'), users: named(record.users, 'user'), currentContext: String(record['current-context'] ?? ''),
  };
  for (const { value: entry } of [...config.clusters, ...config.users]) {
    for (const key of ['certificate-authority-data', 'client-certificate-data', 'client-key-data']) {
      const data = entry[key];
      if (typeof data !== 'string') continue;
      const { badAt } = base64Decode(data);
      if (badAt >= 0) throw fail(`illegal base64 data at input byte ${badAt}`);
    }
  }
  return config;
}

const text = (entry: Named['value'] | undefined, key: string) => { const value = entry?.[key]; return typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value); };

/** Bytes from `KEY-data` or the file `KEY` names (relative to the kubeconfig's directory); complaints are collected. */
function* fileOrData(entry: Named['value'] | undefined, key: string, base: string, label: string, owner: string, causes: string[]): Coroutine<Bytes | null> {
  const data = text(entry, `${key}-data`);
  if (data !== '') return base64Decode(data).bytes;
  const path = text(entry, key);
  if (path === '') return null;
  const full = path.startsWith('/') || base === '' ? path : `${base}/${path}`;
  try {
    return yield* goReadFile(full);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    causes.push(`unable to read ${label} ${full} for ${owner} due to ${caught.message}`);
    return null;
  }
}

/** Picks context, cluster and user, follows file references and checks the result. Throws ConfigError. */
export function* resolveConfig(config: Kubeconfig, path: string, overrides: Overrides = {}): Coroutine<RestConfig> {
  const contextName = overrides.context ?? config.currentContext;
  const context = config.contexts.find((entry) => entry.name === contextName);
  if (contextName !== '' && !context) throw new ConfigError(`context was not found for specified context: ${contextName}`, [`context was not found for specified context: ${contextName}`]);
  const empty = config.clusters.length === 0 && config.users.length === 0 && config.contexts.length === 0;
  const clusterName = overrides.cluster ?? text(context?.value, 'cluster');
  const userName = overrides.user ?? text(context?.value, 'user');
  const cluster = config.clusters.find((entry) => entry.name === clusterName)?.value;
  const user = config.users.find((entry) => entry.name === userName)?.value;
  const server = overrides.server ?? text(cluster, 'server');
  if (empty && server === '') throw new ConfigError(NO_CONFIGURATION, []);
  const causes: string[] = [];
  if (overrides.cluster !== undefined && !cluster) causes.push(`cluster ${goQuote(clusterName)} does not exist`);
  if (overrides.user !== undefined && !user) causes.push(`auth info ${goQuote(userName)} does not exist`);
  if (context && userName !== '' && !user && overrides.user === undefined) causes.push(`user ${goQuote(userName)} was not found for context ${goQuote(contextName)}`);
  if (context && clusterName !== '' && !cluster && overrides.cluster === undefined) causes.push(`cluster ${goQuote(clusterName)} was not found for context ${goQuote(contextName)}`);
  const base = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '';
  const overridden: Named['value'] = {
    ...(overrides.certificateAuthority ? { 'certificate-authority': overrides.certificateAuthority } : {}),
    ...(overrides.clientCertificate ? { 'client-certificate': overrides.clientCertificate } : {}), ...(overrides.clientKey ? { 'client-key': overrides.clientKey } : {}),
  };
  const own = (key: string) => (overridden[key] === undefined ? '' : '.');
  const source = (key: string, entry: Named['value'] | undefined) => (overridden[key] === undefined ? entry : overridden);
  const certPem = yield* fileOrData(source('client-certificate', user), 'client-certificate', own('client-certificate') || base, 'client-cert', userName, causes);
  const keyPem = yield* fileOrData(source('client-key', user), 'client-key', own('client-key') || base, 'client-key', userName, causes);
  const caPem = yield* fileOrData(source('certificate-authority', cluster), 'certificate-authority', own('certificate-authority') || base, 'certificate-authority', clusterName, causes);
  if (cluster && server === '') causes.push(`no server found for cluster ${goQuote(clusterName)}`);
  if (causes.length > 0) throw configError(causes);
  const insecure = overrides.insecure ?? cluster?.['insecure-skip-tls-verify'] === true;
  if (insecure && caPem !== null) throw new ConfigError('specifying a root certificates file with the insecure flag is not allowed', ['specifying a root certificates file with the insecure flag is not allowed']);
  const tokenFile = text(user, 'tokenFile');
  return {
    ...bareConfig(server === '' ? 'http://localhost:8080' : server.includes('://') ? server : `http://${server}`),
    tlsServerName: overrides.tlsServerName ?? text(cluster, 'tls-server-name'), caPem, insecure, certPem, keyPem,
    token: overrides.token ?? (text(user, 'token') || null), tokenFile: tokenFile === '' ? null : tokenFile,
    username: overrides.username ?? (text(user, 'username') || null), password: overrides.password ?? (text(user, 'password') || null),
    namespace: overrides.namespace ?? text(context?.value, 'namespace'),
    asUser: overrides.asUser ?? (text(user, 'as') || null), asGroups: overrides.asGroups ?? [],
  };
}

/** Reads and parses a file that was named explicitly: `stat PATH: no such file or directory` when it is not there. */
export function* readKubeconfig(path: string): Coroutine<Kubeconfig> {
  try {
    yield* stat(path);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    if (errno === 'ENOENT') throw new GoError(`stat ${path}: ${goErrno(errno)}`, 'file');
  }
  let bytes: Bytes;
  try {
    bytes = yield* goReadFile(path);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new GoError(`error loading config file ${goQuote(path)}: ${caught.message}`, 'config');
  }
  return parseKubeconfig(bytes, path);
}

/** The whole way from a path to a usable config. Throws GoError in client-go's words. */
export function* loadRestConfig(path: string, overrides: Overrides = {}): Coroutine<RestConfig> {
  const config = yield* readKubeconfig(path);
  try {
    return yield* resolveConfig(config, path, overrides);
  } catch (caught) {
    // clientcmd prefixes what it did not aggregate itself.
    if (caught instanceof ConfigError && !caught.message.startsWith('invalid configuration: ')) throw configError(caught.causes);
    throw caught;
  }
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** `rest.InClusterConfig`: the pod's service account and environment. Throws GoError. */
export function* inClusterConfig(): Coroutine<RestConfig> {
  const env = yield* environ();
  const [host, port] = [env.KUBERNETES_SERVICE_HOST, env.KUBERNETES_SERVICE_PORT];
  if (!host || !port) throw new GoError('unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined', 'config');
  const token = yield* goReadFile(`${SERVICE_ACCOUNT}/token`);
  let caPem: Bytes | null = null;
  try {
    caPem = yield* readFile(`${SERVICE_ACCOUNT}/ca.crt`);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  return { ...bareConfig(`https://${joinHostPort(host, port)}`), caPem, token, tokenFile: `${SERVICE_ACCOUNT}/token` };
}
