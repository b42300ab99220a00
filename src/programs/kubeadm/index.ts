/**
 * kubeadm v1.33: init (its API phases, and those that make single files), certs check-expiration and renew, token, config images, version. The other verbs say
 * plainly that they are not available.
 */
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { cpu, now, self, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { flagSet, parseFlags, type FlagSpec, type ParsedFlags } from '../../lib/flags/index.ts';
import { klogHeader } from '../../lib/klog/index.ts';
import { GoError, lookupHost } from '../../lib/net/index.ts';
import { caHash, checkExpiration, readClusterConfig } from './certs.ts';
import { ADMIN, connectAs } from './client.ts';
import { loadConfig } from './config.ts';
import { COMPONENTS, manifest } from './manifests.ts';
import { init, PhaseError } from './init.ts';
import { FilePhaseError, filePhase } from './phases.ts';
import { renew, renewable } from './renew.ts';
import { createToken, deleteToken, listTokens, newToken } from './token.ts';

const VERSION = 'v1.33.0';
const flag = (name: string, type: FlagSpec['type'], fallback: FlagSpec['default'], usage: string, shorthand?: string): FlagSpec => ({ name, type, default: fallback, usage, ...(shorthand === undefined ? {} : { shorthand }) });
const COMMON: readonly FlagSpec[] = [flag('v', 'int', 0, 'number for the log level verbosity', 'v'), flag('rootfs', 'string', '', 'The path to the \'real\' host root filesystem.')];
const KUBECONFIG = flag('kubeconfig', 'string', ADMIN, 'The kubeconfig file to use when talking to the cluster.');

const FLAGS: Readonly<Record<string, readonly FlagSpec[]>> = {
  init: [flag('config', 'string', '', ''), flag('skip-phases', 'list', [], ''), flag('ignore-preflight-errors', 'list', [], ''), flag('pod-network-cidr', 'string', '', ''), flag('apiserver-advertise-address', 'string', '', ''), flag('control-plane-endpoint', 'string', '', ''),
    flag('kubernetes-version', 'string', 'stable-1', ''), flag('service-cidr', 'string', '10.96.0.0/12', ''), flag('node-name', 'string', '', ''), flag('cri-socket', 'string', '', ''), flag('upload-certs', 'bool', false, ''), flag('token', 'string', '', ''), flag('token-ttl', 'duration', 86_400_000_000, ''), flag('dry-run', 'bool', false, '')],
  'certs check-expiration': [KUBECONFIG, flag('cert-dir', 'string', '/etc/kubernetes/pki', ''), flag('config', 'string', '', ''), flag('output', 'string', 'text', '', 'o')],
  'certs renew': [KUBECONFIG, flag('cert-dir', 'string', '/etc/kubernetes/pki', ''), flag('config', 'string', '', '')],
  'token list': [KUBECONFIG, flag('dry-run', 'bool', false, ''), flag('output', 'string', 'text', '', 'o')], 'token create': [KUBECONFIG, flag('dry-run', 'bool', false, ''), flag('print-join-command', 'bool', false, ''), flag('ttl', 'duration', 86_400_000_000, ''), flag('description', 'string', '', ''), flag('usages', 'list', [], ''), flag('groups', 'list', [], ''), flag('config', 'string', '', ''), flag('certificate-key', 'string', '', '')],
  'token delete': [KUBECONFIG, flag('dry-run', 'bool', false, '')], 'token generate': [KUBECONFIG, flag('dry-run', 'bool', false, '')],
  'config images list': [KUBECONFIG, flag('kubernetes-version', 'string', '', ''), flag('image-repository', 'string', 'registry.k8s.io', ''), flag('config', 'string', '', ''), flag('output', 'string', 'text', '', 'o')], version: [flag('output', 'string', '', '', 'o')],
};
const KNOWN = ['certs', 'completion', 'config', 'init', 'join', 'kubeconfig', 'reset', 'token', 'upgrade', 'version', 'help', 'alpha'];
const IMAGES = [`kube-apiserver:${VERSION}`, `kube-controller-manager:${VERSION}`, `kube-scheduler:${VERSION}`, `kube-proxy:${VERSION}`, 'coredns/coredns:v1.12.0', 'pause:3.10', 'etcd:3.5.24-0'];

const fail = function* (message: string): Coroutine<number> {
  yield* write(2, `${message}\nTo see the stack trace of this error execute with --v=5 or higher\n`);
  return 1;
};

/** `init phase control-plane …` and `init phase etcd local` write manifests anew, `certs …` and `kubeconfig …` what is missing. */
function* runPhase(flags: ParsedFlags): Coroutine<number> {
  const [, phase = '', which = ''] = flags.args;
  const version = flags.string('kubernetes-version');
  const overrides = { podSubnet: flags.string('pod-network-cidr'), address: flags.string('apiserver-advertise-address'), endpoint: flags.string('control-plane-endpoint'), version: version === 'stable-1' ? '' : version };
  const targets = phase === 'etcd' && which === 'local' ? ['etcd' as const] : phase === 'control-plane' ? COMPONENTS.filter((c) => c !== 'etcd' && (which === 'all' || c === `kube-${which}`)) : [];
  const config = yield* loadConfig(flags.string('config') || null, overrides);
  if ('error' in config) return yield* fail(config.error);
  if (targets.length === 0 && (yield* filePhase(phase, which, config))) return 0;
  if (targets.length === 0) {
    yield* write(2, `kubeadm: init ${flags.args.join(' ')} is not available in this lab\n`);
    return 1;
  }
  if (which === 'all') yield* write(1, '[control-plane] Using manifest folder "/etc/kubernetes/manifests"\n');
  for (const name of targets) {
    yield* write(1, name === 'etcd' ? '[etcd] Creating static Pod manifest for local etcd in "/etc/kubernetes/manifests"\n' : `[control-plane] Creating static Pod manifest for "${name}"\n`);
    yield* writeFile(`/etc/kubernetes/manifests/${name}.yaml`, manifest(name, config), 0o600);
  }
  return 0;
}

function* runInit(flags: ParsedFlags): Coroutine<number> {
  try {
    if (flags.args[0] === 'phase') return yield* runPhase(flags);
    yield* init({ config: flags.string('config') || null, skip: flags.list('skip-phases'), caHash });
    return 0;
  } catch (caught) {
    if (!(caught instanceof PhaseError) && !(caught instanceof FilePhaseError)) throw caught;
    return yield* fail(caught.phase === '' ? caught.message : `error execution phase ${caught.phase}: ${caught.message}`);
  }
}

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
    const given = /^([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(flags.args[0] ?? '');
    if (flags.args[0] !== undefined && given === null) return yield* fail(`the bootstrap token "${flags.args[0]}" was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"`);
    const token = yield* createToken(client, flags.number('ttl'), flags.string('description') || null, given === null ? null : { id: given[1]!, secret: given[2]! });
    const text = `${token.id}.${token.secret}`;
    yield* write(1, flags.bool('print-join-command') ? `kubeadm join ${client.server.slice('https://'.length)} --token ${text} --discovery-token-ca-cert-hash sha256:${yield* caHash()} \n` : `${text}\n`);
  }
  return 0;
}

/** Asks the internet for the newest version first, which fails here as it does behind any firewall. */
function* listImages(flags: ParsedFlags): Coroutine<number> {
  if (flags.string('kubernetes-version') === '') {
    try {
      yield* lookupHost('dl.k8s.io');
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      const { nspid } = yield* self();
      const url = 'https://dl.k8s.io/release/stable-1.txt';
      const warn = function* (line: string, text: string) { yield* write(2, `${klogHeader('W', yield* now(), nspid, line)}${text}\n`); };
      yield* warn('version.go:109', `could not fetch a Kubernetes version from the internet: unable to get URL "${url}": Get "${url}": dial tcp: ${caught.message}`);
      yield* warn('version.go:110', `falling back to the local client version: ${VERSION}`);
    }
  }
  yield* write(1, IMAGES.map((image) => `${flags.string('image-repository')}/${image}\n`).join(''));
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
    case 'certs check-expiration': return yield* checkExpiration();
    case 'certs renew': return yield* runRenew(flags);
    case 'config images list': return yield* listImages(flags);
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
  token       Manage bootstrap tokens
  version     Print the version of kubeadm

Use "kubeadm [command] --help" for more information about a command.
`;

export const program: Program = { name: 'kubeadm', main };
