/**
 * From flags, $KUBECONFIG and ~/.kube/config to the one configuration a run uses. Models client-go's loading rules as kubectl sets
 * them: a file named by --kubeconfig must be there, all others may be missing, and with none at all the server is localhost:8080.
 */
import { access, read, type Coroutine } from '../../../kernel/sys.ts';
import { bareConfig, inClusterConfig, readKubeconfig, resolveConfig, type Kubeconfig, type Overrides, type RestConfig } from '../../../lib/kubeconfig/index.ts';
import { parseGoDuration, type ParsedFlags } from '../../../lib/flags/index.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { print } from '../io.ts';

const DEFAULT_SERVER = 'http://localhost:8080';
export const USER_AGENT = 'kubectl/v1.33.0 (linux/amd64) kubernetes/60a317e';

/** The files a run reads, first wins; `explicit` when one was named by --kubeconfig. */
export function configPaths(flags: ParsedFlags, env: Readonly<Record<string, string>>): { readonly explicit: boolean; readonly paths: readonly string[] } {
  const named = flags.string('kubeconfig');
  if (named !== '') return { explicit: true, paths: [named] };
  const listed = (env.KUBECONFIG ?? '').split(':').filter((path) => path !== '');
  return { explicit: false, paths: listed.length > 0 ? [...new Set(listed)] : [`${env.HOME ?? '/root'}/.kube/config`] };
}

const merge = (one: Kubeconfig, other: Kubeconfig): Kubeconfig => {
  const both = <T extends { readonly name: string }>(a: readonly T[], b: readonly T[]) => [...a, ...b.filter(({ name }) => !a.some((entry) => entry.name === name))];
  return {
    clusters: both(one.clusters, other.clusters), contexts: both(one.contexts, other.contexts), users: both(one.users, other.users),
    currentContext: one.currentContext === '' ? other.currentContext : one.currentContext,
  };
};

/** The files' content as one. Throws GoError. */
export function* loadKubeconfig(cli: Pick<Cli, 'flags' | 'env'>): Coroutine<{ readonly config: Kubeconfig; readonly path: string; readonly found: boolean }> {
  const { explicit, paths } = configPaths(cli.flags, cli.env);
  let config: Kubeconfig = { clusters: [], contexts: [], users: [], currentContext: '' };
  let found = false;
  for (const path of paths) {
    if (!explicit && !(yield* access(path, 'f'))) continue;
    config = merge(config, yield* readKubeconfig(path));
    found = true;
  }
  return { config, path: paths[0] ?? '', found };
}

function overrides(flags: ParsedFlags): Overrides {
  // A command may have a flag of its own by that name (`create rolebinding --user`).
  const given = (name: string) => (typeof flags.values.get(name) !== 'string' || flags.string(name) === '' ? undefined : flags.string(name));
  const set: Record<string, unknown> = {
    context: given('context'), cluster: given('cluster'), user: given('user'), server: given('server'), namespace: given('namespace'),
    certificateAuthority: given('certificate-authority'), clientCertificate: given('client-certificate'), clientKey: given('client-key'), token: given('token'),
    insecure: flags.changed('insecure-skip-tls-verify') ? flags.bool('insecure-skip-tls-verify') : undefined, tlsServerName: given('tls-server-name'),
    username: given('username'), password: given('password'), asUser: given('as'), asGroups: flags.list('as-group'),
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) as Overrides;
}

/** `--request-timeout`: µs, null for none. Throws CliError. */
export function requestTimeout(flags: ParsedFlags): number | null {
  const text = flags.string('request-timeout');
  if (text === '' || text === '0') return null;
  if (/^\d+$/.test(text)) return Number(text) * 1_000_000;
  const parsed = parseGoDuration(text);
  if ('error' in parsed) throw new CliError('Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)');
  return parsed.us === 0 ? null : parsed.us;
}

/** A line from standard input; fails with Go's EOF. */
function* readLine(): Coroutine<string> {
  let line = '';
  for (;;) {
    const char = yield* read(0, 1);
    if (char === '') throw new CliError('EOF');
    if (char === '\n') return line;
    line += char;
  }
}

/** What clientcmd asks for when an https server is to be used without any credentials. */
function* askCredentials(config: RestConfig): Coroutine<RestConfig> {
  if (!config.server.startsWith('https://') || config.certPem !== null || config.token !== null || config.tokenFile !== null || config.username !== null) return config;
  yield* print('Please enter Username: ');
  const username = yield* readLine();
  yield* print('Please enter Password: ');
  return { ...config, username, password: yield* readLine() };
}

function* load(cli: Cli): Coroutine<RestConfig> {
  const { config, path } = yield* loadKubeconfig(cli);
  const given = overrides(cli.flags);
  const empty = config.clusters.length === 0 && config.contexts.length === 0 && config.users.length === 0;
  if (empty && given.server === undefined && cli.env.KUBERNETES_SERVICE_HOST !== undefined) return yield* inClusterConfig();
  const server = given.server ?? (empty ? DEFAULT_SERVER : undefined);
  const resolved = yield* resolveConfig(config, path, server === undefined ? given : { ...given, server });
  return yield* askCredentials(resolved.server === '' ? bareConfig(DEFAULT_SERVER) : resolved);
}

/** The configuration of this run. Throws GoError, ConfigError or CliError. */
export function* restConfig(cli: Cli): Coroutine<RestConfig> {
  if (cli.known.config !== null) return cli.known.config;
  const timeoutUs = requestTimeout(cli.flags);
  const config = { ...(yield* load(cli)), userAgent: USER_AGENT, timeoutUs };
  return (cli.known.config = config);
}

/** The namespace of this run, and whether it was named on the command line. */
export function* namespaceOf(cli: Cli): Coroutine<{ readonly namespace: string; readonly explicit: boolean }> {
  const named = cli.flags.string('namespace');
  if (named !== '') return { namespace: named, explicit: true };
  const config = yield* restConfig(cli);
  return { namespace: config.namespace === '' ? 'default' : config.namespace, explicit: false };
}
