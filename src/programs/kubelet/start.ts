/** From the command line to settings: what must be right before a kubelet runs, with upstream's words when it is not. Models cmd/kubelet/app/server.go. */
import { attempt, cpu, interfaces, now, readFile, self, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { goErrno, SysError } from '../../kernel/errno.ts';
import type { JsonObject } from '../../base/json.ts';
import { goTime } from '../../base/time.ts';
import { criCall, CriError } from '../../lib/cri/index.ts';
import { parseFlags } from '../../lib/flags/index.ts';
import type { ParsedFlags } from '../../lib/flags/index.ts';
import { loadRestConfig } from '../../lib/kubeconfig/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { klogError, klogErrorf, klogInfo, klogUnhandled } from '../../lib/klog/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { parseCertificates } from '../../lib/x509/index.ts';
import { configProblems, merge, parseConfig } from './config.ts';
import { ensureServingPair, keepClientPair, SERVING } from './pki.ts';
import type { Settings } from './config.ts';
import { kubeletFlags } from './flags.ts';

/** The kubelet cannot run: the text behind `"command failed" err=`. */
export class StartError extends Error {}

const read = function* (path: string): Coroutine<string> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    throw new GoError(`open ${path}: ${goErrno(caught.code)}`, 'file');
  }
};

/** Parses the flags; deprecated ones are told of as they are met. */
export function* flagsOf(argv: readonly string[]): Coroutine<ParsedFlags> {
  const set = kubeletFlags();
  const flags = parseFlags(set, argv.slice(1));
  for (const word of argv.slice(1)) {
    const name = /^--([^=]+)/.exec(word)?.[1];
    const deprecated = name === undefined ? undefined : set.byName.get(name)?.deprecated;
    if (deprecated !== undefined) yield* write(2, `Flag --${name} has been deprecated, ${deprecated}\n`);
  }
  if (flags.error !== null) throw new StartError(`failed to parse kubelet flag: ${flags.error}`);
  if (flags.args.length > 0) throw new StartError(`unknown command ${flags.args[0]}`);
  return flags;
}

function* configFile(path: string): Coroutine<JsonObject> {
  if (path === '') return {};
  const fail = (why: string): StartError => new StartError(`failed to load kubelet config file, path: ${path}, error: failed to load Kubelet config file ${path}, error ${why}`);
  const data = yield* attempt(readFile(path), 'ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR');
  if (typeof data !== 'string') throw fail(`failed to read kubelet config file ${JSON.stringify(path)}, error: open ${path}: ${goErrno(data.errno)}`);
  const loaded = parseConfig(data, path);
  if ('error' in loaded) throw fail(loaded.error);
  if (loaded.warning !== null) yield* klogInfo('codec.go:100', 'Using lenient decoding as strict decoding failed', 'err', loaded.warning);
  return loaded.config;
}

/** The address of the interface that leads out. */
function* hostIp(given: string): Coroutine<string> {
  if (given !== '') return given;
  const net = yield* interfaces();
  const out = net.routes.find((it) => it.to === 'default')?.dev;
  return (net.interfaces.find((it) => it.name === out) ?? net.interfaces.find((it) => it.name !== 'lo' && it.addr !== ''))?.addr ?? '127.0.0.1';
}

/** A kubeconfig that cannot be used sends upstream looking for a bootstrap one. */
function* bootstrap(path: string): Coroutine<never> {
  const found = yield* attempt(readFile(path), 'ENOENT', 'ENOTDIR');
  if (typeof found !== 'string') throw new StartError(`failed to run Kubelet: unable to load bootstrap kubeconfig: stat ${path}: no such file or directory`);
  throw new StartError(`failed to run Kubelet: unable to load bootstrap kubeconfig: ${path} is not available in this lab`);
}

function* restConfig(flags: ParsedFlags): Coroutine<RestConfig | null> {
  const path = flags.string('kubeconfig');
  if (path === '') return null;
  const fallback = flags.string('bootstrap-kubeconfig');
  if (fallback !== '') yield* klogInfo('server.go:962', 'Client rotation is on, will bootstrap in background');
  let rest: RestConfig;
  try {
    rest = { ...(yield* loadRestConfig(path)), userAgent: 'kubelet/v1.33.0 (linux/amd64) kubernetes/6e7fa41' };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const missing = typeof (yield* attempt(readFile(path), 'ENOENT', 'ENOTDIR', 'EISDIR')) !== 'string';
    if (!missing) yield* klogUnhandled('bootstrap.go:241', `unable to read existing bootstrap client config from ${path}: ${caught.message}`, 'Unhandled Error');
    if (fallback === '') throw new StartError(`failed to run Kubelet: invalid kubeconfig: ${caught.message}`);
    return yield* bootstrap(fallback);
  }
  const [leaf] = rest.certPem === null ? [] : parseCertificates(rest.certPem);
  if (leaf !== undefined && leaf.notAfter * 1e6 < (yield* now()) && fallback !== '') {
    yield* klogErrorf('bootstrap.go:266', `part of the existing bootstrap client certificate in ${path} is expired: ${goTime(leaf.notAfter * 1e6)}`);
    return yield* bootstrap(fallback);
  }
  if (fallback !== '') yield* klogInfo('certificate_store.go:147', 'Loading cert/key pair from a file', 'filePath', '/var/lib/kubelet/pki/kubelet-client-current.pem');
  return rest;
}

/** The runtime must answer before anything else is begun. */
function* checkRuntime(endpoint: string): Coroutine<void> {
  try {
    yield* criCall(endpoint, 'Version', null, 120_000_000);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    throw new StartError(`failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint ${JSON.stringify(endpoint)}: ${caught.message}`);
  }
  try {
    yield* criCall(endpoint, 'RuntimeConfig', null);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* klogError('log.go:32', caught.message, 'RuntimeConfig from runtime service failed');
    yield* klogInfo('server.go:1429', 'CRI implementation should be updated to support RuntimeConfig when KubeletCgroupDriverFromCRI feature gate has been enabled. Falling back to using cgroupDriver from kubelet config.');
  }
}

function* checkSwap(failSwapOn: boolean): Coroutine<void> {
  const swaps = yield* attempt(readFile('/proc/swaps'), 'ENOENT', 'ENOTDIR');
  const rows = typeof swaps === 'string' ? swaps.trim().split('\n') : [];
  if (failSwapOn && rows.length > 1) throw new StartError(`failed to run Kubelet: running with swap on is not supported, please disable swap or set --fail-swap-on flag to false. /proc/swaps contained: [${rows.join(' ')}]`);
}

/** Everything that must be known, or StartError. */
export function* startSettings(argv: readonly string[]): Coroutine<Settings> {
  const startedAt = yield* now();
  const flags = yield* flagsOf(argv);
  yield* cpu(15_000);
  const file = yield* configFile(flags.string('config'));
  const { clientCaFile, certFile, keyFile, ...merged } = merge(file, flags);
  const problems = configProblems(file, merged);
  if (problems.length > 0) throw new StartError(`failed to validate kubelet configuration, error: [${problems.join(', ')}], path: &TypeMeta{Kind:,APIVersion:,}`);
  if (flags.changed('pod-infra-container-image')) yield* klogInfo('server.go:212', '--pod-infra-container-image will not be pruned by the image garbage collector in kubelet and should also be set in the remote runtime');
  let clientCaPem: string | null = null;
  try {
    if (clientCaFile !== '') clientCaPem = yield* read(clientCaFile);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new StartError(`failed to construct kubelet dependencies: unable to load client CA file ${clientCaFile}: ${caught.message}`);
  }
  yield* cpu(20_000);
  yield* klogInfo('server.go:530', 'Kubelet version', 'kubeletVersion', 'v1.33.0');
  yield* klogInfo('server.go:532', 'Golang settings', 'GOGC', '', 'GOMAXPROCS', '', 'GOTRACEBACK', '');
  const rest = yield* restConfig(flags);
  const nodeName = (flags.string('hostname-override') || (yield* self()).hostname).toLowerCase();
  if (rest !== null) yield* keepClientPair(rest);
  if (certFile === SERVING.cert && keyFile === SERVING.key) yield* ensureServingPair(nodeName);
  let [certPem, keyPem] = ['', ''];
  try {
    [certPem, keyPem] = [yield* read(certFile), yield* read(keyFile)];
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new StartError(`failed to run Kubelet: failed to initialize certificate manager: ${caught.message}`);
  }
  if (clientCaFile !== '') yield* klogInfo('dynamic_cafile_content.go:161', 'Starting controller', 'name', `client-ca-bundle::${clientCaFile}`);
  yield* cpu(6_000);
  yield* checkSwap(merged.failSwapOn);
  yield* checkRuntime(merged.endpoint);
  return { ...merged, nodeName, nodeIp: yield* hostIp(flags.string('node-ip')), startedAt, clientCaPem, rest, certPem, keyPem };
}
