/**
 * kubeadm v1.33: init and its phases, join as far as one machine goes, reset, certs check-expiration and renew, token, config images, config print,
 * upgrade plan, kubeconfig user, version. The other verbs say plainly that they are not available.
 */
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { cpu, random, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { flagSet, parseFlags, type ParsedFlags } from '../../lib/flags/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { caHash, checkExpiration, readClusterConfig } from './certs.ts';
import { connectAs } from './client.ts';
import { loadConfig, type ClusterConfig, type Overrides } from './config.ts';
import { INIT_DEFAULTS, joinDefaults } from './defaults.ts';
import { COMMON, FLAGS, UNAVAILABLE } from './flags.ts';
import { images, pullImages } from './images.ts';
import { apiPhase, init, PhaseError, writeManifests } from './init.ts';
import { join } from './join.ts';
import { startKubelet } from './kubelet.ts';
import { COMPONENTS } from './manifests.ts';
import { FilePhaseError, filePhase, userKubeconfig } from './phases.ts';
import { renew, renewable } from './renew.ts';
import { reset } from './reset.ts';
import { createToken, deleteToken, listTokens, newToken, parseToken } from './token.ts';
import { fetchVersion, plan, VERSION } from './upgrade.ts';

const KNOWN = ['certs', 'completion', 'config', 'init', 'join', 'kubeconfig', 'reset', 'token', 'upgrade', 'version', 'help', 'alpha'];

const fail = function* (message: string): Coroutine<number> {
  yield* write(2, `${message}\nTo see the stack trace of this error execute with --v=5 or higher\n`);
  return 1;
};

/** Writes what is wrong to standard error; → the exit code. */
function* ended(error: string | null): Coroutine<number> {
  return error === null ? 0 : yield* fail(error);
}

function overridesOf(flags: ParsedFlags): Overrides {
  const version = flags.string('kubernetes-version');
  return {
    podSubnet: flags.string('pod-network-cidr'), serviceSubnet: flags.changed('service-cidr') ? flags.string('service-cidr') : '', address: flags.string('apiserver-advertise-address'), endpoint: flags.string('control-plane-endpoint'), version: version === 'stable-1' ? '' : version,
    nodeName: flags.string('node-name'), criSocket: flags.string('cri-socket'),
  };
}

/** The configuration of the file, if any, and the flags; the newest version is looked for when none is named. */
function* configOf(path: string, overrides?: Overrides): Coroutine<ClusterConfig | { readonly error: string }> {
  const config = yield* loadConfig(path || null, overrides);
  return 'error' in config || config.version !== '' ? config : { ...config, version: yield* fetchVersion('stable-1') };
}

/** `kubeconfig user`: a kubeconfig on standard output for one more user. */
function* runKubeconfigUser(flags: ParsedFlags): Coroutine<number> {
  const name = flags.string('client-name');
  if (name === '') return yield* fail('required flag(s) "client-name" not set');
  const config = yield* configOf(flags.string('config'));
  if ('error' in config) return yield* fail(config.error);
  return yield* print(yield* userKubeconfig(config, name, flags.list('org'), flags.string('token'), flags.number('validity-period')));
}

/** `init phase control-plane …` and `init phase etcd local` write manifests anew, `certs …` and `kubeconfig …` what is missing. */
function* runPhase(flags: ParsedFlags, config: ClusterConfig): Coroutine<number> {
  const [, phase = '', which = ''] = flags.args;
  const targets = phase === 'etcd' && which === 'local' ? ['etcd' as const] : phase === 'control-plane' ? COMPONENTS.filter((c) => c !== 'etcd' && (which === 'all' || c === `kube-${which}`)) : [];
  if (targets.length === 0 && ((yield* filePhase(phase, which, config)) || (yield* apiPhase(phase, which, config)))) return 0;
  if (targets.length === 0 && phase === 'kubelet-start') {
    yield* startKubelet(config.criSocket);
    return 0;
  }
  if (targets.length === 0) {
    yield* write(2, `kubeadm: init ${flags.args.join(' ')} is not available in this lab\n`);
    return 1;
  }
  if (which === 'all') yield* write(1, '[control-plane] Using manifest folder "/etc/kubernetes/manifests"\n');
  yield* writeManifests(targets, config);
  return 0;
}

function* runInit(flags: ParsedFlags): Coroutine<number> {
  const config = yield* configOf(flags.string('config'), overridesOf(flags));
  if ('error' in config) return yield* fail(config.error);
  const given = flags.string('token');
  const token = parseToken(given);
  if (given !== '' && token === null) return yield* fail(`the bootstrap token "${given}" was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"`);
  try {
    if (flags.args[0] === 'phase') return yield* runPhase(flags, config);
    yield* init({ config, skip: flags.list('skip-phases'), ignore: flags.list('ignore-preflight-errors'), caHash, token, tokenTtlUs: flags.number('token-ttl') });
    return 0;
  } catch (caught) {
    if (!(caught instanceof PhaseError) && !(caught instanceof FilePhaseError)) throw caught;
    return yield* fail(`error execution phase ${caught.phase}: ${caught.message}`);
  }
}

const runJoin = (flags: ParsedFlags) => join({
  endpoint: flags.args[0] ?? '', token: flags.string('token') || flags.string('discovery-token'), hashes: flags.list('discovery-token-ca-cert-hash'), unsafe: flags.bool('discovery-token-unsafe-skip-ca-verification'), ignore: flags.list('ignore-preflight-errors'), criSocket: flags.string('cri-socket'),
});
const runReset = (flags: ParsedFlags) => reset({ force: flags.bool('force'), dryRun: flags.bool('dry-run'), kubeconfig: flags.string('kubeconfig'), certDir: flags.string('cert-dir'), cleanupTmpDir: flags.bool('cleanup-tmp-dir'), criSocket: flags.string('cri-socket') });

function* runRenew(flags: ParsedFlags): Coroutine<number> {
  const config = yield* loadConfig(flags.string('config') || null);
  if ('error' in config) return yield* fail(config.error);
  const [which = ''] = flags.args;
  if (flags.changed('cert-dir') || which === '') {
    yield* write(2, `kubeadm: certs renew ${which === '' ? 'without a name' : '--cert-dir'} is not available in this lab\n`);
    return 1;
  }
  if (which !== 'all' && !renewable(config).includes(which)) return yield* fail(`invalid subcommand "${flags.args.join(' ')}"\nSee 'kubeadm certs renew -h' for help and examples`);
  yield* readClusterConfig('renew', flags.string('kubeconfig'));
  return yield* renew(which, config);
}

function* runToken(verb: string, flags: ParsedFlags): Coroutine<number> {
  if (verb === 'generate') {
    const token = yield* newToken();
    yield* write(1, `${token.id}.${token.secret}\n`);
    return 0;
  }
  const client = yield* connectAs(flags.string('kubeconfig'));
  if (verb === 'list') yield* listTokens(client);
  else if (verb === 'delete') {
    if (flags.args.length < 1) return yield* fail('missing argument; \'token delete\' is missing token of form "[a-z0-9]{6}"');
    for (const given of flags.args) if (!(yield* deleteToken(client, given))) return yield* fail(`failed to delete bootstrap token "${given}": secrets "bootstrap-token-${given.split('.')[0]}" not found`);
  } else {
    const given = parseToken(flags.args[0] ?? '');
    if (flags.args[0] !== undefined && given === null) return yield* fail(`the bootstrap token "${flags.args[0]}" was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"`);
    const token = yield* createToken(client, flags.number('ttl'), flags.string('description') || null, given);
    const text = `${token.id}.${token.secret}`;
    yield* write(1, flags.bool('print-join-command') ? `kubeadm join ${client.server.slice('https://'.length)} --token ${text} --discovery-token-ca-cert-hash sha256:${yield* caHash()} \n` : `${text}\n`);
  }
  return 0;
}

function* print(text: string): Coroutine<number> {
  yield* write(1, text);
  return 0;
}

function* runVersion(flags: ParsedFlags): Coroutine<number> {
  const info = { major: '1', minor: '33', gitVersion: VERSION, gitCommit: '60a317eadfcb839692a68eab88b2096f4d708f4f', gitTreeState: 'clean', buildDate: '2025-04-23T13:05:48Z', goVersion: 'go1.24.4', compiler: 'gc', platform: 'linux/amd64' };
  const output = flags.string('output');
  const text = output === 'short' ? `${VERSION}\n` : output === 'json' ? `${JSON.stringify({ clientVersion: info }, null, 2)}\n` : output === 'yaml' ? `clientVersion:\n${Object.keys(info).sort().map((k) => `  ${k}: ${/^\d+$/.test(info[k as keyof typeof info]) || k === 'buildDate' ? `"${info[k as keyof typeof info]}"` : info[k as keyof typeof info]}\n`).join('')}` : output === ''
    ? `kubeadm version: &version.Info{Major:"1", Minor:"33", EmulationMajor:"", EmulationMinor:"", MinCompatibilityMajor:"", MinCompatibilityMinor:"", GitVersion:"${VERSION}", GitCommit:"${info.gitCommit}", GitTreeState:"clean", BuildDate:"${info.buildDate}", GoVersion:"${info.goVersion}", Compiler:"gc", Platform:"linux/amd64"}\n` : null;
  if (text === null) return yield* fail(`invalid output format: ${output}`);
  yield* write(1, text);
  return 0;
}

function* run(verb: string, flags: ParsedFlags): Coroutine<number> {
  switch (verb) {
    case 'init': return yield* runInit(flags);
    case 'kubeconfig user': return yield* runKubeconfigUser(flags);
    case 'join': return yield* ended(yield* runJoin(flags));
    case 'reset': return yield* ended(((error) => (error === null ? null : `error execution phase preflight: ${error}`))(yield* runReset(flags)));
    case 'upgrade plan': return yield* ended(yield* plan(flags.string('kubeconfig')));
    case 'config print init-defaults': return yield* print(INIT_DEFAULTS);
    case 'config print join-defaults': return yield* print(joinDefaults((yield* uname()).hostname));
    case 'certs check-expiration': return yield* checkExpiration();
    case 'certs renew': return yield* runRenew(flags);
    case 'config images list': return yield* print((yield* images(flags)).map((image) => `${image}\n`).join(''));
    case 'config images pull': return yield* ended(yield* pullImages(flags));
    case 'certs certificate-key': return yield* print(`${(yield* random('kubeadm', 32)).map((n) => (n % 256).toString(16).padStart(2, '0')).join('')}\n`);
    case 'version': return yield* runVersion(flags);
    default: return yield* runToken(verb.slice('token '.length), flags);
  }
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(40_000);
  const words = argv.slice(1);
  const verb = Object.keys(FLAGS).filter((v) => v.split(' ').every((w, i) => words[i] === w)).sort((a, b) => b.length - a.length)[0];
  if (verb === undefined) {
    const [first = ''] = words;
    if (first === '' || first === '--help' || first === '-h' || first === 'help') {
      yield* write(1, encodeUtf8(HELP));
      return 0;
    }
    yield* write(2, KNOWN.includes(first) ? `kubeadm: ${words.filter((w) => !w.startsWith('-')).join(' ')} is not available in this lab\n` : first.startsWith('-') ? `unknown flag: ${first}\nTo see the stack trace of this error execute with --v=5 or higher\n` : `error: unknown command "${first}" for "kubeadm"\nTo see the stack trace of this error execute with --v=5 or higher\n`);
    return 1;
  }
  const flags = parseFlags(flagSet([...COMMON, ...FLAGS[verb]!]), words.slice(verb.split(' ').length));
  if (flags.error !== null) return yield* fail(flags.error);
  if (flags.help) {
    yield* write(1, encodeUtf8(HELP));
    return 0;
  }
  const unavailable = UNAVAILABLE[verb]?.find((name) => flags.changed(name));
  if (unavailable !== undefined) {
    yield* write(2, `kubeadm: ${verb} --${unavailable} is not available in this lab\n`);
    return 1;
  }
  try {
    return yield* run(verb, flags);
  } catch (caught) {
    if (caught instanceof GoError) return yield* fail(caught.message);
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    return yield* fail(goErrno(errno));
  }
}

const HELP = `

    ┌──────────────────────────────────────────────────────────┐
    │ KUBEADM                                                  │
    │ Easily bootstrap a secure Kubernetes cluster             │
    └──────────────────────────────────────────────────────────┘

Usage:
  kubeadm [command]

Available Commands:
  certs       Commands related to handling Kubernetes certificates
  config      Manage configuration for a kubeadm cluster persisted in a ConfigMap in the cluster
  help        Help about any command
  init        Run this command in order to set up the Kubernetes control plane
  join        Run this on any machine you wish to join an existing cluster
  reset       Performs a best effort revert of changes made to this host by 'kubeadm init' or 'kubeadm join'
  token       Manage bootstrap tokens
  upgrade     Upgrade your cluster smoothly to a newer version with this command
  version     Print the version of kubeadm

Use "kubeadm [command] --help" for more information about a command.
`;

export const program: Program = { name: 'kubeadm', main };
